import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRetention } from '../../../electron/setup/retention.ts';
import { AppError } from '../../../shared/errors.ts';

const day = 24 * 60 * 60_000;
let limits: unknown[];
let failure: AppError | null;
/** While there is one, what is removed takes until it ends. */
let work: Promise<number> | null;
let signals: (AbortSignal | undefined)[];
const onPruned = vi.fn();
const onError = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 31) });
  limits = [];
  failure = null;
  work = null;
  signals = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

function retention() {
  return createRetention({
    log: {
      async prune(given, signal) {
        limits.push(given);
        signals.push(signal);
        if (work) return work;
        if (failure) throw failure;
        return 3;
      },
    },
    onPruned,
    onError,
  });
}

/** What is removed from now on takes until the result is given. */
function holdWork(): (rows: number) => void {
  let end: (rows: number) => void = () => {};
  work = new Promise((resolve) => {
    end = resolve;
  });
  return end;
}

it('removes at once and then daily, each time by that day', async () => {
  const keeping = retention();
  keeping.start({ deleteTextsAfterDays: 30, deleteTicketsAfterDays: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(limits).toEqual([{ textsBefore: '2026-01-01T00:00:00.000Z', ticketsBefore: null }]);
  await vi.advanceTimersByTimeAsync(day);
  expect(limits).toHaveLength(2);
  expect(limits[1]).toEqual({ textsBefore: '2026-01-02T00:00:00.000Z', ticketsBefore: null });
  expect(onPruned).toHaveBeenCalledWith(3);
  keeping.stop();
  await vi.advanceTimersByTimeAsync(day);
  expect(limits).toHaveLength(2);
});

it('goes by the latest settings alone', async () => {
  const keeping = retention();
  keeping.start({ deleteTextsAfterDays: 30, deleteTicketsAfterDays: null });
  await vi.advanceTimersByTimeAsync(0);
  keeping.start({ deleteTextsAfterDays: null, deleteTicketsAfterDays: 1 });
  await vi.advanceTimersByTimeAsync(day);
  expect(limits.slice(1)).toEqual([
    { textsBefore: null, ticketsBefore: '2026-01-30T00:00:00.000Z' },
    { textsBefore: null, ticketsBefore: '2026-01-31T00:00:00.000Z' },
  ]);
  keeping.start({ deleteTextsAfterDays: null, deleteTicketsAfterDays: null });
  await vi.advanceTimersByTimeAsync(2 * day);
  expect(limits).toHaveLength(3);
});

it('reports what fails and tries again the next day', async () => {
  failure = new AppError('storage_failed', 'The disk is full.');
  const keeping = retention();
  keeping.start({ deleteTextsAfterDays: 1, deleteTicketsAfterDays: 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect(onError).toHaveBeenCalledWith(failure, 'retention');
  failure = null;
  await vi.advanceTimersByTimeAsync(day);
  expect(onPruned).toHaveBeenCalledTimes(1);
  keeping.stop();
});

it('stops what is being removed when it is turned off', async () => {
  const end = holdWork();
  const keeping = retention();
  keeping.start({ deleteTextsAfterDays: null, deleteTicketsAfterDays: 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  keeping.start({ deleteTextsAfterDays: null, deleteTicketsAfterDays: null });
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  // What was removed until then is still to be told.
  end(2);
  await vi.advanceTimersByTimeAsync(0);
  expect(onPruned).toHaveBeenCalledWith(2);
});

it('waits for the end of one removal before the next', async () => {
  const end = holdWork();
  const keeping = retention();
  keeping.start({ deleteTextsAfterDays: null, deleteTicketsAfterDays: 1 });
  await vi.advanceTimersByTimeAsync(day);
  keeping.start({ deleteTextsAfterDays: null, deleteTicketsAfterDays: 2 });
  await vi.advanceTimersByTimeAsync(0);
  expect(limits).toHaveLength(1);
  end(0);
  await vi.advanceTimersByTimeAsync(0);
  expect(limits.slice(1)).toEqual([{ textsBefore: null, ticketsBefore: '2026-01-30T00:00:00.000Z' }]);
  keeping.stop();
});
