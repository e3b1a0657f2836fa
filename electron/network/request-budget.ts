/** On whose behalf requests are made: one object for each run of a ticket. */
export interface Spender {
  requestId: string;
  /** It has failed before. */
  isRetry: boolean;
  /** It has ended well, so that what it asked for was no waste. */
  hasSucceeded: boolean;
}

/** Keeps those that fail again and again from crowding a service, whatever makes them fail. */
export interface RequestBudget {
  /** Resolves when one more request may be made for it, at once as a rule. Rejects with the signal's reason. */
  spend(spender: Spender): Promise<void>;
}

const windowMs = 30_000;
/** In any 30 s: for one ticket, and for all that failed before together. */
const mostForOne = 11;
const mostForRetries = 24;

interface Spent {
  spender: Spender;
  /** On performance.now()'s clock. */
  at: number;
}

/** A sliding window over the requests of the last 30 s. `signal`: ends all waiting. */
export function createRequestBudget(signal: AbortSignal): RequestBudget {
  let spent: Spent[] = [];

  /** When the oldest of these leaves the window, where there are as many as may be; 0 where there is room. */
  function fullForMs(those: Spent[], most: number, now: number): number {
    const oldest = those[those.length - most];
    return oldest === undefined ? 0 : oldest.at + windowMs - now;
  }

  return {
    async spend(spender) {
      for (;;) {
        signal.throwIfAborted();
        const now = performance.now();
        spent = spent.filter(({ at, spender: by }) => at + windowMs > now && !by.hasSucceeded);
        const own = spent.filter((each) => each.spender.requestId === spender.requestId);
        const retries = spender.isRetry ? spent.filter((each) => each.spender.isRetry) : [];
        const waitMs = Math.max(fullForMs(own, mostForOne, now), fullForMs(retries, mostForRetries, now));
        if (waitMs <= 0) break;
        await wait(Math.ceil(waitMs), signal);
      }
      spent.push({ spender, at: performance.now() });
    },
  };
}

/** Ends early where the signal is aborted. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
