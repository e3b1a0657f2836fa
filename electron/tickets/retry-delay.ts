import type { Ticket } from '../../shared/ticket.ts';

const firstMs = 1_000;
const longestMs = 5 * 60_000;

/**
 * Exponential back-off with jitter, so that many desktops do not come back at the same moment.
 *
 * @param attempt Failures so far; 0 for the first retry.
 * @param random In [0, 1).
 * @returns Milliseconds, between half and the whole of 1 s, 2 s, 4 s, ... up to 5 minutes.
 */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  const fullMs = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 20));
  return fullMs * (0.5 + random() / 2);
}

/** What is left of a pause that the other side asked for, in milliseconds; 0 where there is none. */
export function pauseMs({ error, nextTryAt }: Pick<Ticket, 'error' | 'nextTryAt'>, now = Date.now()): number {
  if (error?.code !== 'rate_limited' || nextTryAt === null) return 0;
  return Math.max(0, Date.parse(nextTryAt) - now);
}
