import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
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

/** How long a create of an earlier run may still take effect, in milliseconds: the tracker's time limit and a minute. */
const restartWaitMs = 90_000;

/** Does one thing, stores the result, and gives the ticket as it is then. Throws AppError. */
export type TicketStep = (ticket: Ticket) => Promise<Ticket>;

/** received -> classified -> creating -> created -> announced -> done, each stored before the next begins. */
export function createTicketSteps({ log, classifier, tracker, messenger, onChange, onError }: TicketStepDeps): {
  /** The next step of this ticket, or null where it is done, failed or waits for a person. */
  nextStep(ticket: Ticket): TicketStep | null;
} {
  /**
   * What this process knows of a ticket's message. `none`: certainly not posted. `failed`: Slack said so. `lost`: no
   * answer came; it may still appear until then (milliseconds since 1970).
   */
  const postings = new Map<string, { state: 'none' | 'failed' | 'lost'; until: number }>();
  /** Until when a create whose answer is missing may still take effect, in milliseconds since 1970. */
  const openUntil = new Map<string, number>();

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
        wantedType: ticket.wantedType,
        wantedProject: ticket.wantedProject,
      })
      .catch(async (thrown) => {
        const error = toAppError(thrown);
        // Whatever is not `unconfirmed` certainly made no issue, so the next try may create again.
        if (error.code !== 'unconfirmed') await log.update(ticket.requestId, { step: 'classified' });
        else openUntil.set(ticket.requestId, Date.now() + (error.openForMs ?? 0));
        throw error;
      });
    return saveIssue(ticket, issue);
  }

  async function saveIssue(ticket: Ticket, issue: CreatedIssue): Promise<Ticket> {
    openUntil.delete(ticket.requestId);
    postings.set(ticket.requestId, { state: 'none', until: 0 });
    const { id, key, url, issueType, note } = issue;
    const change = { issueId: id, issueKey: key, issueUrl: url, issueType, note } as const;
    return save(ticket, { ...change, status: 'created', step: 'created' });
  }

  /** The outcome of an earlier create is unknown: look before creating again. */
  async function lookFor(ticket: Ticket): Promise<Ticket> {
    const { requestId, createdAt: receivedAt, wantedProject } = ticket;
    // Of an earlier run only the step is known, not when the answer was lost; other errors may have come since.
    const until = openUntil.get(requestId) ?? Date.now() + restartWaitMs;
    openUntil.set(requestId, until);
    // Before the search, which may miss what takes effect while it runs.
    const isOpen = Date.now() < until;
    const found = await tracker.findCreated({ requestId, receivedAt, wantedProject });
    if (found !== null) return saveIssue(ticket, found);
    if (isOpen) {
      throw new AppError('unconfirmed', 'Jira has not answered, and does not show the issue yet.');
    }
    return create(ticket);
  }

  async function announce(ticket: Ticket): Promise<Ticket> {
    const announcement = await post(ticket);
    postings.delete(ticket.requestId);
    return save(ticket, { announcement, step: 'announced' });
  }

  /** Posting is not idempotent either: where it may have happened already, the message is looked for first. */
  async function post(ticket: Ticket): Promise<Announcement> {
    const { requestId, error } = ticket;
    const wasLost = error?.code === 'unconfirmed';
    const known = postings.get(requestId) ?? { state: wasLost ? 'lost' : 'failed', until: Date.now() };
    postings.set(requestId, known);
    if (known.state === 'none') return announceOnce(ticket);
    const found = await messenger.findAnnouncement(ticket).catch((thrown) => {
      if (toAppError(thrown).code !== 'forbidden') throw thrown;
      return 'unknown' as const;
    });
    if (found === 'unknown') {
      // After a lost answer not a second time for everybody; after a crash or a failure rather twice than never.
      return known.state === 'lost' ? messenger.announcePrivately(ticket) : announceOnce(ticket);
    }
    if (found !== null) return found;
    if (Date.now() < known.until) {
      throw new AppError('unconfirmed', 'Slack has not answered, and does not show the message yet.');
    }
    return announceOnce(ticket);
  }

  async function announceOnce(ticket: Ticket): Promise<Announcement> {
    try {
      return await messenger.announce(ticket);
    } catch (thrown) {
      const { code, openForMs } = toAppError(thrown);
      const isOpen = code === 'unconfirmed' || code === 'bad_response';
      const state = openForMs !== undefined ? 'lost' : isOpen ? 'failed' : 'none';
      postings.set(ticket.requestId, { state, until: Date.now() + (openForMs ?? 0) });
      throw thrown;
    }
  }

  /**
   * A decision stands as soon as it is in the log; the message and the issue are told afterwards, each although the
   * other cannot be.
   */
  async function settle(ticket: Ticket): Promise<Ticket> {
    const { decision, issueKey, requestId } = ticket;
    if (decision === null || issueKey === null) return save(ticket, { step: 'done' });
    const delayed: AppError[] = [];
    /** The courtesy's result; null where it was refused, which changes nothing, or has to wait. */
    const courtesy = async <T>(work: Promise<T>): Promise<T | null> => {
      try {
        return await work;
      } catch (thrown) {
        const error = toAppError(thrown);
        if (reactionTo(error.code) === 'give_up') onError(error, requestId);
        else delayed.push(error);
        return null;
      }
    };

    const placed = await courtesy(locate(ticket));
    await courtesy(messenger.showDecision(placed ?? ticket));
    const isAdopted = ticket.issueId === null;
    if (isAdopted) await courtesy(learn(ticket, issueKey));
    const standing = await courtesy(tracker.recordDecision(issueKey, { ...decision, requestId }));
    if (standing !== null && (standing.by !== decision.by || standing.at !== decision.at)) {
      // Another desktop's decision came first: correct what this one has stored and shown.
      const corrected = await save(ticket, { decision: standing });
      await courtesy(messenger.showDecision(corrected));
    }
    // What a moment mends is tried again in a moment, also where the rest has to wait for other settings.
    const next = delayed.find(({ code }) => reactionTo(code) === 'retry') ?? delayed[0];
    if (next !== undefined) throw next;
    return save(ticket, { step: 'done' });
  }

  /** A message that this desktop does not know, or cannot rewrite, may be in the channel: another one posted it. */
  async function locate(ticket: Ticket): Promise<Ticket> {
    const { announcement, channel, responseUrl } = ticket;
    const isKnown = announcement !== null && (announcement.via !== 'response_url' || responseUrl !== null);
    if (isKnown || channel === '') return ticket;
    const found = await messenger.findAnnouncement(ticket).catch((thrown) => {
      if (toAppError(thrown).code === 'forbidden') return null;
      throw thrown;
    });
    return found === null ? ticket : save(ticket, { announcement: found });
  }

  /** What the tracker knows of a ticket that another desktop filed. */
  async function learn(ticket: Ticket, issueKey: string): Promise<Ticket> {
    const { id, url, summary, issueType } = await tracker.getIssue(issueKey);
    return save(ticket, { issueId: id, issueUrl: url, summary, issueType });
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
