import { AppError } from './errors.ts';

/** Time that a limit on filing looks back on, in milliseconds. */
export const filingWindowMs = 60_000;

/**
 * Refuses one ticket too many of a person. It is the log that counts, in the same turn in which it writes: so a burst gets
 * exactly as many rows as it may, what Slack delivers twice is not counted twice, and a restart forgets nothing.
 *
 * @param limit Tickets within a minute.
 * @param oldest When the oldest of the person's `limit` newest tickets of the last minute came (milliseconds since 1970);
 *   null where there are not so many. Those of the future, after a clock was set back, must not be among them.
 * @throws AppError `rate_limited` with `retryAfterMs`, in words for that person.
 */
export function demandMayFile(limit: number, oldest: number | null, now: number): void {
  if (oldest === null) return;
  const waitMs = Math.max(1, oldest + filingWindowMs - now);
  const seconds = Math.ceil(waitMs / 1000);
  const many = limit === 1 ? 'a ticket' : `${limit} tickets`;
  throw new AppError(
    'rate_limited',
    `You have filed ${many} within a minute, and one person may not file more. This one was not taken: ` +
      `please send it again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`,
    { retryAfterMs: waitMs },
  );
}
