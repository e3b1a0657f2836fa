import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/** No request for this long, in milliseconds: the wave is over. */
const quietMs = 40;
/** Steady traffic must not stop the work. */
const longestMs = 250;

/** Slack waits for acks, but nobody for a few milliseconds more of the work behind them. */
export interface IntakeGate {
  /** A request is being written down. */
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
