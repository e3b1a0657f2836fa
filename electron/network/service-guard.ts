import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, DelegateBackoff, handleWhen } from 'cockatiel';
import { AppError, type ErrorCode, toAppError } from '../../shared/errors.ts';

/** Spares a service that is in trouble. */
export interface ServiceGuard {
  /**
   * Does the work, unless the service asked for a pause or does not answer: then throws `rate_limited` or
   * `unavailable`, with the time of the next try as `retryAfterMs`, without asking.
   */
  execute<T>(work: () => Promise<T>): Promise<T>;
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
export function createServiceGuard(options: ServiceGuardOptions): ServiceGuard {
  const { name, pausesAll, probeDelayMs, random = Math.random } = options;
  let nextProbeAt = 0;
  let pausedUntil = 0;
  const breaker = circuitBreaker(
    handleWhen((error) => troubles.has(toAppError(error).code)),
    {
      breaker: new ConsecutiveBreaker(failuresInARow),
      halfOpenAfter: new DelegateBackoff(({ attempt }) => {
        const delayMs = probeDelayMs(attempt);
        nextProbeAt = Date.now() + delayMs;
        return delayMs;
      }),
    },
  );

  /** Whoever waits comes back a little apart from the others. */
  function waiting(): AppError {
    const remainingMs = Math.max(0, nextProbeAt - Date.now());
    const retryAfterMs = Math.ceil(remainingMs + (0.1 * remainingMs + 500) * random());
    const message = `${name} failed several times in a row, so it is asked by one try at a time now. All that waits goes on as soon as it answers.`;
    return new AppError('unavailable', message, { retryAfterMs });
  }

  return {
    async execute(work) {
      const pauseMs = pausedUntil - Date.now();
      if (pauseMs > 0) throw new AppError('rate_limited', `${name} asks for a pause.`, { retryAfterMs: pauseMs });
      try {
        return await breaker.execute(work);
      } catch (thrown) {
        if (thrown instanceof BrokenCircuitError) throw waiting();
        const { code, retryAfterMs } = toAppError(thrown);
        if (pausesAll && code === 'rate_limited' && retryAfterMs !== undefined) {
          pausedUntil = Math.max(pausedUntil, Date.now() + retryAfterMs);
        }
        throw thrown;
      }
    },
  };
}
