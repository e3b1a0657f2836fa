import path from 'node:path';
import { createGgufCache, ggufKey } from '../electron/classifier/measuring/gguf-cache.ts';
import { knownExamples } from '../electron/classifier/measuring/known-examples.ts';
import { fingerprint } from '../electron/classifier/measuring/measure-plan.ts';
import { promptWithExamples } from '../electron/classifier/scoring/prompt.ts';
import { labels } from '../shared/labels.ts';

/** Where the app keeps what it measured of models. */
export const cacheFolderOf = (dataDir: string) => path.join(dataDir, 'classifier-cache');

/**
 * Leaves in an app's data folder what it would have kept had it measured the GGUF `model` and found its prompt better
 * than the built-in model: so the GGUF answers tickets at once, and nothing is measured. Its answers are worth nothing.
 */
export async function asIfMeasured(dataDir: string, model: string): Promise<void> {
  const head = (width: number) => ({ bias: labels.map(() => 0), weights: labels.map(() => Array(width).fill(0)) });
  const cache = createGgufCache(cacheFolderOf(dataDir), await ggufKey(model, promptWithExamples('')));
  await cache.savePlan(fingerprint(await knownExamples()), {
    serving: { strategy: 'prompt', why: 'It is taken for the best here.' },
    prompt: head(labels.length),
    probe: head(256),
    shares: [0, 1, 0],
    measurements: [],
  });
}
