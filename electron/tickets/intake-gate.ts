import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/** Time without a request after which the wave is over, in milliseconds. */
const quietMs = 40;
/** Longest wait, in milliseconds: steady traffic must not stop the work. */
const longestMs = 250;

/** Holds back the work for a few milliseconds, for which nobody waits, while acks go out, for which Slack does. */
export interface IntakeGate {
  /** Notes that a request is being written down. */
  arrived(): void;
  /** Resolves once no request has come for a moment, and after a quarter of a second in any case. */
  untilQuiet(): Promise<void>;
}

export function createIntakeGate(): IntakeGate {
  let lastArrival = Number.NEGATIVE_INFINITY;
  return {
    arrived() {
      lastArrival = performance.now();
    },
    async untilQuiet() {
      const deadline = performance.now() + longestMs;
      for (;;) {
        const now = performance.now();
        const remainingMs = Math.min(lastArrival + quietMs, deadline) - now;
        if (remainingMs <= 0) return;
        await wait(remainingMs);
        // Requests may lie in the socket while a long turn ended; they are read before this resolves.
        await nextTurn();
      }
    },
  };
}
