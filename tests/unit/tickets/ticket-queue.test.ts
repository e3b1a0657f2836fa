import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTicketQueue } from '../../../electron/tickets/ticket-queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

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
