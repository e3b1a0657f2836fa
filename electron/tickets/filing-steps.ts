import { hasRulesByName } from '../../shared/channel-rules.ts';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import { isChannelNamed } from '../../shared/places.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { draftOf, limitsFor, projectFor } from './destination.ts';
import { knownFiles } from './known-files.ts';
import { lateNote } from './late-note.ts';
import { filedElsewhere } from './learn-completed.ts';
import { createLostCreates } from './lost-creates.ts';
import type { createMessageSteps } from './message-steps.ts';
import type { CreatedIssue, IssueTracker } from './ports/issue-tracker.ts';
import type { TicketChange } from './ports/ticket-store.ts';
import { maybeSentElsewhere, sentElsewhere } from './sent-elsewhere.ts';
import { sentences } from './sentences.ts';
import type { StepContext, TicketRules, TicketStep } from './step-context.ts';

/** Wait before the first look for an issue that may still appear, in milliseconds. */
const firstLookMs = 5_000;

/**
 * Steps from received to classified to creating to created, or unconfirmed. `onFiled`: there is an issue that nobody
 * was told of.
 */
export function createFilingSteps(
  {
    update,
    classifier,
    tracker,
    people,
    files,
    messenger,
    rules,
    unsureBelow,
    retryDelayMs,
    onChange,
    onError,
    save,
    explain,
    endIfFiled,
  }: StepContext & Pick<ReturnType<typeof createMessageSteps>, 'endIfFiled'>,
  onFiled: (requestId: string) => void,
): Record<'classify' | 'create' | 'lookFor', TicketStep> & {
  /** Forgets the create that this process has sent: another one may have sent a later one. */
  forgetLost(requestId: string): void;
} {
  const startedAt = Date.now();
  const lost = createLostCreates({ update, rules });

  /** The ticket with the name of its channel, by which the settings may say what becomes of it. */
  async function withPlace(ticket: Ticket): Promise<Ticket> {
    if (!mayNeedPlace(ticket, rules())) return ticket;
    const channelName = await messenger().channelNameOf(ticket);
    return channelName === ticket.channelName ? ticket : save(ticket, { channelName });
  }

  async function classify(given: Ticket): Promise<Ticket> {
    const ticket = await withPlace(given);
    const classification = await classifier.classify(wordsOf(ticket), limitsFor(ticket, rules()));
    const { source, confidence } = classification;
    const least = rules().classification.unsureBelow ?? unsureBelow;
    const isUnsure = source === 'none' || (confidence !== null && confidence < least);
    return save(ticket, { classification, isUnsure, step: 'classified' });
  }

  async function create(given: Ticket): Promise<Ticket> {
    const { requestId, classification } = given;
    if (classification === null) return save(given, { step: 'received' });
    const ticket = await withPlace(given);
    const ended = await endIfFiled(ticket);
    if (ended !== null) return ended;
    // The same one for both: what is stored of where the issue went must be true.
    const jira = tracker();
    const lookForMs = rules().jira.lookForSeconds * 1000;
    const known = await knownFiles(ticket, files());
    const draft = draftOf({ ...ticket, classification, files: known }, rules(), people(), files());
    let target = await jira.beforeCreate(draft.project);
    const elsewhere = maybeSentElsewhere(ticket) ? await issueElsewhere(ticket, jira) : null;
    if (elsewhere !== null) return save(ticket, filedElsewhere(elsewhere));
    const openFor = (ms: number, at: string) => ({
      ...target,
      lookUntil: new Date(Date.parse(at) + ms).toISOString(),
    });
    // Stored before Jira is asked: after a crash here the issue is looked for, not created again.
    // The failures so far stay on the ticket: only an answer ends them.
    onChange(await update(requestId, (_, at) => ({ step: 'creating', sent: openFor(lookForMs, at) })));
    // Where nothing was known before, no look is certain, also after a restart.
    const beforeUnmarked = async () => {
      target = { ...target, anchorKey: null };
      await update(requestId, (_, at) => ({ sent: openFor(lookForMs, at) }));
    };
    const issue = await jira.createIssue(draft, beforeUnmarked).catch(async (thrown) => {
      const error = toAppError(thrown);
      if (error.code !== 'unconfirmed') {
        if (error.mayAsk) return { refusal: error };
        // It certainly made no issue, so the next try may create again.
        // Until then another desktop may have.
        const sent = maybeSentElsewhere(ticket) ? { sent: sentElsewhere } : {};
        await update(requestId, { step: 'classified', ...sent, ...askedFor(ticket, error) });
        throw error;
      }
      const openMs = Math.min(lookForMs, error.openForMs ?? lookForMs);
      const attempts = ticket.attempts + 1;
      lost.note(ticket, openMs);
      await update(requestId, (_, at) => ({ sent: openFor(openMs, at), attempts }));
      // A first one may be a moment's trouble; one that fails again and again is asked for less and less often.
      const ownMs = attempts === 1 ? 0 : retryDelayMs(attempts + 1);
      const retryAfterMs = Math.max(error.retryAfterMs ?? 0, Math.min(openMs, firstLookMs), ownMs);
      throw new AppError('unconfirmed', error.message, { cause: error.cause, retryAfterMs });
    });
    return 'refusal' in issue ? park(ticket, issue.refusal) : saveIssue(ticket, issue);
  }

  /** The issue that another desktop has made of the request meanwhile; null where there is none, or Jira refuses to look. */
  async function issueElsewhere(ticket: Ticket, jira: IssueTracker): Promise<CreatedIssue | null> {
    const { requestId, createdAt: receivedAt } = ticket;
    const project = projectFor(ticket, rules());
    try {
      return (await jira.findCreated({ requestId, receivedAt, project, sent: null, isOpen: true })).issue;
    } catch (thrown) {
      const error = toAppError(thrown);
      // Jira would refuse that for ever: nobody's ticket waits for it.
      if (reactionTo(error.code) !== 'give_up') throw error;
      onError(error, requestId);
      return null;
    }
  }

  /** Keeps a ticket for which nothing but what its requester can give is missing. */
  async function park(ticket: Ticket, error: AppError): Promise<Ticket> {
    const { code, message } = error;
    return save(ticket, {
      step: 'needs_fields',
      announcement: null,
      ...askedFor(ticket, error),
      error: { code, message },
    });
  }

  async function saveIssue(ticket: Ticket, issue: CreatedIssue): Promise<Ticket> {
    lost.filed(ticket.requestId);
    onFiled(ticket.requestId);
    const { id, key, url, issueType, due } = issue;
    const supplements = ticket.files.length === 0 ? due : [...due, 'files' as const];
    const news = [issue.note, lateNote(ticket, { now: Date.now(), startedAt })];
    const change = {
      issueId: id,
      issueKey: key,
      issueUrl: url,
      issueType,
      supplements,
      status: 'created',
      step: 'created',
    } as const;
    // The acknowledgement may have been noted as lost while Jira was asked.
    return save(ticket, ({ note }) => ({ ...change, note: sentences(note, ...news) }));
  }

  /** Looks for the issue of an earlier create whose outcome is unknown, before it is created again. */
  async function lookFor(ticket: Ticket): Promise<Ticket> {
    const { requestId, createdAt: receivedAt, sent, attempts, summary } = ticket;
    // Before the search, which may miss what takes effect while it runs.
    const { remainingMs, elapsedMs } = await lost.windowOf(ticket);
    const project = projectFor(ticket, rules());
    const isOpen = remainingMs > 0;
    const look = { requestId, receivedAt, project, sent, isOpen, summary };
    const { issue, isCertain } = await tracker().findCreated(look);
    // What its create had to leave out nobody knows any more; what is there is not put there again.
    if (issue !== null) return saveIssue(ticket, { ...issue, due: [...issue.due, 'description', 'rest'] });
    if (isOpen) {
      throw new AppError('unconfirmed', 'Jira has not answered, and does not show the issue yet.', {
        retryAfterMs: Math.min(remainingMs, Math.max(firstLookMs, elapsedMs)),
      });
    }
    lost.forget(requestId);
    if (!isCertain) {
      const message =
        'Jira did not answer when this ticket was sent, and does not show whether it took it: some issues made since ' +
        'cannot be read. Look into the project, then let it be looked for again, created anyway, or discarded.';
      return giveUp(ticket, { step: 'unconfirmed' }, message);
    }
    if (!lost.areTooMany(ticket)) return create(ticket);
    lost.startOver(requestId);
    const message =
      `Jira was asked ${attempts} times for this ticket’s issue, said each time that something went wrong, and does ` +
      'not have it. Look into its log or ask who runs it, then try this ticket again.';
    return giveUp(ticket, { step: 'classified' }, message);
  }

  /** Ends what the program can do: a person must act. */
  async function giveUp(ticket: Ticket, change: Pick<TicketChange, 'step'>, message: string): Promise<Ticket> {
    const error = new AppError('unconfirmed', message);
    const stuck = await save(ticket, { ...change, status: 'failed', error: { code: error.code, message } });
    explain(stuck, error);
    return stuck;
  }

  return { classify, create, lookFor, forgetLost: lost.forget };
}

/** Whether rules go by the name of a channel that the request did not name. */
function mayNeedPlace(ticket: Ticket, { channels }: Pick<TicketRules, 'channels'>): boolean {
  const { channel, sourceMessage } = ticket;
  // Whoever reads a message asks for its place too.
  if (sourceMessage !== null || channel === '') return false;
  return !isChannelNamed(ticket) && hasRulesByName(channels.rules, channel);
}

/** All that its requester wrote: of a form, the summary is not the text's own first line. */
function wordsOf({ text, summary, door }: Ticket): string {
  return door === 'form' && !text.startsWith(summary) ? `${summary}\n${text}` : text;
}

/** The fields that a person has to give, beside what was given before, so that whoever opens the ticket is asked for them. */
function askedFor({ wantedFields }: Ticket, { fields }: AppError): Pick<TicketChange, 'wantedFields'> {
  if (fields === undefined) return {};
  return { wantedFields: { ...Object.fromEntries(fields.map((id) => [id, null])), ...wantedFields } };
}
