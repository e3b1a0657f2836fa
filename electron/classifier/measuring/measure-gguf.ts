import type { Label } from '../../../shared/labels.ts';
import type { Measurement } from '../../../shared/model-measurements.ts';
import type { LabelScores } from '../scoring/label-scoring.ts';
import { createPause, mapWithPauses } from '../scoring/pause.ts';
import type { ReadExample } from './fit-gguf-plan.ts';
import { type GgufCache, readingId, type StoredReading } from './gguf-cache.ts';

/** A text whose label is known, to measure a model on. */
export interface KnownTicket {
  text: string;
  label: Label;
  group: string;
  over: Measurement['over'];
  weight: number;
  /** Probabilities of a built-in model that never saw this text. */
  builtin: LabelScores;
}

export interface MeasureOptions {
  read(text: string): Promise<StoredReading>;
  cache: Pick<GgufCache, 'readings' | 'add'>;
  signal: AbortSignal;
  /** Milliseconds after which no other text is read: a slow model is measured on fewer. */
  budgetMs: number;
  /** Called with what is done, from 0 to 1. */
  onProgress(progress: number): void;
  now?: () => number;
}

/**
 * Lets the GGUF read the tickets one by one, the rarest kinds first. Each reading is kept at once, so that one that
 * was cancelled, or that ran out of time, goes on where it stopped.
 * @throws the signal's reason, and what `read` rejects with
 */
export async function readTickets(tickets: readonly KnownTicket[], options: MeasureOptions): Promise<ReadExample[]> {
  const { read, cache, signal, budgetMs, onProgress, now = () => performance.now() } = options;
  const known = await cache.readings();
  const examples: ReadExample[] = [];
  const end = now() + budgetMs;
  const ordered = stratified(tickets);
  const pause = createPause();
  const ids = await mapWithPauses(ordered, pause, ({ text }) => readingId(text));
  const missing = ids.filter((id) => !known.has(id)).length;
  let done = 0;
  for (const [index, { text, ...rest }] of ordered.entries()) {
    await pause();
    signal.throwIfAborted();
    const id = ids[index] ?? '';
    let stored = known.get(id);
    if (stored === undefined) {
      if (now() >= end) continue;
      stored = await read(text);
      known.set(id, stored);
      await cache.add(text, stored);
      done += 1;
      onProgress(Math.min(1, Math.max(done / missing, 1 - (end - now()) / budgetMs)));
    }
    examples.push({ ...rest, ...stored });
  }
  return examples;
}

/** Corrections first; then a ticket of each group and label in turn, so that any beginning is a fair sample. */
export function stratified<T extends Pick<KnownTicket, 'group' | 'label' | 'over'>>(tickets: readonly T[]): T[] {
  const taken = new Map<string, number>();
  const placed = tickets.map((ticket) => {
    const kind = `${ticket.group} ${ticket.label}`;
    const before = taken.get(kind) ?? 0;
    taken.set(kind, before + 1);
    return { ticket, round: ticket.over === 'corrections' ? -1 : before };
  });
  return placed.toSorted((a, b) => a.round - b.round).map(({ ticket }) => ticket);
}
