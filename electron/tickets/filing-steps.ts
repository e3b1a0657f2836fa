import { AppError, toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { lateNote } from './late-note.ts';
import type { CreatedIssue } from './ports.ts';
import type { StepContext, TicketStep } from './ticket-steps.ts';

/** Between two looks for an issue that may still appear, in milliseconds. */
const lookEveryMs = 5_000;

/** received -> classified -> creating -> created, or unconfirmed. `onFiled`: there is an issue that nobody was told of. */
export function createFilingSteps(
  { log, classifier, tracker, onChange, lookForMs, unsureBelow, save, explain }: StepContext,
  onFiled: (requestId: string) => void,
): Record<'classify' | 'create' | 'lookFor', TicketStep> {
  const startedAt = Date.now();

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
    onFiled(ticket.requestId);
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
    explain(stuck, error);
    return stuck;
  }

  return { classify, create, lookFor };
}
