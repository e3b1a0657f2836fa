import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTicketQueue } from '../../../electron/tickets/ticket-queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a ticket that is asked for while it is run is run once more, since what was said of it may have come too late', async () => {
  const ends: Array<() => void> = [];
  const advance = vi.fn(() => new Promise<void>((end) => ends.push(end)));
  const queue = createTicketQueue({ advance, retryDelayMs: () => 1, onError() {}, schedule() {} });
  for (let times = 0; times < 3; times += 1) queue.enqueue('r1');
  expect(advance).toHaveBeenCalledOnce();
  ends[0]?.();
  await vi.waitFor(() => expect(advance).toHaveBeenCalledTimes(2));
  ends[1]?.();
  await queue.stop();
  expect(advance).toHaveBeenCalledTimes(2);
});

it.each([
  ['after the wait', 5_000, 5_000],
  ['after an hour where the wait is longer than a timer can be, instead of at once', 2 ** 40, 3_600_000],
])('a ticket that waits is taken up %s', async (_, delayMs, afterMs) => {
  const advance = vi.fn(async () => {});
  const queue = createTicketQueue({ advance, retryDelayMs: () => 1, onError() {}, schedule() {} });
  queue.enqueueIn('r1', delayMs);
  vi.advanceTimersByTime(afterMs - 1);
  expect(advance).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(advance).toHaveBeenCalledOnce();
  await queue.stop();
});
