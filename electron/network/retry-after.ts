import { longestPauseMs } from '../../shared/errors.ts';

/**
 * `Retry-After` in milliseconds, an hour at most: seconds, seconds since 1970 (`X-RateLimit-Reset`) or a date; undefined where there is none, or nothing that
 * can be read.
 *
 * @param now The other side's time, in milliseconds since 1970: its `Date` header, where there is one.
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const ms = millisecondsIn(header?.trim() ?? '', now);
  return Number.isNaN(ms) ? undefined : Math.min(longestPauseMs, Math.max(0, Math.ceil(ms)));
}

/** Seconds since 1970 are more than this, and no pause is. */
const firstEpoch = 1_000_000_000;

function millisecondsIn(text: string, now: number): number {
  // Of other texts than dates Date.parse makes dates, too: "-5" is in 2001.
  if (!/^\d{1,400}(\.\d{1,9})?$/.test(text))
    return /[a-z]{3}|^\d{4}-/i.test(text) ? Date.parse(text) - now : Number.NaN;
  const seconds = Number(text);
  const isTime = seconds > firstEpoch && seconds < 10 * firstEpoch;
  return seconds * 1000 - (isTime ? now : 0);
}

/** The other side's time by its answer's `Date`, in milliseconds since 1970; this computer's where it does not say. */
export function timeOf(headers: { get(name: string): string | null }, now: number): number {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? now : at;
}
