import { isSameDecision } from '../../shared/decision-order.ts';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Announcement, Decision, Ticket } from '../../shared/ticket.ts';
import { lateNote } from './late-note.ts';
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
  /** How long the issue of a create without an answer is looked for before it counts as not there, in milliseconds. */
  lookForMs: number;
  /** A label with less confidence than this is marked as unsure. */
  unsureBelow: number;
}

/** Between two looks for an issue that may still appear, in milliseconds. */
const lookEveryMs = 5_000;

/** Whatever went wrong before is over. */
const settled = { error: null, attempts: 0, nextTryAt: null } as const;

/** Does one thing, stores the result, and gives the ticket as it is then. Throws AppError. */
export type TicketStep = (ticket: Ticket) => Promise<Ticket>;

/** received -> classified -> creating -> created -> announced -> done, each stored before the next begins. */
export function createTicketSteps(
  { log, classifier, tracker, messenger, onChange, onError, lookForMs, unsureBelow }: TicketStepDeps,
  run: {
    /** Aborted when the program stops: who waits for a turn to speak does not speak any more. */
    signal: AbortSignal;
    /** Tells who asked that a person must act. */
    explain(ticket: Ticket, error: AppError): void;
  },
): {
  /** The next step of this ticket, or null where it is done, failed or waits for a person. */
  nextStep(ticket: Ticket): TicketStep | null;
} {
  const startedAt = Date.now();
  /**
   * What this process knows of a ticket's message. `none`: certainly not posted. `failed`: Slack said so. `lost`: no
   * answer came; it may still appear until then (milliseconds since 1970).
   */
  const postings = new Map<string, { state: 'none' | 'failed' | 'lost'; until: number }>();
  async function save(ticket: Ticket, change: TicketChange): Promise<Ticket> {
    const saved = await log.update(ticket.requestId, { ...settled, ...change });
    onChange(saved);
    return saved;
  }

  async function classify(ticket: Ticket): Promise<Ticket> {
    const classification = await classifier.classify(ticket.text);
    const { source, confidence } = classification;
    const isUnsure = source === 'none' || (confidence !== null && confidence < unsureBelow);
    return save(ticket, { classification, isUnsure, step: 'classified' });
  }

  async function create(ticket: Ticket): Promise<Ticket> {
    const { classification } = ticket;
    if (classification === null) return save(ticket, { step: 'received' });
    const target = await tracker.beforeCreate(ticket.wantedProject);
    const openFor = (ms: number) => ({ ...target, lookUntil: new Date(Date.now() + ms).toISOString() });
    // Stored before Jira is asked: after a crash here the issue is looked for, not created again.
    // The failures so far stay on the ticket: only an answer ends them.
    const sent = openFor(lookForMs);
    // A look does not count as a try: what certainly failed before is over.
    const tries = ticket.step === 'creating' ? { attempts: 0 } : {};
    onChange(await log.update(ticket.requestId, { step: 'creating', sent, ...tries }));
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
        const change =
          error.code === 'unconfirmed'
            ? { sent: openFor(Math.min(lookForMs, error.openForMs ?? lookForMs)) }
            : { step: 'classified' as const };
        await log.update(ticket.requestId, change);
        throw error;
      });
    return saveIssue(ticket, issue);
  }

  async function saveIssue(ticket: Ticket, issue: CreatedIssue): Promise<Ticket> {
    postings.set(ticket.requestId, { state: 'none', until: 0 });
    const { id, key, url, issueType } = issue;
    const notes = [ticket.note, issue.note, lateNote(ticket, { now: Date.now(), startedAt })].filter(
      (note) => note !== null,
    );
    const note = notes.length === 0 ? null : notes.join(' ');
    const change = { issueId: id, issueKey: key, issueUrl: url, issueType, note } as const;
    return save(ticket, { ...change, status: 'created', step: 'created' });
  }

  /** The outcome of an earlier create is unknown: look before creating again. */
  async function lookFor(ticket: Ticket): Promise<Ticket> {
    const { requestId, createdAt: receivedAt, wantedProject, sent } = ticket;
    // Before the search, which may miss what takes effect while it runs.
    const remainingMs = (sent === null ? startedAt + lookForMs : Date.parse(sent.lookUntil)) - Date.now();
    const { issue, isCertain } = await tracker.findCreated({ requestId, receivedAt, wantedProject, sent });
    if (issue !== null) return saveIssue(ticket, issue);
    if (remainingMs > 0) {
      throw new AppError('unconfirmed', 'Jira has not answered, and does not show the issue yet.', {
        retryAfterMs: Math.min(remainingMs, lookEveryMs),
      });
    }
    if (isCertain) return create(ticket);
    const message =
      'Jira did not answer when this ticket was sent, and does not show whether it took it: some issues made since ' +
      'cannot be read. Look into the project, then let it be looked for again, created anyway, or discarded.';
    const error = new AppError('unconfirmed', message);
    const stuck = await save(ticket, { step: 'unconfirmed', status: 'failed', error: { code: error.code, message } });
    run.explain(stuck, error);
    return stuck;
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
      return known.state === 'lost' ? messenger.announcePrivately(ticket, run.signal) : announceOnce(ticket);
    }
    if (found !== null) return found;
    if (Date.now() < known.until) {
      throw new AppError('unconfirmed', 'Slack has not answered, and does not show the message yet.');
    }
    return announceOnce(ticket);
  }

  async function announceOnce(ticket: Ticket): Promise<Announcement> {
    try {
      return await messenger.announce(ticket, run.signal);
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
    if (decision === null || issueKey === null) throw new AppError('bug', 'There is nothing to settle.');
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
    if (standing !== null && !isSameDecision(standing, decision)) {
      // Another desktop's decision came first: correct what this one has stored and shown.
      const corrected = await saveUnlessDecidedAnew(decision, ticket, { decision: standing });
      if (corrected.decision === null || !isSameDecision(corrected.decision, standing)) return corrected;
      await courtesy(messenger.showDecision(corrected));
    }
    // What a moment mends is tried again in a moment, also where the rest has to wait for other settings.
    const next = delayed.find(({ code }) => reactionTo(code) === 'retry') ?? delayed[0];
    if (next !== undefined) throw next;
    return saveUnlessDecidedAnew(standing ?? decision, ticket, { step: 'done' });
  }

  /** An earlier click may have been accepted while this one was told: then that one is told next. */
  async function saveUnlessDecidedAnew(told: Decision, { requestId }: Ticket, change: TicketChange): Promise<Ticket> {
    const saved = await log.update(requestId, ({ decision }) =>
      decision !== null && isSameDecision(decision, told) ? { ...settled, ...change } : null,
    );
    onChange(saved);
    return saved;
  }

  /** A corrected label goes to Jira, and then the message shows it. Done again after a failure: it does the same. */
  async function passOn(ticket: Ticket): Promise<Ticket> {
    const { correction, classification, issueKey, requestId } = ticket;
    if (correction === null || classification === null || issueKey === null) {
      throw new AppError('bug', 'There is no correction to pass on.');
    }
    const known = ticket.issueId === null ? await learn(ticket, issueKey) : ticket;
    const { isTold: _, ...word } = correction;
    const told = await tracker
      .relabel(issueKey, { ...word, label: classification.label, requestId })
      .catch((thrown) => ({ issueType: known.issueType, note: refusalWords(thrown, requestId) }));
    const corrected = { ...known, ...told, note: told.note ?? known.note };
    // A message that does not say who asked could not be clicked any more.
    if (known.user !== '') {
      const isDecided = known.decision !== null;
      await (isDecided ? messenger.showDecision(corrected) : messenger.showLabel(corrected)).catch((thrown) =>
        refusalWords(thrown, requestId),
      );
    }
    const { issueType, note } = corrected;
    const saved = await log.update(requestId, ({ correction: latest }) =>
      // A later correction is passed on next.
      latest?.at === correction.at
        ? { ...settled, issueType, note, correction: { ...correction, isTold: true } }
        : null,
    );
    onChange(saved);
    return saved;
  }

  /** The label stands in any case; why Jira or Slack does not follow. Throws what only the moment refuses. */
  function refusalWords(thrown: unknown, requestId: string): string {
    const error = toAppError(thrown);
    if (reactionTo(error.code) !== 'give_up') throw error;
    onError(error, requestId);
    return error.message;
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
    const isOver = ticket.status === 'failed' || ticket.step === 'done';
    if (!isOver && ticket.decision !== null && ticket.issueKey !== null) return settle;
    // Before it is announced, issue and message are made with the corrected label.
    const isAnnounced = ticket.step === 'announced' || ticket.step === 'done';
    if (ticket.correction?.isTold === false && ticket.issueKey !== null && isAnnounced) return passOn;
    if (isOver) return null;
    switch (ticket.step) {
      case 'received':
        return classify;
      case 'classified':
        return create;
      case 'creating':
        return lookFor;
      case 'unconfirmed':
        return null;
      case 'created':
        return announce;
      case 'announced':
      case 'done':
        return null;
    }
  }

  return { nextStep };
}
