import { describe, expect, it } from 'vitest';
import { readingId, type StoredReading } from '../../../../electron/classifier/measuring/gguf-cache.ts';
import { type KnownTicket, readTickets, stratified } from '../../../../electron/classifier/measuring/measure-gguf.ts';
import { eachLabel } from '../../../../electron/classifier/scoring/label-scoring.ts';

const uniform = eachLabel(() => 0.2);
const stored: StoredReading = { ms: 10, reading: { scores: uniform, state: [1], evaluatedTokens: 5 } };

function ticket(text: string, facts: Partial<KnownTicket> = {}): KnownTicket {
  return { text, label: 'Bug', group: 'web', over: 'examples', weight: 1, builtin: uniform, ...facts };
}

/** A cache in memory and a clock that every reading moves on by 10 ms. */
function world(before: readonly string[] = []) {
  const kept = new Map(before.map((text) => [readingId(text), stored]));
  const asked: string[] = [];
  const progress: number[] = [];
  let clock = 0;
  const stop = new AbortController();
  const read = (tickets: readonly KnownTicket[], budgetMs = 1_000) =>
    readTickets(tickets, {
      cache: {
        readings: async () => new Map(kept),
        add: async (text, reading) => void kept.set(readingId(text), reading),
      },
      async read(text) {
        asked.push(text);
        clock += 10;
        return stored;
      },
      signal: stop.signal,
      budgetMs,
      onProgress: (each) => progress.push(each),
      now: () => clock,
    });
  return { read, asked, progress, kept, stop };
}

describe('reading the examples', () => {
  it('asks the model for each text once, and tells how far it is', async () => {
    const { read, asked, progress } = world();
    const examples = await read([ticket('a'), ticket('b'), ticket('a')]);
    expect(examples).toHaveLength(3);
    expect(asked).toEqual(['a', 'b']);
    expect(progress.at(-1)).toBeGreaterThan(0.6);
  });

  it('does not ask for what was read before', async () => {
    const { read, asked } = world(['a']);
    expect(await read([ticket('a'), ticket('b')])).toHaveLength(2);
    expect(asked).toEqual(['b']);
  });

  it('stops when the time is up, and keeps what it has', async () => {
    const { read, asked, kept } = world(['z']);
    const examples = await read([ticket('a'), ticket('b'), ticket('c'), ticket('z')], 20);
    expect(asked).toEqual(['a', 'b']);
    expect(examples).toHaveLength(3);
    expect(kept.size).toBe(3);
  });

  it('ends with the reason when it is cancelled', async () => {
    const { read, stop } = world();
    stop.abort(new Error('another model was chosen'));
    await expect(read([ticket('a')])).rejects.toThrow('another model was chosen');
  });
});

describe('the order of reading', () => {
  it('takes one of each group and label before the second of any, and corrections first', () => {
    const tickets = [
      ticket('web 1'),
      ticket('web 2'),
      ticket('hr 1', { group: 'hr' }),
      ticket('question', { label: 'Question' }),
      ticket('corrected', { over: 'corrections' }),
    ];
    const order = stratified(tickets).map(({ text }) => text);
    expect(order).toEqual(['corrected', 'web 1', 'hr 1', 'question', 'web 2']);
  });
});
