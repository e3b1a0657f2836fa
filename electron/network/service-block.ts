import { type AppError, toAppError } from '../../shared/errors.ts';

/** A service of which nothing but a probe is asked until that succeeds. */
export interface Block {
  reason: AppError;
  /** Whether a probe met the reason, and not somebody's request, of which its words may tell. */
  isProbed: boolean;
  kind: 'trouble' | 'login';
  /** Time on performance.now()'s clock, as all times here: nobody sets that one back. */
  nextProbeAt: number;
}

export interface ServiceBlockDeps {
  /** One cheap request that takes a login. Throws AppError. */
  probe(): Promise<unknown>;
  /** Wait before probe number `round` (0 is the first) of a service that does not answer, in milliseconds. */
  probeDelayMs(round: number): number;
  /** A random number in [0, 1). */
  random(): number;
  /** Milliseconds that are left of a pause that the service asked for; 0 or less where there is none. */
  pauseLeftMs(): number;
  /** A probe was answered. */
  onAnswer(): void;
  /** Tells how the service is: null where it works. */
  onState(error: AppError | null): void;
  /** Tells that there is no block any more. */
  onOpen(): void;
}

/** The block on a service, while there is one, and the probes that find out when it may end. */
export interface ServiceBlock {
  current(): Block | null;
  /** `isProbed`: false where absent. */
  begin(kind: Block['kind'], reason: AppError, isProbed?: boolean): void;
  /** What is wrong with the service as a whole; null where it answers. One probe at a time. Never rejects. */
  probe(): Promise<AppError | null>;
  /** Milliseconds that whoever comes upon the block is to wait; undefined where there is none. */
  remainingMs(): number | undefined;
  /** A request, and not only a probe, was answered by the service itself; a refused login is for its probe to find out. */
  answered(): void;
  /** There is reason to hope: a login is probed at once, and anything else gets through. */
  hope(): void;
  /** Ends all probing. */
  stop(): void;
}

/** Wait before a login that was refused is probed, in milliseconds; twice as long each time. */
const firstLoginProbeMs = 15_000;
const longestLoginProbeMs = 15 * 60_000;

/** Wait before probe number `round` of a login that was refused, in milliseconds: 15 s, 30 s, 1 min ... 15 min. */
export function loginProbeDelayMs(round: number): number {
  return Math.min(longestLoginProbeMs, firstLoginProbeMs * 2 ** Math.min(round, 20));
}

export function createServiceBlock(deps: ServiceBlockDeps): ServiceBlock {
  const { probeDelayMs, onState, onOpen } = deps;
  let block: Block | null = null;
  /** Rounds go on where they were, unless a request of somebody else than the probe succeeded in between. */
  let rounds = { trouble: 0, login: 0 };
  let probing: Promise<AppError | null> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function probe(): Promise<AppError | null> {
    probing ??= Promise.resolve()
      .then(deps.probe)
      .then(() => null, troubleIn)
      .then((trouble) => {
        if (trouble === null) deps.onAnswer();
        return trouble;
      })
      .finally(() => {
        probing = null;
      });
    return probing;
  }

  function begin(kind: Block['kind'], reason: AppError, isProbed = false): void {
    block = { kind, reason, isProbed, nextProbeAt: 0 };
    onState(reason);
    probeLater(block, kind);
  }

  /** `pace`: how often, since a network that fails says nothing of a login. `leastMs`: as the service asks. */
  function probeLater(blocked: Block, pace: Block['kind'], leastMs = 0): void {
    const round = rounds[pace];
    rounds[pace] += 1;
    const ownMs = pace === 'login' ? loginProbeDelayMs(round) : probeDelayMs(round);
    const delayMs = Math.max(ownMs, leastMs, deps.pauseLeftMs());
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
      begin('login', error, true);
    } else if (checked.kind === 'login' || error.code === 'rate_limited') {
      probeLater(checked, 'trouble', error.retryAfterMs);
    } else {
      begin('trouble', error, true);
    }
  }

  function open(): void {
    clearTimeout(timer);
    block = null;
    onOpen();
  }

  return {
    current: () => block,
    begin,
    probe,
    remainingMs() {
      if (block === null) return undefined;
      const { nextProbeAt, kind } = block;
      // Whoever waits comes back a little apart from the others, and not while a probe is still waiting for its answer.
      const ms = Math.max(0, nextProbeAt - performance.now()) + (probing === null ? 0 : probeDelayMs(rounds[kind]));
      return Math.ceil(ms + (0.1 * ms + 500) * deps.random());
    },
    answered() {
      if (block === null) rounds = { trouble: 0, login: 0 };
      else if (block.kind === 'trouble') open();
    },
    hope() {
      if (block === null) return;
      if (block.kind === 'login') return void check();
      // What failed may work now, and the requests themselves find out soonest.
      rounds.trouble = 0;
      open();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** Codes that mean trouble of the service, not of the request. */
const troubles: ReadonlySet<AppError['code']> = new Set([
  'unavailable',
  'unconfirmed',
  'bad_response',
  'unauthorized',
  'rate_limited',
]);

/** What is wrong with the service as a whole; null where it answered, whatever it said. */
function troubleIn(thrown: unknown): AppError | null {
  const error = toAppError(thrown);
  return troubles.has(error.code) ? error : null;
}
