import { type AppError, reactionTo } from '../../shared/errors.ts';
import { loginProbeDelayMs } from '../network/service-block.ts';
import { isWithoutAnswer } from './errors.ts';

/** How long to wait before Slack is asked for a connection again. All times are in milliseconds. */
export interface ReconnectDelays {
  afterFailure(error: AppError): number;
  /** Milliseconds after a connection that was open for `livedMs` and has ended; or will, where Slack announced it. */
  afterLoss(livedMs: number, isAnnounced: boolean): number;
  /** Milliseconds before the successor of a connection is opened that will live for `lifetimeMs`; as if it ended then. */
  beforeRenewal(lifetimeMs: number): number;
  /** What is left of a pause that Slack asked for. */
  pauseLeft(): number;
  /** Failures in a row; `succeeded` ends the row. */
  failures(): number;
  succeeded(): void;
}

/** Where the network may be to blame, asking is no burden, and its return should be noticed at once. */
const networkMs = 2_000;
/** What only a person can mend is asked for rarely, but still asked: it is mended in Slack, not here. */
const mendedByPeopleMs = 60_000;
/** Slack closes a connection after its lifetime; the successor is opened when this share of it has passed. */
const refreshShare = 0.9;
/** Slack's are of hours. A timer of more than 2^31 ms fires at once. */
export const longestLifetimeMs = 24 * 60 * 60_000;
/** A connection that lives shorter is replaced at once, but not over and over. */
const shortLifeMs = 10_000;

/** @param backOffMs The usual wait before try number `attempt`; 0 is the first after a failure. */
export function createReconnectDelays(backOffMs: (attempt: number) => number): ReconnectDelays {
  let failures = 0;
  let refusedLogins = 0;
  let pauses = 0;
  let shortLives = 0;
  /** Time on performance.now()'s clock, which nobody can set. */
  let pauseUntil = 0;

  function afterLoss(livedMs: number, isAnnounced: boolean): number {
    shortLives = livedMs < shortLifeMs ? shortLives + 1 : 0;
    if (shortLives < 2) return 0;
    const usual = backOffMs(shortLives - 2);
    return isAnnounced ? usual : Math.min(networkMs, usual);
  }

  return {
    afterFailure(error) {
      const usual = backOffMs(failures);
      failures += 1;
      if (error.code === 'unauthorized') {
        refusedLogins += 1;
        return loginProbeDelayMs(refusedLogins - 1);
      }
      if (error.retryAfterMs !== undefined) {
        // To the second; for longer where that does not help again and again.
        const waitMs = Math.max(error.retryAfterMs, backOffMs(pauses));
        pauses += 1;
        pauseUntil = performance.now() + waitMs;
        return waitMs;
      }
      if (isWithoutAnswer(error)) return Math.min(networkMs, usual);
      return reactionTo(error.code) === 'retry' ? usual : mendedByPeopleMs;
    },
    afterLoss,
    beforeRenewal(lifetimeMs) {
      const livesMs = Math.min(longestLifetimeMs, lifetimeMs) * refreshShare;
      return livesMs < shortLifeMs ? Math.max(livesMs, afterLoss(livesMs, true)) : livesMs;
    },
    pauseLeft: () => Math.max(0, pauseUntil - performance.now()),
    failures: () => failures,
    succeeded() {
      failures = 0;
      refusedLogins = 0;
      pauses = 0;
    },
  };
}
