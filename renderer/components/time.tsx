import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all ages in the window, which moves every half minute while somebody looks at one. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

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

/** In the reader's own words and time zone. */
export function longTime(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** How long ago, kept right while it is shown; the moment itself on hover. */
export function Age({ at }: { at: string }) {
  const current = useSyncExternalStore(subscribe, () => Math.max(now, Date.parse(at)));
  return (
    <time dateTime={at} title={longTime(at)}>
      {shortAge(current - Date.parse(at))}
    </time>
  );
}
