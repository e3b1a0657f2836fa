import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CorrectedTicket } from '../../../electron/classifier/builtin/personal-model.ts';
import { createCorrectionLearner } from '../../../electron/classifier/learn-corrections.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A learner over `stored`, and what it had learnt each time. */
function aLearner() {
  const stored: Array<CorrectedTicket & { at: string }> = [];
  const learnt: CorrectedTicket[][] = [];
  const errors: unknown[] = [];
  const log = { corrections: async (limit: number) => stored.slice(0, limit) };
  const learner = createCorrectionLearner({
    corrections: (limit) => log.corrections(limit),
    learn: (corrections) => learnt.push(corrections),
    onError: (error) => errors.push(error),
  });
  const correct = (text: string, at: string): Pick<Ticket, 'correction'> => {
    stored.unshift({ text, label: 'Bug', at });
    return { correction: { from: 'Task', by: 'U1', at, via: 'window', isTold: false } };
  };
  return { log, learner, learnt, errors, correct };
}

const [first, second, third] = ['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:02.000Z', '2026-01-01T00:00:03.000Z'];

it('learns several corrections at once, ten quiet seconds after the last one', async () => {
  const { learner, learnt, correct } = aLearner();
  learner.noticed(correct('one', first));
  await vi.advanceTimersByTimeAsync(9_000);
  learner.noticed(correct('two', second));
  await vi.advanceTimersByTimeAsync(9_999);
  expect(learnt).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(learnt).toEqual([
    [
      { text: 'two', label: 'Bug' },
      { text: 'one', label: 'Bug' },
    ],
  ]);
});

it('learns one that another desktop made earlier and told later', async () => {
  const { learner, learnt, correct } = aLearner();
  learner.noticed(correct('mine', third));
  await vi.advanceTimersByTimeAsync(10_000);
  learner.noticed(correct('theirs', first));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(learnt).toHaveLength(2);
});

it('learns a correction once, however often its ticket changes afterwards', async () => {
  const { learner, learnt, correct } = aLearner();
  const ticket = correct('one', first);
  learner.noticed(ticket);
  await vi.advanceTimersByTimeAsync(60_000);
  learner.noticed(ticket);
  learner.noticed({ correction: null });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(learnt).toHaveLength(1);
});

it('does not learn again what the start has learnt', async () => {
  const { learner, learnt, correct } = aLearner();
  const old = correct('old', second);
  expect(await learner.read()).toEqual([{ text: 'old', label: 'Bug' }]);
  learner.noticed(old);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(learnt).toEqual([]);
  learner.noticed(correct('new', third));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(learnt.map((each) => each.length)).toEqual([2]);
});

it('forgets nothing where the log cannot be read, and tells of it', async () => {
  const { log, learner, learnt, errors, correct } = aLearner();
  log.corrections = async () => {
    throw new AppError('storage_failed', 'The disk is gone.');
  };
  expect(await learner.read()).toBeNull();
  learner.noticed(correct('one', first));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([learnt, errors.length]).toEqual([[], 2]);
});

it('learns nothing once it is stopped', async () => {
  const { learner, learnt, correct } = aLearner();
  learner.noticed(correct('one', first));
  learner.stop();
  learner.noticed(correct('two', second));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(learnt).toEqual([]);
});
