import { AppError, longestPauseMs, toAppError } from '../../shared/errors.ts';
import { createServiceBlock } from './service-block.ts';

/** Spares a service that is in trouble, or that refuses our login, and finds out by itself when that is over. */
export interface ServiceGuard {
  /**
   * Makes one request, unless the service is not to be asked now: then throws without asking (`isHeldBack`):
   * `rate_limited` or `unavailable` with the time of the next try as `retryAfterMs`, or `unauthorized`.
   *
   * A request that something else than the service answered (`bad_response`) is judged by what the service says
   * meanwhile: if it answers others, the error is about this request; if not, nobody gets through, and the error becomes
   * `unavailable`. In the same way `unauthorized` becomes `bad_response` where the login is accepted meanwhile.
   */
  execute<T>(request: () => Promise<T>): Promise<T>;
  /** Throws as `execute` does where the service is not to be asked now. */
  demandOpen(): void;
  /** Forgets pauses and failures, and probes a login that was refused at once: a person does not want to wait. */
  tryNow(): void;
  /** Does the same but for a pause that was asked for: there is reason to hope, a wake-up or another network. */
  wake(): void;
  /** Ends all probing. */
  stop(): void;
}

export interface ServiceGuardOptions {
  /** The service's name in sentences: "Jira". */
  name: string;
  /** Whether a `rate_limited` answer to one request is meant for all of them. */
  pausesAll: boolean;
  /** One cheap request that takes a login. Throws AppError. */
  probe(): Promise<unknown>;
  /** Wait before probe number `round` (0 is the first) of a service that does not answer, in milliseconds. */
  probeDelayMs(round: number): number;
  /** Tells how the service is, by what it really answered: null where it works. */
  onState?(error: AppError | null): void;
  /** Tells that it answers again, or accepts the login again, so that all that waits for it can go on. */
  onBack?(): void;
  /** A random number in [0, 1). */
  random?: () => number;
}

/** Failures in a row after which the service is asked by one probe at a time. */
const failuresInARow = 5;

/** A circuit breaker for one service, the pause that it asked for, and the login that it refused. */
export function createServiceGuard(options: ServiceGuardOptions): ServiceGuard {
  const { name, pausesAll, probeDelayMs, onState = () => {}, onBack = () => {}, random = Math.random } = options;
  /** Time on performance.now()'s clock. */
  let pausedUntil = 0;
  /** Pauses asked for in a row, and when the last one began. */
  let pauses = 0;
  let pausedAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let lastAnswerAt = Number.NEGATIVE_INFINITY;
  const block = createServiceBlock({
    probe: options.probe,
    probeDelayMs,
    random,
    pauseLeftMs: () => pausedUntil - performance.now(),
    onAnswer() {
      lastAnswerAt = performance.now();
    },
    onState,
    onOpen() {
      failures = 0;
      onBack();
    },
  });

  function demandOpen(): void {
    const blocked = block.current();
    if (blocked?.kind === 'login') throw blocked.reason.with({ isHeldBack: true });
    const pauseMs = Math.ceil(pausedUntil - performance.now());
    if (pauseMs > 0) {
      throw new AppError('rate_limited', `${name} asks for a pause.`, { retryAfterMs: pauseMs, isHeldBack: true });
    }
    if (blocked !== null) {
      const { reason, isProbed } = blocked;
      // What became of somebody's request, and the service's words about it, are no one else's.
      const isOnes = reason.code === 'unconfirmed' && !isProbed;
      const happened = isOnes ? `${name} failed several times in a row.` : reason.message;
      const message = `${happened} ${name} is asked by one try at a time now, and all that waits goes on as soon as it answers.`;
      throw new AppError('unavailable', message, { retryAfterMs: block.remainingMs(), isHeldBack: true });
    }
  }

  /** A request, and not only a probe, was answered by the service itself. */
  function answered(): void {
    lastAnswerAt = performance.now();
    failures = 0;
    pauses = 0;
    const isLoginRefused = block.current()?.kind === 'login';
    block.answered();
    if (!isLoginRefused) onState(null);
  }

  /** The error as it concerns this request, or the service. `askedAt`: when the request began. */
  async function judge(error: AppError, askedAt: number): Promise<AppError> {
    switch (error.code) {
      case 'unauthorized':
        return judgeLogin(error);
      case 'rate_limited':
        return pausesAll ? pause(error, askedAt) : error;
      case 'bad_response':
        return judgePage(error, askedAt);
      case 'unavailable':
      case 'unconfirmed':
        // A login page in place of the answer to a write: that one is unconfirmed, and all others would be, too.
        if (error.cause instanceof AppError && error.cause.code === 'unauthorized') {
          await judgeLogin(error.cause);
          return error;
        }
        failures += 1;
        if (block.current() === null) {
          onState(error);
          if (failures >= failuresInARow) block.begin('trouble', error);
        }
        return error;
      // Nobody answered that.
      case 'bug':
        return error;
      default:
        answered();
        return error;
    }
  }

  /** A captcha is not asked for twice, nor is a login that is known to be refused: whoever asked before that was late. */
  async function judgeLogin(error: AppError): Promise<AppError> {
    const isKnown = error.needsPerson || block.current()?.kind === 'login';
    const other = isKnown ? error : await block.probe();
    if (other === null) return aboutRequest(error);
    // Failed logins end in a captcha, so the probe may be the first to meet it.
    const reason = other.needsPerson ? other : error;
    if (block.current()?.kind !== 'login') block.begin('login', reason);
    return reason;
  }

  async function judgePage(error: AppError, askedAt: number): Promise<AppError> {
    const other = lastAnswerAt > askedAt ? null : await block.probe();
    if (other === null || other.code === 'rate_limited') return aboutRequest(error);
    if (other.code === 'unauthorized') {
      if (block.current()?.kind !== 'login') block.begin('login', other);
      return other;
    }
    if (block.current() === null) block.begin('trouble', error);
    return error.with({ code: 'unavailable', retryAfterMs: block.remainingMs() });
  }

  /** The service itself is well. */
  function aboutRequest(error: AppError): AppError {
    failures = 0;
    return error.with({ code: 'bad_response' });
  }

  /** Pauses for everybody, as long as was asked for, and for longer each time where that did not help. */
  function pause(error: AppError, askedAt: number): AppError {
    // Those that were on their way together met one limit, not several in a row.
    if (askedAt > pausedAt) {
      pauses += 1;
      pausedAt = performance.now();
    }
    const waitMs = Math.min(longestPauseMs, Math.max(error.retryAfterMs ?? 0, probeDelayMs(pauses - 1)));
    pausedUntil = Math.max(pausedUntil, performance.now() + waitMs);
    if (block.current() === null) onState(error);
    return error.with({ retryAfterMs: waitMs });
  }

  function hope({ isByPerson }: { isByPerson: boolean }): void {
    if (isByPerson) pausedUntil = 0;
    failures = 0;
    if (isByPerson || !block.current()?.reason.needsPerson) block.hope();
  }

  return {
    async execute(request) {
      demandOpen();
      const askedAt = performance.now();
      try {
        const answer = await request();
        answered();
        return answer;
      } catch (thrown) {
        const error = await judge(toAppError(thrown), askedAt);
        throw error.with({ othersAnsweredAt: lastAnswerAt });
      }
    },
    demandOpen,
    tryNow: () => hope({ isByPerson: true }),
    wake: () => hope({ isByPerson: false }),
    stop: block.stop,
  };
}
