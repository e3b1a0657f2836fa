/** A run of a ticket, on whose behalf requests are made: one object for each. */
export interface Spender {
  requestId: string;
  /** Whether the ticket has failed before. */
  isRetry: boolean;
  /** Aborted when it has ended well, so that what it asked for was no waste. */
  succeeded: AbortSignal;
}

/** Keeps those that fail again and again from crowding a service, whatever makes them fail. */
export interface RequestBudget {
  /** Resolves when one more request may be made for it, at once as a rule. Rejects with the signal's reason. */
  spend(spender: Spender): Promise<void>;
}

const windowMs = 30_000;
/** Most requests in any 30 s: for one ticket that comes back, and for all that failed before together. */
const mostForOne = 11;
const mostForRetries = 24;
/** Requests left for runs that have begun: or all would begin, and none would end. */
const roomToBegin = 3;

interface Spent {
  spender: Spender;
  /** Time on performance.now()'s clock, in milliseconds. */
  at: number;
}

/**
 * A sliding window over the requests of the last 30 s. A ticket's only run in it makes as many as it needs: how many those
 * are, the server's pages and the project's fields decide, and nobody waits in silence for a Jira that is well. `signal`:
 * ends all waiting.
 */
export function createRequestBudget(signal: AbortSignal): RequestBudget {
  let spent: Spent[] = [];
  /** Each ends a wait: somebody's requests do not count any more. */
  const waiting = new Set<() => void>();

  /** When the oldest of these leaves the window, where there are as many as may be; 0 where there is room. */
  function fullForMs(those: Spent[], most: number, now: number): number {
    const oldest = those[those.length - most];
    return oldest === undefined ? 0 : oldest.at + windowMs - now;
  }

  function refund(): void {
    spent = spent.filter(({ spender }) => !spender.succeeded.aborted);
    for (const goOn of [...waiting]) goOn();
  }

  /** Ends early where the program stops or room was made. */
  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      waiting.add(end);
      signal.addEventListener('abort', end);
    });
  }

  return {
    async spend(spender) {
      for (;;) {
        signal.throwIfAborted();
        const now = performance.now();
        spent = spent.filter(({ at }) => at + windowMs > now);
        const own = spent.filter((each) => each.spender.requestId === spender.requestId);
        const retries = spender.isRetry ? spent.filter((each) => each.spender.isRetry) : [];
        const hasBegun = spent.some((each) => each.spender === spender);
        const most = hasBegun ? mostForRetries : mostForRetries - roomToBegin;
        const isBack = own.some((each) => each.spender !== spender);
        const waitMs = Math.max(isBack ? fullForMs(own, mostForOne, now) : 0, fullForMs(retries, most, now));
        if (waitMs <= 0) break;
        await wait(Math.ceil(waitMs));
      }
      if (!spent.some((each) => each.spender === spender)) {
        spender.succeeded.addEventListener('abort', refund, { once: true });
      }
      spent.push({ spender, at: performance.now() });
    },
  };
}
