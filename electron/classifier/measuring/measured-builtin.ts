import type { Measurement } from '../../../shared/model-measurements.ts';
import { builtinBytes } from '../builtin/builtin-classifier.ts';
import type { LabelSource } from '../scoring/label-source.ts';
import { createPause } from '../scoring/pause.ts';
import type { KnownTicket } from './measure-gguf.ts';
import { measurementOf } from './measurement-of.ts';
import { quantile } from './metrics.ts';

/** Tickets that are timed: enough for a median. */
const timedTickets = 20;

/** What the built-in model is worth on our examples: what one that never saw an example's batch said of it. */
export async function measureBuiltin(examples: readonly KnownTicket[], builtin: LabelSource): Promise<Measurement> {
  const tickets = examples.map((example) => ({ truth: example.label, probabilities: example.builtin }));
  const msPerTicket = await typicalMs(builtin, examples);
  return measurementOf('builtin', 'examples', tickets, { msPerTicket, memoryBytes: builtinBytes });
}

/** The median of some tickets' milliseconds. */
export async function typicalMs(source: LabelSource, tickets: readonly { text: string }[]): Promise<number> {
  const times: number[] = [];
  const pause = createPause();
  for (const { text } of tickets.slice(0, timedTickets)) {
    await pause();
    times.push((await source.classify(text)).ms);
  }
  return quantile(times, 0.5);
}
