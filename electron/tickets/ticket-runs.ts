import PQueue from 'p-queue';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { type Claims, claimedElsewhere, createClaims } from './claims.ts';
import { createExplanations } from './explanations.ts';
import { createFailureJudge } from './failure-judge.ts';
import { createIntakeGate, type IntakeGate } from './intake-gate.ts';
import { needsAttention } from './needs-attention.ts';
import type { Classifier } from './ports/classifier.ts';
import type { Instance } from './ports/ticket-store.ts';
import { ownWaitMs } from './retry-delay.ts';
import { claimMs } from './rules/claim.ts';
import type { TicketStepDeps } from './step-context.ts';
import { createTicketQueue, type TicketQueue } from './ticket-queue.ts';
import { type TicketRun, ticketRun } from './ticket-run.ts';
import { createTicketSteps } from './ticket-steps.ts';

export interface TicketRunDeps extends TicketStepDeps {
  /** The instance that works on the tickets here. */
  instance: Instance;
}

/** The work on tickets, each in runs that take it as far as it goes. */
export interface TicketRuns {
  queue: Pick<TicketQueue, 'enqueue' | 'enqueueIn' | 'exclusively'>;
  /** What a person wants now waits for nothing that spares others: `hurry` for the run in hand, `enqueueNow` for another. */
  hurry(requestId: string): void;
  enqueueNow(requestId: string): void;
  /** Gate that has the work wait for what is arriving. */
  intake: Pick<IntakeGate, 'arrived'>;
  claims: Pick<Claims, 'receive' | 'doubt'>;
  /** Notes that the chat delivered the request more than once. */
  deliveredAgain(requestId: string): void;
  /** Goes on with a ticket, now or when its own time has come. */
  schedule(ticket: Ticket): void;
  /** Takes no further step and resolves when the steps in hand have ended. */
  stop(): Promise<void>;
  isStopped(): boolean;
}

/** Tickets that are classified and filed at once; a model answers one at a time anyway. */
const filedAtOnce = 4;
/** Tickets at once in the lane of those that failed before, so that the others need not wait behind them. */
const retriedAtOnce = 4;
const isBeingFiled = ({ issueKey, step }: Ticket) => issueKey === null && step !== 'needs_fields';

/** Wait before a failure that could not be judged is tried again, in milliseconds. */
const unjudgedMs = 5 * 60_000;

/** Leaves a ticket to whoever resumes tickets next. */
function ignoreUntilAsked(): void {}

/** Error that ends a run without a result. */
const interrupted = new AppError('unavailable', 'The program is stopping.');

export function createTicketRuns(deps: TicketRunDeps): TicketRuns {
  const { log } = deps;
  const stopping = new AbortController();
  const claims = createClaims(log, deps.instance);
  const explanations = createExplanations(deps, stopping.signal);
  const deliveredAgain = new Set<string>();
  const { nextStep, forget } = createTicketSteps(
    { ...deps, classifier: { classify } },
    {
      update: claims.update,
      signal: stopping.signal,
      isDeliveredAgain: (requestId) => deliveredAgain.has(requestId),
      explain: explanations.explain,
      offer: explanations.offer,
    },
  );
  const filing = new PQueue({ concurrency: filedAtOnce });
  const retrying = new PQueue({ concurrency: retriedAtOnce });
  const failures = createFailureJudge(deps.retryDelayMs);
  const queue = createTicketQueue({
    advance,
    retryDelayMs: deps.retryDelayMs,
    onError: deps.onError,
    schedule(requestId) {
      void log.find(requestId).then((ticket) => ticket && schedule(ticket), ignoreUntilAsked);
    },
  });
  const intake = createIntakeGate();
  /** Signals of the runs in hand: aborted where a person wants it now. */
  const hurries = new Map<string, AbortController>();
  /** Tickets whose next run a person wants now. */
  const wantedNow = new Set<string>();
  let stopped = false;

  /**
   * Classifies, unless the program stops meanwhile: what a classifier says then is no answer, and the next run asks
   * again.
   */
  async function classify(...asked: Parameters<Classifier['classify']>) {
    const classification = await deps.classifier.classify(...asked);
    if (stopped) throw interrupted;
    return classification;
  }

  /**
   * Takes a ticket as far as it goes. A few at a time are filed, oldest first; each then waits for its channel by
   * itself.
   */
  async function advance(requestId: string): Promise<void> {
    const hurry = new AbortController();
    if (wantedNow.delete(requestId)) hurry.abort();
    const ticket = stopped ? null : await log.find(requestId);
    if (ticket === null) return;
    hurries.set(requestId, hurry);
    const isRetry = ticket.attempts > 0;
    async function steps(isWanted: (ticket: Ticket) => boolean): Promise<boolean> {
      const success = new AbortController();
      const run: TicketRun = {
        requestId,
        isRetry,
        hurried: hurry.signal,
        succeeded: success.signal,
        confirmClaim: () => claims.confirm(requestId),
      };
      const goesOn = await ticketRun.run(run, () => stepWhile(requestId, isWanted));
      success.abort();
      return goesOn;
    }
    try {
      const filed = await (isRetry ? retrying : filing).add(() => steps(isBeingFiled));
      if (filed) await steps(() => true);
      failures.forget(requestId);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error === interrupted || (stopped && error.isHeldBack)) return;
      if (error === claimedElsewhere) return lookAgain(requestId);
      await onFailure(requestId, error).catch((second) => onUnjudged(requestId, error, second));
    } finally {
      hurries.delete(requestId);
      claims.drop(requestId);
    }
  }

  /** Takes the steps that are wanted; false where nothing is left to do. */
  async function stepWhile(requestId: string, isWanted: (ticket: Ticket) => boolean): Promise<boolean> {
    let ticket = stopped ? null : await log.find(requestId);
    while (ticket !== null && !stopped) {
      if (nextStep(ticket) === null) return false;
      if (!isWanted(ticket)) return true;
      // Where several share the log, others may have outdated what is remembered of it.
      const taken = await claims.take(ticket, () => deps.instance.ownsLog || forget(requestId));
      if (taken === null) throw claimedElsewhere;
      await intake.untilQuiet();
      // It may have come further before it was taken.
      const step = nextStep(taken);
      ticket = step === null ? null : await step(taken);
    }
    return false;
  }

  /**
   * Comes back to a ticket that another instance has: whatever becomes of that one, it is not forgotten. What that one gave
   * back has its own time, or needs a person.
   */
  function lookAgain(requestId: string): void {
    queue.enqueueIn(requestId, claimMs, () => {
      log.find(requestId).then(
        (ticket) => {
          const isGivenUp = ticket !== null && ticket.claim === null && needsAttention(ticket);
          if (ticket !== null && !isGivenUp) schedule(ticket);
        },
        () => lookAgain(requestId),
      );
    });
  }

  async function onFailure(requestId: string, error: AppError): Promise<void> {
    const ticket = await log.find(requestId);
    // That a service is spared is no news each time.
    if (!error.isHeldBack || ticket?.error?.code !== error.code) deps.onError(error, requestId);
    if (ticket === null) return;
    const { reaction, attempts, delayMs, message, isExhausted } = failures.judge(ticket, error);
    const made = ticket.issueKey !== null;
    // Of a message that may be posted this error is the only sign, also after a restart.
    const isSign = ticket.step === 'created' && ticket.error?.code === 'unconfirmed' && reaction === 'retry';
    const saved = await claims.giveBack(requestId, {
      error: isSign ? ticket.error : { code: error.code, message },
      attempts,
      nextTryAt: reaction === 'retry' ? new Date(Date.now() + delayMs).toISOString() : null,
      ...(reaction === 'give_up' && !made ? { status: 'failed' as const } : {}),
    });
    deps.onChange(saved);
    if (reaction === 'retry') queue.enqueueIn(requestId, delayMs);
    const isNews = ticket.error === null || isExhausted || reactionTo(ticket.error.code) !== reaction;
    // A message that is late for a moment is not worth another message, nor is what comes after it.
    const concernsPerson = made ? reaction !== 'retry' && ticket.decision === null && ticket.step === 'created' : true;
    if (concernsPerson && isNews) {
      explanations.explain(saved, isExhausted ? new AppError(error.code, message) : error);
    }
  }

  /** Keeps a trace of a failure whose own handling failed, and tries again. `error` came first. */
  async function onUnjudged(requestId: string, error: AppError, thrown: unknown): Promise<void> {
    if (thrown === claimedElsewhere) return lookAgain(requestId);
    const { code, message } = toAppError(thrown);
    // Nothing can be stored: the queue comes back.
    if (code === 'storage_failed') throw thrown;
    const nextTryAt = new Date(Date.now() + unjudgedMs).toISOString();
    const trace = { error: { code: error.code, message: `${error.message} ${message}` } };
    const saved = await log.update(requestId, ({ status }) => (status === 'failed' ? trace : { ...trace, nextTryAt }));
    if (saved.status !== 'failed') queue.enqueueIn(requestId, unjudgedMs);
  }

  function schedule(ticket: Ticket): void {
    const { requestId } = ticket;
    const waitMs = ownWaitMs(ticket, failures.hasFailed(requestId));
    if (waitMs > 0) queue.enqueueIn(requestId, waitMs);
    else queue.enqueueGently(requestId);
  }

  return {
    queue,
    hurry: (requestId) => hurries.get(requestId)?.abort(),
    enqueueNow(requestId) {
      wantedNow.add(requestId);
      queue.enqueue(requestId);
    },
    intake,
    claims,
    deliveredAgain: (requestId) => void deliveredAgain.add(requestId),
    schedule,
    async stop() {
      stopped = true;
      stopping.abort(interrupted);
      await queue.stop();
      await explanations.settled();
    },
    isStopped: () => stopped,
  };
}
