import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { fingerprint } from '../../electron/classifier/adaptive-classifier.ts';
import { createGgufCache, ggufKey } from '../../electron/classifier/gguf-cache.ts';
import { knownExamples } from '../../electron/classifier/known-examples.ts';
import { promptWithExamples } from '../../electron/classifier/prompt.ts';
import { labels } from '../../shared/labels.ts';
import { writeTinyGguf } from '../../tools/tiny-gguf.ts';
import type { World } from './world.ts';

/** Where the app keeps what it measured of models. */
export const cacheOf = ({ dataDir }: World) => join(dataDir, 'classifier-cache');

/** Until the app has kept what llama.cpp read of our examples: it is measuring. */
export async function untilReadings(world: World): Promise<void> {
  await vi.waitFor(() => expect(readdirSync(cacheOf(world)).join()).toContain('.readings.jsonl'), { timeout: 20_000 });
}

/**
 * Writes the tiny GGUF, whose weights are random, and what a run before this one would have left had it been better
 * than the built-in model: so it answers tickets, and is not measured. The absolute path of the file.
 */
export async function aMeasuredModel(world: World): Promise<string> {
  const path = join(world.folder, 'tiny.gguf');
  writeTinyGguf(path);
  const head = (width: number) => ({ bias: labels.map(() => 0), weights: labels.map(() => Array(width).fill(0)) });
  const cache = createGgufCache(cacheOf(world), await ggufKey(path, promptWithExamples('')));
  await cache.savePlan(fingerprint(await knownExamples()), {
    serving: { strategy: 'prompt', why: 'The test wants it.' },
    prompt: head(labels.length),
    probe: head(256),
    shares: [0, 1, 0],
    measurements: [],
  });
  return path;
}
