import { createHash } from 'node:crypto';
import type { CorrectedTicket } from '../builtin/personal-model.ts';
import type { GgufClassifier } from '../gguf/gguf-classifier.ts';
import type { LabelScores } from '../scoring/label-scoring.ts';
import type { LabelSource } from '../scoring/label-source.ts';
import { createPause, mapWithPauses } from '../scoring/pause.ts';
import { promptWithExamples } from '../scoring/prompt.ts';
import { fewestExamples, fitGgufPlan } from './fit-gguf-plan.ts';
import { createGgufCache, type GgufCache, ggufKey } from './gguf-cache.ts';
import type { GgufPlan } from './gguf-plan.ts';
import { type KnownTicket, readTickets } from './measure-gguf.ts';
import { typicalMs } from './measured-builtin.ts';

/** Number of our examples that one corrected ticket outweighs. */
const correctionWeight = 4;

/** Tickets for which a plan is to be made, with the cache of the GGUF that it is for. */
export interface ToMeasure {
  cache: GgufCache;
  tickets: readonly KnownTicket[];
  madeFor: string;
}

/**
 * Looks into the cache for a plan of this GGUF. `tickets`: it must have been made for these; null: any will do. Gives what
 * there is to measure where there is none, and neither where the file cannot be read: loading says what is wrong with it.
 */
export async function lookUpPlan({
  path,
  cacheFolder,
  tickets: ticketsOf,
  keyOf = ggufKey,
}: {
  path: string;
  cacheFolder: string;
  tickets: (() => Promise<KnownTicket[]>) | null;
  keyOf?: typeof ggufKey;
}): Promise<{ plan: GgufPlan | null; toMeasure: ToMeasure | null }> {
  const key = await keyOf(path, promptWithExamples('')).catch(() => null);
  if (key === null) return { plan: null, toMeasure: null };
  const cache = createGgufCache(cacheFolder, key);
  if (ticketsOf === null) return { plan: await cache.plan(null), toMeasure: null };
  const tickets = await ticketsOf();
  const madeFor = fingerprint(tickets);
  const plan = await cache.plan(madeFor);
  return { plan, toMeasure: plan === null ? { cache, tickets, madeFor } : null };
}

/** Corrected tickets as known ones. `says`: the built-in model's probabilities. */
export async function knownCorrections(
  corrections: readonly CorrectedTicket[],
  says: (text: string) => Promise<LabelScores>,
): Promise<KnownTicket[]> {
  const known = async ({ text, label }: CorrectedTicket): Promise<KnownTicket> => {
    const builtin = await says(text);
    return { text, label, group: text, over: 'corrections', weight: correctionWeight, builtin };
  };
  return Promise.all(await mapWithPauses(corrections, createPause(), known));
}

/** Reads the tickets with a GGUF that is loaded, and fits a plan on what it says; null where that is too slow. */
export async function measurePlan(
  { cache, tickets }: ToMeasure,
  {
    gguf,
    builtin,
    budgetMs,
    signal,
    onProgress,
  }: {
    gguf: Pick<GgufClassifier, 'read' | 'memoryBytes'>;
    builtin: LabelSource;
    /** Milliseconds for reading. Fitting comes after it. */
    budgetMs: number;
    signal: AbortSignal;
    /** Given a share of 1, in steps of a hundredth at least. */
    onProgress(progress: number): void;
  },
): Promise<GgufPlan | null> {
  let progress = 0;
  const examples = await readTickets(tickets, {
    read: gguf.read,
    cache,
    signal,
    budgetMs,
    onProgress(next) {
      if (next - progress < 0.01) return;
      progress = next;
      onProgress(progress);
    },
  });
  if (examples.length < fewestExamples) return null;
  const builtinMs = await typicalMs(builtin, tickets);
  const memoryBytes = gguf.memoryBytes();
  return fitGgufPlan(examples, { memoryBytes, builtinMs, signal, pause: createPause() });
}

/** Changes with any text, label, weight or built-in model that a plan depends on. */
export function fingerprint(tickets: readonly KnownTicket[]): string {
  return createHash('sha256').update(JSON.stringify(tickets)).digest('hex').slice(0, 32);
}
