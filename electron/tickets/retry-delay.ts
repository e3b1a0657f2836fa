import { type ErrorCode, longestPauseMs } from '../../shared/errors.ts';
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

/**
 * Codes that are about the ticket; for the others a service as a whole is waited for, which is told when it is back.
 */
const ownCodes: ReadonlySet<ErrorCode> = new Set(['rate_limited', 'unconfirmed', 'bad_response']);

/**
 * Rest of the time that this ticket has to wait by itself, in milliseconds; 0 where it waits for a service as a
 * whole, or for nothing. An hour at most: the clock may have been set back.
 *
 * @param hasFailed Its last try was made, and not held back: then it waits for itself whatever its error says.
 */
export function ownWaitMs(
  { error, nextTryAt }: Pick<Ticket, 'error' | 'nextTryAt'>,
  hasFailed = false,
  now = Date.now(),
): number {
  if (error === null || nextTryAt === null || !(hasFailed || ownCodes.has(error.code))) return 0;
  return Math.min(longestPauseMs, Math.max(0, Date.parse(nextTryAt) - now));
}
