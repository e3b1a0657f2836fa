import { reactionTo, toAppError } from '../../shared/errors.ts';
import type { IssueReference } from '../../shared/issue-key.ts';
import type { Label } from '../../shared/labels.ts';
import type { Decision, Ticket } from '../../shared/ticket.ts';
import { type DecisionReceipt, storeDecision, type TicketClick } from './clicks.ts';
import { type Corrections, createCorrections } from './corrections.ts';
import { allProjects, usualProject } from './destination.ts';
import { createFollowIssues, deletedWords, movedTo, withNote } from './follow-issues.ts';
import { createFormActions, type FormActions } from './form-actions.ts';
import { isUnread } from './is-unread.ts';
import { ackLostNote } from './late-note.ts';
import { createLearnCompleted } from './learn-completed.ts';
import { needsAttention } from './needs-attention.ts';
import type { FormTexts } from './ports/form-texts.ts';
import type { TicketReader } from './ports/ticket-reader.ts';
import type { NewRequest, Receipt, TicketStore } from './ports/ticket-store.ts';
import type { TicketUpkeep } from './ports/ticket-upkeep.ts';
import { createRemoteSync } from './remote-sync.ts';
import { answerStatus, type StatusAnswer } from './status-answers.ts';
import { createTicketRuns, type TicketRunDeps } from './ticket-runs.ts';
import { createWindowActions, type WindowActions } from './window-actions.ts';

export interface TicketServiceDeps extends TicketRunDeps {
  log: TicketStore &
    Pick<TicketUpkeep, 'undecided' | 'decidedSince' | 'importIssues'> &
    Pick<TicketReader, 'list'> &
    FormTexts;
  /** Asks services again that were spared. */
  retryNow(): void;
}

/** The use cases, as Slack and the window ask for them. */
export interface TicketService extends WindowActions, Corrections, FormActions {
  /**
   * Writes a request down; it is on disk when this resolves. Throws `storage_failed`, and `rate_limited` where the
   * person may file no more just now. One whose message could not be read before is tried again, unless it `isAgain` the
   * same delivery.
   */
  receive(request: NewRequest, isAgain?: boolean): Promise<Receipt>;
  /**
   * Takes a request as meant although the same words came moments ago, or the message has a ticket. `unread`: that
   * message, for where this desktop lacks the first request; null is given where it lacks both.
   */
  fileAnyway(
    firstRequestId: string,
    click: Pick<NewRequest, 'requestId' | 'responseUrl' | 'user' | 'userName'>,
    unread: NewRequest | null,
  ): Promise<Receipt | null>;
  /** Works on the request in the background, now or after a time, until it is done, waits or needs a person. */
  enqueue(requestId: string, afterMs?: number): void;
  /** Records a decision; the message and the issue follow in the background. Throws `storage_failed`. */
  decide(click: TicketClick, decision: Decision): Promise<DecisionReceipt>;
  /** Notes that Slack did not get the acknowledgement in time and shows an error; the ticket is to say otherwise. */
  ackLost(requestId: string): Promise<void>;
  /** Takes over what was decided and corrected on other desktops, of the tickets that wait or were decided just now. */
  mergeRemote(): Promise<void>;
  /** Answers `/ticket_status`; a type that a person changed in Jira counts as a correction. */
  statusOf(reference: IssueReference): Promise<StatusAnswer>;
  /** Key of the configured project. */
  projectKey(): Promise<string>;
  /**
   * Continues everything resumable, but for what another instance works on: after a start, and after the settings
   * changed. No ticket is tried before its own time (`ownWaitMs`), here or in `resumeWaiting`.
   */
  resume(): Promise<void>;
  /** Continues what waits for a service that is back; not what needs a person. */
  resumeWaiting(): Promise<void>;
  /** The machine may have slept: sees anew who has the tickets in hand before anything that must not be done twice. */
  wake(): void;
  /** Interrupts the work: takes no further step and resolves when the steps in hand have ended. */
  stop(): Promise<void>;
}

/**
 * Time within which the same words by the same person in the same channel are a slip of the finger, in milliseconds.
 */
const duplicateWithinMs = 10_000;

/** What a ticket asked for, to be asked for once more. */
function sameRequest(first: Ticket): NewRequest {
  const { requestId, team, user, userName, channel, channelName, door, sourceMessage, files } = first;
  const { text, markup, summary, wantedFields, responseUrl } = first;
  const from = { requestId, team, user, userName, channel, channelName, responseUrl, door, files };
  const words = { text, markup, summary, label: chosenLabel(first), wantedFields };
  // Its words may have been removed from the log since; the message may still have them.
  const isForgotten = sourceMessage !== null && text === '';
  return { ...from, ...words, sourceMessage: isForgotten ? { ...sourceMessage, url: null } : sourceMessage };
}

/** Fields of a ticket that is tried again from the beginning. */
const anew = { status: 'received', step: 'received', error: null, attempts: 0, nextTryAt: null } as const;

/** A ticket whose message could not be read is of whoever asks for it once more: they are there to be answered. */
function triedAgain({ user, userName, responseUrl }: NewRequest) {
  return (fresh: Ticket) =>
    isUnread(fresh) && fresh.status === 'failed' ? { ...anew, user, userName, responseUrl } : null;
}

/** A request that brings the words of a message gives them to the ticket that has still to read them, or may not. */
function wordsFrom({ sourceMessage, text, markup, summary, files, user, userName, responseUrl }: NewRequest) {
  return (fresh: Ticket) => {
    if (sourceMessage === null || text === '' || fresh.text !== '' || !isUnread(fresh)) return null;
    const words = { text, markup, summary, files, sourceMessage: { ...sourceMessage, url: null } };
    if (fresh.status === 'failed') return { ...anew, ...words, user, userName, responseUrl };
    return { ...words, responseUrl: user === fresh.user ? responseUrl : fresh.responseUrl };
  };
}

/** The label that who asked chose, where they did. */
function chosenLabel({ classification }: Ticket): Label | null {
  return classification?.source === 'person' ? classification.label : null;
}

export function createTicketService(deps: TicketServiceDeps): TicketService {
  const { log, tracker, rules, onChange, onError } = deps;
  const { queue, hurry, enqueueNow, intake, claims, deliveredAgain, schedule, stop, isStopped } =
    createTicketRuns(deps);
  const { takeTypeFromJira, ...corrections } = createCorrections({ ...deps, enqueue: queue.enqueue });
  const { follow } = createFollowIssues(deps);
  const mergeMarks = createRemoteSync({ ...deps, follow, schedule, isStopped });
  const learnCompleted = createLearnCompleted(deps);
  const intakeRules = () => ({ mostPerMinute: rules().people.ticketsPerMinute });

  function noted(receipt: Receipt): Receipt {
    if (receipt.outcome === 'new') onChange(receipt.ticket);
    return receipt;
  }

  /** Whether an issue that is known here is deleted; what cannot be told is not said. */
  const isGone = (key: string) =>
    tracker()
      .isGone(key)
      .catch(() => false);

  async function decide(click: TicketClick, decision: Decision): Promise<DecisionReceipt> {
    const receipt = await storeDecision(log, click, decision);
    if (receipt.accepted) onChange(receipt.ticket);
    return receipt;
  }

  return {
    async receive(request, isAgain = false) {
      intake.arrived();
      const receipt = noted(await claims.receive(request, { duplicateWithinMs, ...intakeRules() }));
      const { outcome, ticket } = receipt;
      if (outcome === 'new' && isAgain) deliveredAgain(ticket.requestId);
      if (outcome === 'new' || isAgain || !isUnread(ticket)) return receipt;
      const change = outcome === 'known' ? triedAgain(request) : wordsFrom(request);
      if (change(ticket) === null) return receipt;
      const { requestId } = ticket;
      let isChanged = false;
      const changed = await log.update(requestId, (fresh) => {
        const changes = change(fresh);
        isChanged = changes !== null;
        return changes;
      });
      if (!isChanged) return receipt;
      onChange(changed);
      // Whoever delivered a known one has it worked on.
      if (outcome === 'duplicate') queue.enqueue(requestId);
      return { outcome, ticket: changed };
    },

    async fileAnyway(firstRequestId, click, unread) {
      const first = await log.find(firstRequestId);
      const asked = first === null ? unread : sameRequest(first);
      if (asked === null) return null;
      return noted(await claims.receive({ ...asked, ...click }, { ...intakeRules(), mayRepeatMessage: true }));
    },

    enqueue(requestId, afterMs = 0) {
      if (afterMs > 0) queue.enqueueIn(requestId, afterMs);
      else queue.enqueue(requestId);
    },

    decide,
    ...corrections,
    ...createWindowActions({ ...deps, queue, hurry, enqueueNow, decide }),
    ...createFormActions(deps),

    async ackLost(requestId) {
      await log.update(requestId, ({ issueKey }) => (issueKey === null ? { note: ackLostNote } : null));
    },

    async mergeRemote() {
      await mergeMarks();
      await learnCompleted();
    },

    async statusOf(reference) {
      const answer = await answerStatus(reference, {
        tracker: tracker(),
        projects: allProjects(rules()),
        moreProjects: () => rules().people.statusProjects,
      });
      const known = reference.key === null ? null : await log.findByKey(reference.key);
      const courtesy = (work: Promise<unknown>) =>
        work.catch((thrown) => onError(toAppError(thrown), known?.requestId ?? ''));
      if (answer.outcome !== 'shown') {
        const isAbsent = answer.outcome === 'not_found' || answer.outcome === 'not_shown';
        if (!isAbsent || known === null || !(await isGone(answer.key))) return answer;
        await courtesy(follow(known, (fresh) => withNote(fresh, deletedWords(answer.key))));
        return { outcome: 'deleted', key: answer.key };
      }
      const { issue } = answer;
      // Another site may have had an issue of this key.
      if (known !== null && (known.issueId === null || known.issueId === issue.id)) {
        await courtesy(follow(known, (fresh) => movedTo(fresh, issue)));
      }
      await takeTypeFromJira(issue).catch((thrown) => onError(toAppError(thrown), issue.key));
      return answer;
    },

    projectKey: () => tracker().projectKey(usualProject(rules())),

    async resume() {
      for (const ticket of await log.resumable()) schedule(ticket);
    },

    async resumeWaiting() {
      for (const ticket of await log.resumable()) {
        const isParked = ticket.error !== null && reactionTo(ticket.error.code) === 'park';
        if (isParked || !needsAttention(ticket)) schedule(ticket);
      }
    },

    wake: claims.doubt,

    stop,
  };
}
