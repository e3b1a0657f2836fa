import { AppError, type ErrorCode, longestPauseMs, toAppError } from '../../shared/errors.ts';

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

/** Codes that may mean trouble of the service, not of the request. */
const troubles: ReadonlySet<ErrorCode> = new Set(['unavailable', 'unconfirmed', 'bad_response']);
/** Failures in a row after which the service is asked by one probe at a time. */
const failuresInARow = 5;
/** Wait before a login that was refused is probed, in milliseconds; twice as long each time. */
const firstLoginProbeMs = 15_000;
const longestLoginProbeMs = 15 * 60_000;

/** Wait before probe number `round` of a login that was refused, in milliseconds: 15 s, 30 s, 1 min ... 15 min. */
export function loginProbeDelayMs(round: number): number {
  return Math.min(longestLoginProbeMs, firstLoginProbeMs * 2 ** Math.min(round, 20));
}

/** What is wrong with the service as a whole; null where it answered, whatever it said. */
function troubleIn(thrown: unknown): AppError | null {
  const error = toAppError(thrown);
  const isTrouble = troubles.has(error.code) || error.code === 'unauthorized' || error.code === 'rate_limited';
  return isTrouble ? error : null;
}

/** A service of which nothing but a probe is asked until that succeeds. */
interface Block {
  reason: AppError;
  kind: 'trouble' | 'login';
  /** Time on performance.now()'s clock, as all times here: nobody sets that one back. */
  nextProbeAt: number;
}

/** A circuit breaker for one service, the pause that it asked for, and the login that it refused. */
export function createServiceGuard(options: ServiceGuardOptions): ServiceGuard {
  const { name, pausesAll, probeDelayMs, onState = () => {}, onBack = () => {}, random = Math.random } = options;
  let pausedUntil = 0;
  /** Pauses asked for in a row. */
  let pauses = 0;
  let failures = 0;
  let block: Block | null = null;
  /** Rounds go on where they were, unless a request of somebody else than the probe succeeded in between. */
  let rounds = { trouble: 0, login: 0 };
  let lastAnswerAt = Number.NEGATIVE_INFINITY;
  let probing: Promise<AppError | null> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  /** What is wrong with the service as a whole; null where it answers. One probe at a time. */
  function probe(): Promise<AppError | null> {
    probing ??= Promise.resolve()
      .then(options.probe)
      .then(() => null, troubleIn)
      .then((trouble) => {
        if (trouble === null) lastAnswerAt = performance.now();
        return trouble;
      })
      .finally(() => {
        probing = null;
      });
    return probing;
  }

  /** Whoever waits comes back a little apart from the others, and not while a probe is still waiting for its answer. */
  function remainingMs({ nextProbeAt, kind }: Block): number {
    const ms = Math.max(0, nextProbeAt - performance.now()) + (probing === null ? 0 : probeDelayMs(rounds[kind]));
    return Math.ceil(ms + (0.1 * ms + 500) * random());
  }

  function demandOpen(): void {
    if (block?.kind === 'login') throw block.reason.with({ isHeldBack: true });
    const pauseMs = Math.ceil(pausedUntil - performance.now());
    if (pauseMs > 0) {
      throw new AppError('rate_limited', `${name} asks for a pause.`, { retryAfterMs: pauseMs, isHeldBack: true });
    }
    if (block !== null) {
      const message = `${name} failed several times in a row, so it is asked by one try at a time now. All that waits goes on as soon as it answers.`;
      throw new AppError('unavailable', message, { retryAfterMs: remainingMs(block), isHeldBack: true });
    }
  }

  function blockFor(kind: Block['kind'], reason: AppError): void {
    block = { kind, reason, nextProbeAt: 0 };
    onState(reason);
    probeLater(block, kind);
  }

  /** `pace`: how often, since a network that fails says nothing of a login. `leastMs`: as the service asks. */
  function probeLater(blocked: Block, pace: Block['kind'], leastMs = 0): void {
    const round = rounds[pace];
    rounds[pace] += 1;
    const ownMs = pace === 'login' ? loginProbeDelayMs(round) : probeDelayMs(round);
    const delayMs = Math.max(ownMs, leastMs, pausedUntil - performance.now());
    blocked.nextProbeAt = performance.now() + delayMs;
    clearTimeout(timer);
    // More refused logins would end in, or prolong, a captcha.
    if (!isStopped && !blocked.reason.needsPerson) timer = setTimeout(() => void check(), delayMs);
  }

  /** Probes what is blocked, and opens it or waits for longer. */
  async function check(): Promise<void> {
    const checked = block;
    clearTimeout(timer);
    if (checked === null || isStopped) return;
    const error = await probe();
    if (block !== checked || isStopped) return;
    if (error === null) {
      open();
      onState(null);
    } else if (error.code === 'unauthorized') {
      blockFor('login', error);
    } else if (checked.kind === 'login' || error.code === 'rate_limited') {
      probeLater(checked, 'trouble', error.retryAfterMs);
    } else {
      blockFor('trouble', error);
    }
  }

  function open(): void {
    clearTimeout(timer);
    block = null;
    failures = 0;
    onBack();
  }

  /** A request, and not only a probe, was answered by the service itself. */
  function answered(): void {
    lastAnswerAt = performance.now();
    failures = 0;
    pauses = 0;
    // A refused login is for its probe to find out.
    if (block?.kind === 'login') return;
    if (block === null) rounds = { trouble: 0, login: 0 };
    else open();
    onState(null);
  }

  /** The error as it concerns this request, or the service. `askedAt`: when the request began. */
  async function judge(error: AppError, askedAt: number): Promise<AppError> {
    switch (error.code) {
      case 'unauthorized':
        return judgeLogin(error);
      case 'rate_limited':
        return pausesAll ? pause(error) : error;
      case 'bad_response':
        return judgePage(error, askedAt);
      case 'unavailable':
      case 'unconfirmed':
        failures += 1;
        if (block === null) {
          onState(error);
          if (failures >= failuresInARow) blockFor('trouble', error);
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

  /** A captcha is not asked for twice. */
  async function judgeLogin(error: AppError): Promise<AppError> {
    const other = error.needsPerson ? error : await probe();
    if (other === null) return aboutRequest(error);
    if (block?.kind !== 'login') blockFor('login', error);
    return error;
  }

  async function judgePage(error: AppError, askedAt: number): Promise<AppError> {
    const other = lastAnswerAt > askedAt ? null : await probe();
    if (other === null || other.code === 'rate_limited') return aboutRequest(error);
    if (other.code === 'unauthorized') {
      if (block?.kind !== 'login') blockFor('login', other);
      return other;
    }
    if (block === null) blockFor('trouble', error);
    return error.with({ code: 'unavailable', retryAfterMs: block === null ? undefined : remainingMs(block) });
  }

  /** The service itself is well. */
  function aboutRequest(error: AppError): AppError {
    failures = 0;
    return error.with({ code: 'bad_response' });
  }

  /** Pauses for everybody, as long as was asked for, and for longer each time where that did not help. */
  function pause(error: AppError): AppError {
    const waitMs = Math.min(longestPauseMs, Math.max(error.retryAfterMs ?? 0, probeDelayMs(pauses)));
    pauses += 1;
    pausedUntil = Math.max(pausedUntil, performance.now() + waitMs);
    if (block === null) onState(error);
    return error.with({ retryAfterMs: waitMs });
  }

  function hope(isByPerson: boolean): void {
    if (isByPerson) pausedUntil = 0;
    failures = 0;
    if (block === null || (block.reason.needsPerson && !isByPerson)) return;
    if (block.kind === 'login') return void check();
    // What failed may work now, and the requests themselves find out soonest.
    rounds.trouble = 0;
    open();
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
    tryNow: () => hope(true),
    wake: () => hope(false),
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
