import { useSyncExternalStore } from 'react';

/** A clock that moves every so many milliseconds while somebody looks at it; gives what subscribes to it. */
function createClock(everyMs: number): (listener: () => void) => () => void {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return (listener) => {
    listeners.add(listener);
    timer ??= setInterval(() => {
      for (const tell of listeners) tell();
    }, everyMs);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  };
}

/** Two clocks: one for all ages in the window, one for all countdowns. */
const [onHalfMinute, onSecond] = [createClock(30_000), createClock(1_000)];

const units = [
  ['y', 365 * 86_400],
  ['mo', 30 * 86_400],
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** "3 min", "2 d"; "now" below a minute. `ms`: how long it was. */
export function shortAge(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  for (const [unit, length] of units) if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`;
  return 'now';
}

/** How long something took: "0.4 s", "12 s", "3 min 5 s". */
export function duration(ms: number): string {
  if (ms < 1) return 'under 1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return shortAge(ms);
}

/** Date and time in the reader's own language and time zone. */
export function longTime(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** How long ago, kept right while it is shown; the moment itself on hover. */
export function Age({ at }: { at: string }) {
  const words = useSyncExternalStore(onHalfMinute, () => shortAge(Date.now() - Date.parse(at)));
  return (
    <time dateTime={at} title={longTime(at)}>
      {words}
    </time>
  );
}

/** "in 40 s", "in 3 min"; "now" where it has passed. `ms`: how long it still takes. */
export function shortWait(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 0) return 'now';
  if (seconds < 100) return `in ${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `in ${minutes} min` : `in ${Math.ceil(minutes / 60)} h`;
}

/** How long it still takes until a moment, counted down while it is shown; the moment itself on hover. */
export function Countdown({ to }: { to: string }) {
  const words = useSyncExternalStore(onSecond, () => shortWait(Date.parse(to) - Date.now()));
  return (
    <time dateTime={to} title={longTime(to)}>
      {words}
    </time>
  );
}
