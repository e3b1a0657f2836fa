import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Decision, Ticket } from '../../shared/ticket.ts';
import { createIntakeGate } from './intake-gate.ts';
import type { DecisionReceipt, IssueView, NewRequest, Receipt, TicketClick } from './ports.ts';
import { pauseMs } from './retry-delay.ts';
import { createTicketQueue } from './ticket-queue.ts';
import { createTicketSteps, type TicketStepDeps } from './ticket-steps.ts';
import { createWindowActions, type WindowActions } from './window-actions.ts';

export interface TicketServiceDeps extends TicketStepDeps {
  /** Wait before the next try of a step that failed `attempt` times before, in milliseconds. */
  retryDelayMs(attempt: number): number;
}

/** The use cases, as Slack and the window ask for them. */
export interface TicketService extends WindowActions {
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

/** Thrown to end a run without a result. */
const parked = new AppError('unavailable', 'The program is stopping.');

export function createTicketService(deps: TicketServiceDeps): TicketService {
  const { log, tracker, messenger } = deps;
  const { nextStep } = createTicketSteps({ ...deps, classifier: { classify } });
  const queue = createTicketQueue({ advance, retryDelayMs: deps.retryDelayMs, onError: deps.onError });
  const intake = createIntakeGate();
  /** On their way to Slack. */
  const explanations = new Set<Promise<void>>();
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
    if (reaction === 'retry') queue.enqueueIn(requestId, delayMs);
    const isNews = ticket.error === null || reactionTo(ticket.error.code) !== reaction;
    // A message that is late for a moment is not worth another message.
    const concernsPerson = made ? reaction !== 'retry' && ticket.decision === null : true;
    if (concernsPerson && isNews) explain(saved, error);
  }

  /** Not a part of the run: what has stopped can be tried again or discarded while Slack is slow to be told. */
  function explain(ticket: Ticket, error: AppError): void {
    const explained = messenger
      .explain(ticket, error)
      .catch((thrown) => deps.onError(toAppError(thrown), ticket.requestId))
      .finally(() => explanations.delete(explained));
    explanations.add(explained);
  }

  function noted(receipt: Receipt): Receipt {
    if (receipt.outcome === 'new') deps.onChange(receipt.ticket);
    return receipt;
  }

  async function decide(click: TicketClick, decision: Decision): Promise<DecisionReceipt> {
    const receipt = await log.decide(click, decision);
    if (receipt.accepted) deps.onChange(receipt.ticket);
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

    enqueue: queue.enqueue,

    decide,
    ...createWindowActions({ ...deps, queue, decide }),

    issueStatus: (issueKey) => tracker.getIssue(issueKey),

    projectKey: () => tracker.projectKey(),

    async resume() {
      for (const ticket of await log.unfinished()) {
        // A pause that the other side asked for outlives a restart.
        const waitMs = pauseMs(ticket);
        if (waitMs > 0) queue.enqueueIn(ticket.requestId, waitMs);
        else queue.enqueue(ticket.requestId);
      }
    },

    async stop() {
      stopped = true;
      await queue.stop();
      await Promise.all(explanations);
    },
  };
}
