import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen, type IBackoff } from 'cockatiel';
import { AppError, type ErrorCode, toAppError } from '../../shared/errors.ts';

/** Spares a service that is in trouble. */
export interface ServiceGuard {
  /**
   * Does the work, unless the service asked for a pause or does not answer: then throws `rate_limited` or
   * `unavailable`, with the time of the next try as `retryAfterMs`, without asking.
   */
  execute<T>(work: () => Promise<T>): Promise<T>;
  /** There is reason to hope: forgets past failures, so that the next work is done. A pause that was asked for stays. */
  reset(): void;
}

export interface ServiceGuardOptions {
  /** As it is called in sentences: "Jira". */
  name: string;
  /** Whether a `rate_limited` answer to one call is meant for all of them. */
  pausesAll: boolean;
  /** How long nothing is asked after the `attempt`th failed probe in a row, in milliseconds. */
  probeDelayMs(attempt: number): number;
  /** In [0, 1). */
  random?: () => number;
}

/** The service, not the request, is in trouble. */
const troubles: ReadonlySet<ErrorCode> = new Set(['unavailable', 'unconfirmed', 'bad_response']);
/** So many failures in a row, and the service is asked by one probe at a time. */
const failuresInARow = 5;

/** A circuit breaker for one service, and the pause that it asked for. */
export function createServiceGuard({
  name,
  pausesAll,
  probeDelayMs,
  random = Math.random,
}: ServiceGuardOptions): ServiceGuard {
  /** Times are performance.now()'s: nobody sets that clock back. */
  let pausedUntil = 0;
  let breaker = createBreaker(probeDelayMs);

  /** Whoever waits comes back a little apart from the others. */
  function waiting(remainingMs: number): AppError {
    const retryAfterMs = Math.ceil(remainingMs + (0.1 * remainingMs + 500) * random());
    const message = `${name} failed several times in a row, so it is asked by one try at a time now. All that waits goes on as soon as it answers.`;
    return new AppError('unavailable', message, { retryAfterMs });
  }

  const guard: ServiceGuard = {
    async execute(work) {
      const pauseMs = Math.ceil(pausedUntil - performance.now());
      if (pauseMs > 0) throw new AppError('rate_limited', `${name} asks for a pause.`, { retryAfterMs: pauseMs });
      const mine = breaker;
      try {
        return await mine.execute(work);
      } catch (thrown) {
        if (thrown instanceof BrokenCircuitError) {
          // It waited for a probe that was overtaken by a reset.
          if (mine !== breaker) return guard.execute(work);
          throw waiting(mine.untilProbeMs());
        }
        const { code, retryAfterMs } = toAppError(thrown);
        if (pausesAll && code === 'rate_limited' && retryAfterMs !== undefined) {
          pausedUntil = Math.max(pausedUntil, performance.now() + retryAfterMs);
        }
        throw thrown;
      }
    },
    reset() {
      breaker = createBreaker(probeDelayMs);
    },
  };
  return guard;
}

function createBreaker(probeDelayMs: ServiceGuardOptions['probeDelayMs']) {
  let nextProbeAt = 0;
  const untilProbeMs = () => Math.max(0, nextProbeAt - performance.now());

  function waitAfter({ attempt }: { attempt: number }): IBackoff<{ attempt: number }> {
    nextProbeAt = performance.now() + probeDelayMs(attempt);
    return {
      // The breaker compares it with the time of day, which may be set back meanwhile: so it is for ever, or over.
      get duration() {
        return untilProbeMs() > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      },
      next: waitAfter,
    };
  }

  const policy = circuitBreaker(
    handleWhen((error) => troubles.has(toAppError(error).code)),
    { breaker: new ConsecutiveBreaker(failuresInARow), halfOpenAfter: { next: waitAfter } },
  );
  return { execute: <T>(work: () => Promise<T>) => policy.execute(work), untilProbeMs };
}
