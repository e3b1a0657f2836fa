/** A run of a ticket, on whose behalf requests are made: one object for each. */
export interface Spender {
  requestId: string;
  /** Whether the ticket has failed before. */
  isRetry: boolean;
  /** Aborted once a person wants it now: from the start, or while it waits. */
  hurried: AbortSignal;
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
/** Runs of one ticket in any 30 s that a person has not wait. */
const mostByPerson = 6;
/** Requests left for runs that have begun: or all would begin, and none would end. */
const roomToBegin = 3;

interface Spent {
  spender: Spender;
  /** Time on performance.now()'s clock, in milliseconds. */
  at: number;
}

/**
 * A sliding window over the requests of the last 30 s. A ticket's only run in it makes as many as it needs: how many those
 * are, the server's pages and the project's fields decide, and nobody waits in silence for a Jira that is well. Nor does a
 * person who corrects a ticket and corrects it again. `signal`: ends all waiting.
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

  function lookAgain(): void {
    for (const goOn of [...waiting]) goOn();
  }

  function refund(): void {
    spent = spent.filter(({ spender }) => !spender.succeeded.aborted);
    lookAgain();
  }

  /** Whether a ticket's requests, those of its earlier runs among them, hold this run back. */
  function isHeld(spender: Spender, own: Spent[]): boolean {
    const others = new Set(own.map((each) => each.spender).filter((other) => other !== spender));
    if (!spender.hurried.aborted) return others.size > 0;
    return [...others].filter(({ hurried }) => hurried.aborted).length >= mostByPerson;
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
        const isRetry = spender.isRetry && !spender.hurried.aborted;
        const retries = isRetry ? spent.filter((each) => each.spender.isRetry) : [];
        const hasBegun = spent.some((each) => each.spender === spender);
        const most = hasBegun ? mostForRetries : mostForRetries - roomToBegin;
        const ownMs = isHeld(spender, own) ? fullForMs(own, mostForOne, now) : 0;
        const waitMs = Math.max(ownMs, fullForMs(retries, most, now));
        if (waitMs <= 0) break;
        spender.hurried.addEventListener('abort', lookAgain, { once: true });
        await wait(Math.ceil(waitMs));
      }
      if (!spent.some((each) => each.spender === spender)) {
        spender.succeeded.addEventListener('abort', refund, { once: true });
      }
      spent.push({ spender, at: performance.now() });
    },
  };
}
