import { longestPauseMs } from '../../shared/errors.ts';

/**
 * `Retry-After` in milliseconds, an hour at most: seconds or an HTTP date; undefined where there is none, or nothing that
 * can be read.
 *
 * @param now The other side's time, in milliseconds since 1970: its `Date` header, where there is one.
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const ms = /^\d{1,400}(\.\d{1,9})?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(longestPauseMs, Math.max(0, Math.ceil(ms)));
}

/** The other side's time by its answer's `Date`, in milliseconds since 1970; this computer's where it does not say. */
export function timeOf(headers: { get(name: string): string | null }, now: number): number {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? now : at;
}
