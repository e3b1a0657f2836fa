const minuteMs = 60_000;
const mostAMinute = 2;

/** Tells whether what just crashed may come back by itself: twice a minute. `now`: milliseconds since 1970. */
export function createCrashLimit(now: () => number = Date.now): () => boolean {
  let returns: number[] = [];
  return () => {
    returns = returns.filter((at) => at > now() - minuteMs);
    if (returns.length >= mostAMinute) return false;
    returns.push(now());
    return true;
  };
}
