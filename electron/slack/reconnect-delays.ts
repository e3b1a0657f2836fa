import { type AppError, reactionTo } from '../../shared/errors.ts';
import { isWithoutAnswer } from './errors.ts';

/** How long to wait before Slack is asked for a connection again. All times are in milliseconds. */
export interface ReconnectDelays {
  afterFailure(error: AppError): number;
  /** After a connection that was open for `livedMs` and has ended; or will, where Slack announced it. */
  afterLoss(livedMs: number, isAnnounced: boolean): number;
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
/** A connection that lives shorter is replaced at once, but not over and over. */
const shortLifeMs = 10_000;

/** @param backOffMs The usual wait before try number `attempt`; 0 is the first after a failure. */
export function createReconnectDelays(backOffMs: (attempt: number) => number): ReconnectDelays {
  let failures = 0;
  let shortLives = 0;
  /** On performance.now()'s clock, which nobody can set. */
  let pauseUntil = 0;

  return {
    afterFailure(error) {
      const usual = backOffMs(failures);
      failures += 1;
      if (error.retryAfterMs !== undefined) {
        pauseUntil = performance.now() + error.retryAfterMs;
        return error.retryAfterMs;
      }
      if (isWithoutAnswer(error)) return Math.min(networkMs, usual);
      return reactionTo(error.code) === 'retry' ? usual : mendedByPeopleMs;
    },
    afterLoss(livedMs, isAnnounced) {
      shortLives = livedMs < shortLifeMs ? shortLives + 1 : 0;
      if (shortLives < 2) return 0;
      const usual = backOffMs(shortLives - 2);
      return isAnnounced ? usual : Math.min(networkMs, usual);
    },
    pauseLeft: () => Math.max(0, pauseUntil - performance.now()),
    failures: () => failures,
    succeeded() {
      failures = 0;
    },
  };
}
