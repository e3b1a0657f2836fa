import { bulkhead } from 'cockatiel';
import { AppError, type ErrorCode, reactionTo, toAppError } from '../../shared/errors.ts';
import type { IssueReference } from '../../shared/issue-key.ts';
import type { Label } from '../../shared/labels.ts';
import type { Correction, Decision, Ticket } from '../../shared/ticket.ts';
import { claimedElsewhere, createClaims } from './claims.ts';
import { type DecisionReceipt, storeClick, storeDecision, type TicketClick } from './clicks.ts';
import { createIntakeGate } from './intake-gate.ts';
import { ackLostNote } from './late-note.ts';
import { isLost, labelOfType, learntFrom, storedCorrection } from './learnt.ts';
import { needsAttention } from './needs-attention.ts';
import { unknownSource } from './ports/classifier.ts';
import type { IssueView } from './ports/issue-tracker.ts';
import type { Instance, NewRequest, Receipt, TicketStore } from './ports/ticket-store.ts';
import type { TicketUpkeep } from './ports/ticket-upkeep.ts';
import { ownWaitMs } from './retry-delay.ts';
import { claimMs } from './rules/claim.ts';
import { answerStatus, type StatusAnswer } from './status-answers.ts';
import type { TicketStepDeps } from './step-context.ts';
import { createTicketQueue } from './ticket-queue.ts';
import { type TicketRun, ticketRun } from './ticket-run.ts';
import { createTicketSteps } from './ticket-steps.ts';
import { createWindowActions, type WindowActions } from './window-actions.ts';

export interface TicketServiceDeps extends TicketStepDeps {
  log: TicketStore & Pick<TicketUpkeep, 'undecided' | 'importIssues'>;
  /** Who works on the tickets here. */
  instance: Instance;
  /** Asks services again that were spared. */
  hurry(): void;
}

/** The use cases, as Slack and the window ask for them. */
export interface TicketService extends WindowActions {
  /**
   * Writes a request down; it is on disk when this resolves. Throws `storage_failed`, and `rate_limited` where the person
   * may file no more just now.
   */
  receive(request: NewRequest): Promise<Receipt>;
  /** Takes a request as meant although the same words came moments ago; null where this desktop lacks them. */
  fileAnyway(firstRequestId: string, request: Pick<NewRequest, 'requestId' | 'responseUrl'>): Promise<Receipt | null>;
  /** Works on the request in the background until it is done, waits for a time or needs a person. */
  enqueue(requestId: string): void;
  /** Records a decision; the message and the issue follow in the background. Throws `storage_failed`. */
  decide(click: TicketClick, decision: Decision): Promise<DecisionReceipt>;
  /** Slack did not get the acknowledgement in time and shows an error; the ticket is to say otherwise. */
  ackLost(requestId: string): Promise<void>;
  /** Takes over what was decided and corrected on other desktops, of the tickets that wait or were decided just now. */
  learnMarks(): Promise<void>;
  /** A person says that the label is another one: Jira, the message and the classifier follow. */
  relabel(requestId: string, word: { label: Label; by: string | null; via: Correction['via'] }): Promise<Ticket>;
  /** The same by a click on the message, also of a ticket that this desktop never handled. */
  relabelByClick(click: TicketClick, word: { label: Label; by: string }): Promise<Ticket>;
  /** What `/ticket_status` answers; a type that a person changed in Jira counts as a correction. */
  statusOf(reference: IssueReference): Promise<StatusAnswer>;
  /** Key of the configured project. */
  projectKey(): Promise<string>;
  /**
   * Continues everything unfinished, but for what another instance works on: after a start, and after the settings
   * changed. No ticket is tried before its own time (`ownWaitMs`), here or in `resumeWaiting`.
   */
  resume(): Promise<void>;
  /** Continues what waits for a service that is back; not what needs a person. */
  resumeWaiting(): Promise<void>;
  /** Parks the tickets: takes no further step and resolves when the steps in hand have ended. */
  stop(): Promise<void>;
}

/** The same words by the same person in the same channel within this time are a slip of the finger. */
const duplicateWithinMs = 10_000;

/** Classified and filed at once; a model answers one at a time anyway. */
const filedAtOnce = 4;
/** Those that failed before have a lane of their own, so that the others need not wait behind them. */
const retriedAtOnce = 4;
const isBeingFiled = ({ issueKey }: Ticket) => issueKey === null;

/**
 * After so many tries that failed in a row a ticket needs a person. The service is not to blame then: while it answers
 * nobody, it is spared, and nothing is tried.
 */
const mostTries: Partial<Record<ErrorCode, number>> = { unavailable: 10, unconfirmed: 10 };
/** Fewer where something on the way answers in the service's place: it says the same again. */
const mostRefusals = 4;
/** Its first retry comes as late as the usual fourth one. */
const refusalRound = 3;
/** What could not be judged is tried again after so long, in milliseconds. */
const unjudgedMs = 5 * 60_000;

/** Two desktops that decide at once may each have read before the other wrote: both look again for this long. */
const rereadForMs = 3 * 60_000;
const mostUndecided = 200;

/** Whoever resumes tickets next finds it. */
function ignoreUntilAsked(): void {}

/** Thrown to end a run without a result. */
const parked = new AppError('unavailable', 'The program is stopping.');

export function createTicketService(deps: TicketServiceDeps): TicketService {
  const { log, instance, tracker, messenger, rules } = deps;
  const stopping = new AbortController();
  const claims = createClaims(log, instance);
  const { nextStep } = createTicketSteps(
    { ...deps, classifier: { classify } },
    { update: claims.update, signal: stopping.signal, explain },
  );
  const filing = bulkhead(filedAtOnce, Number.POSITIVE_INFINITY);
  const retrying = bulkhead(retriedAtOnce, Number.POSITIVE_INFINITY);
  /** How often something else than the service has refused a ticket, by request id. */
  const refusals = new Map<string, number>();
  /** When a ticket failed last, on performance.now()'s clock; of those that were asked for, not held back. */
  const failedAt = new Map<string, number>();
  const queue = createTicketQueue({
    advance,
    retryDelayMs: deps.retryDelayMs,
    onError: deps.onError,
    goOn(requestId) {
      void log.find(requestId).then((ticket) => ticket && goOn(ticket), ignoreUntilAsked);
    },
  });
  const intake = createIntakeGate();
  /** Id of the last ticket whose marks were read; null: the next one is the first. */
  let lastRead: number | null = null;
  /** Decisions that Jira got once more: neither an account that may not write there nor whoever writes over them is fought. */
  const restored = new Set<string>();
  /** On their way to Slack. */
  const explanations = new Set<Promise<void>>();
  let stopped = false;

  /** What a classifier says while the program stops it is no answer: the next run asks again. */
  async function classify(text: string) {
    const classification = await deps.classifier.classify(text);
    if (stopped) throw parked;
    return classification;
  }

  /** A few tickets at a time are classified and filed, oldest first; each then waits for its channel by itself. */
  async function advance(requestId: string): Promise<void> {
    const ticket = stopped ? null : await log.find(requestId);
    if (ticket === null) return;
    const isRetry = ticket.attempts > 0;
    async function steps(isWanted: (ticket: Ticket) => boolean): Promise<boolean> {
      const success = new AbortController();
      const run: TicketRun = {
        requestId,
        isRetry,
        succeeded: success.signal,
        confirmClaim: () => claims.confirm(requestId),
      };
      const goesOn = await ticketRun.run(run, () => stepWhile(requestId, isWanted));
      success.abort();
      return goesOn;
    }
    try {
      const filed = await (isRetry ? retrying : filing).execute(() => steps(isBeingFiled));
      if (filed) await steps(() => true);
      refusals.delete(requestId);
      failedAt.delete(requestId);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error === parked || (stopped && error.isHeldBack)) return;
      if (error === claimedElsewhere) return lookAgain(requestId);
      await onFailure(requestId, error).catch((second) => onUnjudged(requestId, error, second));
    } finally {
      claims.drop(requestId);
    }
  }

  /** Another instance has the ticket; whatever becomes of that one, the ticket is not forgotten. */
  function lookAgain(requestId: string): void {
    queue.enqueueIn(requestId, claimMs);
  }

  /** False where nothing is left to do. */
  async function stepWhile(requestId: string, isWanted: (ticket: Ticket) => boolean): Promise<boolean> {
    let ticket = stopped ? null : await log.find(requestId);
    while (ticket !== null && !stopped) {
      const step = nextStep(ticket);
      if (step === null) return false;
      if (!isWanted(ticket)) return true;
      if (!(await claims.take(ticket))) throw claimedElsewhere;
      await intake.pass();
      ticket = await step(ticket);
    }
    return false;
  }

  /** Failures in a row, this one included; `over`: why there were enough, else null. */
  function count(ticket: Ticket, error: AppError): { attempts: number; over: string | null } {
    const { requestId, issueKey, step } = ticket;
    // A create counts where it was sent, and a look is no try.
    const isNoTry = error.isHeldBack || (step === 'creating' && error.code === 'unconfirmed');
    if (isNoTry || (mostTries[error.code] === undefined && error.code !== 'bad_response')) {
      return { attempts: ticket.attempts, over: null };
    }
    // Where nobody at all was answered since it failed last, it is not about this ticket.
    const answeredAt = error.othersAnsweredAt ?? performance.now();
    if (answeredAt <= (failedAt.get(requestId) ?? 0)) return { attempts: ticket.attempts, over: null };
    const attempts = ticket.attempts + 1;
    if (error.code !== 'bad_response') {
      return { attempts, over: attempts < (mostTries[error.code] ?? 0) ? null : triedWords(attempts) };
    }
    const refused = (refusals.get(requestId) ?? 0) + 1;
    refusals.set(requestId, refused);
    if (refused < mostRefusals) return { attempts, over: null };
    // What tells of a decision or a type has none of the ticket's words in it.
    const hasWords = issueKey === null || step === 'created';
    return { attempts, over: hasWords ? `${triedWords(refused)} ${firewallWords}` : triedWords(refused) };
  }

  function delayAfter(error: AppError, attempts: number): number {
    const isRefused = error.code === 'bad_response';
    const ownMs = deps.retryDelayMs(Math.max(0, attempts - 1) + (isRefused ? refusalRound : 0));
    // As the other side asks, to the second; for longer where that does not help.
    return error.retryAfterMs === undefined
      ? ownMs
      : Math.max(error.retryAfterMs, Math.min(ownMs, Math.max(1, attempts) * 1_000));
  }

  async function onFailure(requestId: string, error: AppError): Promise<void> {
    const ticket = await log.find(requestId);
    // That a service is spared is no news each time.
    if (!error.isHeldBack || ticket?.error?.code !== error.code) deps.onError(error, requestId);
    if (ticket === null) return;
    const { attempts, over } = count(ticket, error);
    if (error.isHeldBack) failedAt.delete(requestId);
    else failedAt.set(requestId, performance.now());
    const reaction = over === null ? reactionTo(error.code) : 'give_up';
    const delayMs = delayAfter(error, attempts);
    const made = ticket.issueKey !== null;
    const message = over === null ? error.message : `${error.message} ${over}`;
    // Of a message that may be posted this error is the only sign, also after a restart.
    const isSign = ticket.step === 'created' && ticket.error?.code === 'unconfirmed' && reaction === 'retry';
    const saved = await claims.update(requestId, {
      claim: null,
      error: isSign ? ticket.error : { code: error.code, message },
      attempts,
      nextTryAt: reaction === 'retry' ? new Date(Date.now() + delayMs).toISOString() : null,
      ...(reaction === 'give_up' && !made ? { status: 'failed' as const } : {}),
    });
    if (over !== null) refusals.delete(requestId);
    deps.onChange(saved);
    if (reaction === 'retry') queue.enqueueIn(requestId, delayMs);
    const isNews = ticket.error === null || over !== null || reactionTo(ticket.error.code) !== reaction;
    // A message that is late for a moment is not worth another message, nor is what comes after it.
    const concernsPerson = made ? reaction !== 'retry' && ticket.decision === null && ticket.step === 'created' : true;
    if (concernsPerson && isNews) explain(saved, over === null ? error : new AppError(error.code, message));
  }

  /** The failure's own handling failed: the ticket keeps a trace of it and is tried again. `error` came first. */
  async function onUnjudged(requestId: string, error: AppError, thrown: unknown): Promise<void> {
    const { code, message } = toAppError(thrown);
    if (thrown === claimedElsewhere) return lookAgain(requestId);
    // Nothing can be stored: the queue comes back.
    if (code === 'storage_failed') throw thrown;
    const nextTryAt = new Date(Date.now() + unjudgedMs).toISOString();
    const trace = { error: { code: error.code, message: `${error.message} ${message}` } };
    const saved = await log.update(requestId, ({ status }) => (status === 'failed' ? trace : { ...trace, nextTryAt }));
    if (saved.status !== 'failed') queue.enqueueIn(requestId, unjudgedMs);
  }

  /** Not a part of the run: what has stopped can be tried again or discarded while Slack is slow to be told. */
  function explain(ticket: Ticket, error: AppError): void {
    const explained = messenger()
      .explain(ticket, error, stopping.signal)
      .catch((thrown) => {
        if (thrown !== parked) deps.onError(toAppError(thrown), ticket.requestId);
      })
      .finally(() => explanations.delete(explained));
    explanations.add(explained);
  }

  /** Now, or when its own time has come. */
  function goOn(ticket: Ticket): void {
    const { requestId } = ticket;
    const waitMs = ownWaitMs(ticket, failedAt.has(requestId));
    if (waitMs > 0) queue.enqueueIn(requestId, waitMs);
    else queue.enqueueGently(requestId);
  }

  const intakeRules = () => ({ mostPerMinute: rules().ticketsPerMinute, claimedBy: instance });

  function noted(receipt: Receipt): Receipt {
    if (receipt.outcome === 'new') deps.onChange(receipt.ticket);
    return receipt;
  }

  async function relabel(
    requestId: string,
    { label, by, via }: { label: Label; by: string | null; via: Correction['via'] },
  ): Promise<Ticket> {
    const ticket = await log.find(requestId);
    if (ticket === null) throw new AppError('not_found', 'The log has no such ticket any more.');
    const { classification } = ticket;
    if (classification === null && ticket.origin === 'desk') {
      throw new AppError('invalid_input', 'This ticket is not classified yet. Look again in a moment.');
    }
    if (classification?.label === label && !ticket.isUnsure) return ticket;
    // In Jira it is so already where it comes from there.
    const isTold = via === 'jira' || classification?.label === label;
    const from = ticket.correction === null ? (classification?.label ?? null) : ticket.correction.from;
    const corrected = await log.update(requestId, {
      classification: { ...(classification ?? unknownSource), label },
      isUnsure: false,
      correction: { from, by, at: new Date().toISOString(), via, isTold },
    });
    deps.onChange(corrected);
    queue.enqueue(requestId);
    return corrected;
  }

  async function takeTypeFromJira({ key, issueType }: IssueView): Promise<void> {
    const ticket = await log.findByKey(key);
    if (ticket === null || ticket.issueType === null || ticket.issueType === issueType) return;
    // Not while this desktop itself has a word on the type that Jira does not have yet.
    if (ticket.correction?.isTold === false) return;
    const label = labelOfType(issueType, ticket.classification?.label ?? null, rules().labelToIssueType);
    await log.update(ticket.requestId, { issueType });
    if (label !== null) await relabel(ticket.requestId, { label, by: null, via: 'jira' });
  }

  /** What this desktop knows goes back onto the issue, once; the row and the message say it already. */
  async function restore(ticket: Ticket): Promise<void> {
    const { requestId, issueKey, decision } = ticket;
    if (issueKey === null || decision === null || restored.has(requestId)) return;
    restored.add(requestId);
    await tracker()
      .recordDecision(issueKey, { ...decision, requestId, correction: storedCorrection(ticket) })
      .catch((thrown) => deps.onError(toAppError(thrown), requestId));
  }

  async function decide(click: TicketClick, decision: Decision): Promise<DecisionReceipt> {
    const receipt = await storeDecision(log, click, decision);
    if (receipt.accepted) deps.onChange(receipt.ticket);
    return receipt;
  }

  return {
    async receive(request) {
      intake.arrived();
      return noted(await log.receive(request, { duplicateWithinMs, ...intakeRules() }));
    },

    async fileAnyway(firstRequestId, { requestId, responseUrl }) {
      const first = await log.find(firstRequestId);
      if (first === null) return null;
      const { team, user, userName, channel, channelName, text, summary } = first;
      const request = { requestId, team, user, userName, channel, channelName, text, summary, responseUrl };
      return noted(await log.receive(request, intakeRules()));
    },

    enqueue: queue.enqueue,

    decide,
    ...createWindowActions({ ...deps, queue, decide }),

    async ackLost(requestId) {
      const ticket = await log.find(requestId);
      if (ticket?.issueKey === null) await log.update(requestId, { note: ackLostNote });
    },

    relabel,

    async relabelByClick(click, { label, by }) {
      await storeClick(log, click);
      return relabel(click.requestId, { label, by, via: 'slack' });
    },

    async learnMarks() {
      const decidedAfter = new Date(Date.now() - rereadForMs).toISOString();
      // A page a time, so that all of them have their turn however many wait.
      const tickets = await log.undecided({ decidedAfter, after: lastRead, limit: mostUndecided });
      lastRead = tickets.length < mostUndecided ? null : (tickets.at(-1)?.id ?? null);
      const asked = tickets.flatMap(({ requestId, issueKey: key }) => (key === null ? [] : { requestId, key }));
      if (asked.length === 0) return;
      const marks = await tracker().readMarks(asked);
      for (const { requestId } of tickets) {
        const stored = marks.get(requestId);
        if (stored === undefined || stopped) continue;
        let isNews = false;
        const ticket = await log.update(requestId, (fresh) => {
          const change = learntFrom(fresh, stored);
          isNews = change !== null;
          return change;
        });
        if (isNews) {
          deps.onChange(ticket);
          goOn(ticket);
        } else if (isLost(ticket, stored)) await restore(ticket);
      }
    },

    async statusOf(reference) {
      const answer = await answerStatus(reference, {
        tracker: tracker(),
        moreProjects: () => rules().statusProjects,
      });
      if (answer.outcome !== 'shown') return answer;
      const { issue } = answer;
      await takeTypeFromJira(issue).catch((thrown) => deps.onError(toAppError(thrown), issue.key));
      return answer;
    },

    projectKey: () => tracker().projectKey(),

    async resume() {
      for (const ticket of await log.resumable()) goOn(ticket);
    },

    async resumeWaiting() {
      for (const ticket of await log.resumable()) {
        const isParked = ticket.error !== null && reactionTo(ticket.error.code) === 'park';
        if (isParked || !needsAttention(ticket)) goOn(ticket);
      }
    },

    async stop() {
      stopped = true;
      stopping.abort(parked);
      await queue.stop();
      await Promise.all(explanations);
    },
  };
}

function triedWords(times: number): string {
  return `This was tried ${times} times in a row, while other requests got through.`;
}

const firewallWords =
  'So it is about this ticket: something on the way, such as a web firewall, may object to its words. ' +
  'Try it again with other words, or ask who runs that.';
