import PQueue from 'p-queue';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Decision } from '../../shared/ticket.ts';
import { createIntakeGate } from './intake-gate.ts';
import type { DecisionReceipt, IssueView, NewRequest, Receipt, TicketClick } from './ports.ts';
import { createTicketSteps, type TicketStepDeps } from './ticket-steps.ts';

export interface TicketServiceDeps extends TicketStepDeps {
  /** Wait before the next try of a step that failed `attempt` times before, in milliseconds. */
  retryDelayMs(attempt: number): number;
}

/** The use cases, as Slack and the window ask for them. */
export interface TicketService {
  /** Writes a request down; it is on disk when this resolves. Throws `storage_failed`. */
  receive(request: NewRequest): Promise<Receipt>;
  /** Takes a request as meant although the same words came moments ago; null where this desktop lacks them. */
  fileAnyway(firstRequestId: string, request: Pick<NewRequest, 'requestId' | 'responseUrl'>): Promise<Receipt | null>;
  /** Works on the request in the background until it is done, waits for a time or needs a person. */
  enqueue(requestId: string): void;
  /** Records a decision; the message and the issue follow in the background. Throws `storage_failed`. */
  decide(click: TicketClick, decision: Decision): Promise<DecisionReceipt>;
  issueStatus(issueKey: string): Promise<IssueView>;
  /** Key of the configured project. */
  projectKey(): Promise<string>;
  /** Continues everything unfinished: after a start, and after the settings changed. */
  resume(): Promise<void>;
  /** Parks the tickets: takes no further step and resolves when the steps in hand have ended. */
  stop(): Promise<void>;
}

/** The same words by the same person in the same channel within this time are a slip of the finger. */
const twinWithinMs = 10_000;
/** Steps of different tickets that run at once; a model answers one at a time anyway. */
const concurrency = 4;

/** Thrown to end a run without a result. */
const parked = new AppError('unavailable', 'The program is stopping.');

export function createTicketService(deps: TicketServiceDeps): TicketService {
  const { log, tracker, messenger } = deps;
  const { nextStep } = createTicketSteps({ ...deps, classifier: { classify } });
  const queue = new PQueue({ concurrency });
  const intake = createIntakeGate();
  const running = new Set<string>();
  /** Asked for while running: what changed may have come too late for the run. */
  const again = new Set<string>();
  /** Runs in a row that the log itself made fail. */
  const failedRuns = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  let stopped = false;

  /** What a classifier says while the program stops it is no answer: the next run asks again. */
  async function classify(text: string) {
    const classification = await deps.classifier.classify(text);
    if (stopped) throw parked;
    return classification;
  }

  async function advance(requestId: string): Promise<void> {
    let ticket = await log.find(requestId);
    while (ticket !== null && !stopped) {
      const step = nextStep(ticket);
      if (step === null) return;
      await intake.pass();
      try {
        ticket = await step(ticket);
      } catch (thrown) {
        return thrown === parked ? undefined : onFailure(requestId, toAppError(thrown));
      }
    }
  }

  async function onFailure(requestId: string, error: AppError): Promise<void> {
    deps.onError(error, requestId);
    const ticket = await log.find(requestId);
    if (ticket === null) return;
    const reaction = reactionTo(error.code);
    const delayMs = Math.max(error.retryAfterMs ?? 0, deps.retryDelayMs(ticket.attempts));
    const made = ticket.issueKey !== null;
    const saved = await log.update(requestId, {
      error: { code: error.code, message: error.message },
      attempts: ticket.attempts + 1,
      nextTryAt: reaction === 'retry' ? new Date(Date.now() + delayMs).toISOString() : null,
      ...(reaction === 'give_up' && !made ? { status: 'failed' as const } : {}),
    });
    deps.onChange(saved);
    if (reaction === 'retry') enqueueIn(requestId, delayMs);
    const isNews = ticket.error === null || reactionTo(ticket.error.code) !== reaction;
    // A message that is late for a moment is not worth another message.
    const concernsPerson = made ? reaction !== 'retry' && ticket.decision === null : true;
    if (concernsPerson && isNews)
      await messenger.explain(saved, error).catch((thrown) => deps.onError(toAppError(thrown), requestId));
  }

  function enqueueIn(requestId: string, delayMs: number): void {
    clearTimeout(timers.get(requestId));
    if (!stopped)
      timers.set(
        requestId,
        setTimeout(() => enqueue(requestId), delayMs),
      );
  }

  function enqueue(requestId: string): void {
    clearTimeout(timers.get(requestId));
    timers.delete(requestId);
    if (stopped) return;
    if (running.has(requestId)) {
      again.add(requestId);
      return;
    }
    running.add(requestId);
    void queue
      .add(() => advance(requestId))
      .then(() => failedRuns.delete(requestId))
      .catch((thrown) => {
        deps.onError(toAppError(thrown), requestId);
        // The log itself failed: nothing could be stored, so only the clock can bring the ticket back.
        const failures = failedRuns.get(requestId) ?? 0;
        failedRuns.set(requestId, failures + 1);
        enqueueIn(requestId, deps.retryDelayMs(failures));
      })
      .finally(() => {
        running.delete(requestId);
        if (again.delete(requestId)) enqueue(requestId);
      });
  }

  function noted(receipt: Receipt): Receipt {
    if (receipt.outcome === 'new') deps.onChange(receipt.ticket);
    return receipt;
  }

  return {
    async receive(request) {
      intake.arrived();
      return noted(await log.receive(request, twinWithinMs));
    },

    async fileAnyway(firstRequestId, { requestId, responseUrl }) {
      const first = await log.find(firstRequestId);
      if (first === null) return null;
      const { team, user, userName, channel, channelName, text, summary } = first;
      const request = { requestId, team, user, userName, channel, channelName, text, summary, responseUrl };
      return noted(await log.receive(request, 0));
    },

    enqueue,

    async decide(click, decision) {
      const receipt = await log.decide(click, decision);
      if (receipt.accepted) deps.onChange(receipt.ticket);
      return receipt;
    },

    issueStatus: (issueKey) => tracker.getIssue(issueKey),

    projectKey: () => tracker.projectKey(),

    async resume() {
      for (const { requestId, error, nextTryAt } of await log.unfinished()) {
        // A pause that the other side asked for outlives a restart.
        const pauseMs = error?.code === 'rate_limited' && nextTryAt !== null ? Date.parse(nextTryAt) - Date.now() : 0;
        if (pauseMs > 0) enqueueIn(requestId, pauseMs);
        else enqueue(requestId);
      }
    },

    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      queue.clear();
      await queue.onIdle();
    },
  };
}
