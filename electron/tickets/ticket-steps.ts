import { type AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Announcement, Ticket } from '../../shared/ticket.ts';
import type { Classifier, CreatedIssue, IssueTracker, Messenger, TicketChange, TicketLog } from './ports.ts';

export interface TicketStepDeps {
  log: TicketLog;
  classifier: Classifier;
  tracker: IssueTracker;
  messenger: Messenger;
  /** Called after every change of a ticket. */
  onChange(ticket: Ticket): void;
  /** Failures, with ids and codes only: never a ticket's text. */
  onError(error: AppError, requestId: string): void;
}

/** Does one thing, stores the result, and gives the ticket as it is then. Throws AppError. */
export type TicketStep = (ticket: Ticket) => Promise<Ticket>;

/** received -> classified -> creating -> created -> announced -> done, each stored before the next begins. */
export function createTicketSteps({ log, classifier, tracker, messenger, onChange, onError }: TicketStepDeps): {
  /** The next step of this ticket, or null where it is done, failed or waits for a person. */
  nextStep(ticket: Ticket): TicketStep | null;
} {
  /** Stored as created by this process and not yet tried to be announced: their messages cannot be there. */
  const neverAnnounced = new Set<string>();

  async function save(ticket: Ticket, change: TicketChange): Promise<Ticket> {
    const saved = await log.update(ticket.requestId, { error: null, attempts: 0, nextTryAt: null, ...change });
    onChange(saved);
    return saved;
  }

  async function classify(ticket: Ticket): Promise<Ticket> {
    return save(ticket, { classification: await classifier.classify(ticket.text), step: 'classified' });
  }

  async function create(ticket: Ticket): Promise<Ticket> {
    const { classification } = ticket;
    if (classification === null) return save(ticket, { step: 'received' });
    // Stored before Jira is asked: after a crash here the issue is looked for, not created again.
    // The failures so far stay on the ticket: only an answer ends them.
    onChange(await log.update(ticket.requestId, { step: 'creating' }));
    const issue = await tracker
      .createIssue({
        requestId: ticket.requestId,
        summary: ticket.summary,
        text: ticket.text,
        requester: { id: ticket.user, name: ticket.userName },
        channel: { id: ticket.channel, name: ticket.channelName },
        classification,
        receivedAt: ticket.createdAt,
      })
      .catch(async (thrown) => {
        const error = toAppError(thrown);
        // Whatever is not `unconfirmed` certainly made no issue, so the next try may create again.
        if (error.code !== 'unconfirmed') await log.update(ticket.requestId, { step: 'classified' });
        throw error;
      });
    return saveIssue(ticket, issue);
  }

  async function saveIssue(ticket: Ticket, issue: CreatedIssue): Promise<Ticket> {
    neverAnnounced.add(ticket.requestId);
    const { id, key, url, issueType, note } = issue;
    const change = { issueId: id, issueKey: key, issueUrl: url, issueType, note } as const;
    return save(ticket, { ...change, status: 'created', step: 'created' });
  }

  /** The outcome of an earlier create is unknown: look before creating again. */
  async function lookFor(ticket: Ticket): Promise<Ticket> {
    const found = await tracker.findCreated({ requestId: ticket.requestId, receivedAt: ticket.createdAt });
    return found === null ? create(ticket) : saveIssue(ticket, found);
  }

  async function announce(ticket: Ticket): Promise<Ticket> {
    return save(ticket, { announcement: await post(ticket), step: 'announced' });
  }

  /** Posting is not idempotent either: where it may have happened already, the message is looked for first. */
  async function post(ticket: Ticket): Promise<Announcement> {
    const isFirstTry = neverAnnounced.delete(ticket.requestId);
    const answerWasLost = ticket.error?.code === 'unconfirmed';
    const mayBePosted = answerWasLost || (!isFirstTry && ticket.error === null);
    if (!mayBePosted) return messenger.announce(ticket);
    try {
      const found = await messenger.findAnnouncement(ticket);
      return found ?? (await messenger.announce(ticket));
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code !== 'forbidden') throw error;
      // Without a look: after a lost answer not a second time for everybody, after a crash rather twice than never.
      return answerWasLost ? messenger.announcePrivately(ticket) : messenger.announce(ticket);
    }
  }

  /** A decision stands as soon as it is in the log; the message and the issue are told afterwards. */
  async function settle(ticket: Ticket): Promise<Ticket> {
    const { decision, issueKey, requestId } = ticket;
    if (decision === null || issueKey === null) return save(ticket, { step: 'done' });
    await unlessRefused(requestId, messenger.showDecision(ticket));
    const isAdopted = ticket.issueId === null;
    if (isAdopted) await unlessRefused(requestId, learn(ticket, issueKey));
    const standing = await unlessRefused(requestId, tracker.recordDecision(issueKey, { ...decision, requestId }));
    const isOverruled = standing !== null && (standing.by !== decision.by || standing.at !== decision.at);
    if (!isOverruled) return save(ticket, { step: 'done' });
    // Another desktop's decision came first: correct what this one has shown and stored.
    const corrected = await save(ticket, { decision: standing });
    await unlessRefused(requestId, messenger.showDecision(corrected));
    return save(ticket, { step: 'done' });
  }

  /** What the tracker knows of a ticket that another desktop filed. */
  async function learn(ticket: Ticket, issueKey: string): Promise<Ticket> {
    const issue = await tracker.getIssue(issueKey);
    const { id, url, summary, issueType } = issue;
    return save(ticket, { issueId: id, issueUrl: url, summary, issueType });
  }

  /** The courtesy's result, or null where it was refused: that changes nothing. A moment's trouble is thrown. */
  async function unlessRefused<T>(requestId: string, courtesy: Promise<T>): Promise<T | null> {
    try {
      return await courtesy;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (reactionTo(error.code) === 'retry') throw error;
      onError(error, requestId);
      return null;
    }
  }

  function nextStep(ticket: Ticket): TicketStep | null {
    if (ticket.status === 'failed' || ticket.step === 'done') return null;
    if (ticket.decision !== null) return settle;
    switch (ticket.step) {
      case 'received':
        return classify;
      case 'classified':
        return create;
      case 'creating':
        return lookFor;
      case 'created':
        return announce;
      case 'announced':
        return null;
    }
  }

  return { nextStep };
}
