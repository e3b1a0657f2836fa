import { AppError } from '../../shared/errors.ts';
import { projectKeyPattern } from '../../shared/issue-key.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { TicketEdits } from '../../shared/ticket-list.ts';
import { needsAttention, waitsForRequester } from './needs-attention.ts';
import type { TicketChange } from './ports/ticket-store.ts';
import { sentElsewhere } from './sent-elsewhere.ts';
import { summarise } from './summary.ts';

/** Whether a ticket was stopped by an error, for good or until its next try, or waits for who asked. */
export function isStopped(ticket: Ticket): boolean {
  return needsAttention(ticket) || waitsForRequester(ticket) || (ticket.nextTryAt !== null && ticket.step !== 'done');
}

export function nameOf({ issueKey }: Ticket): string {
  return issueKey ?? 'This ticket';
}

export function whyNothingToRetry(ticket: Ticket): string {
  const name = nameOf(ticket);
  if (ticket.step === 'done') {
    return ticket.decision === null
      ? `${name} was discarded, so nothing more is done for it.`
      : `${name} was ${ticket.decision.status}, and nothing is left to do.`;
  }
  if (ticket.step === 'announced') return `${name} waits for a decision. There is nothing to try again.`;
  return `${name} is on its way already. Look again in a moment.`;
}

/** What edits change of a ticket. Throws `invalid_input` where it would come too late. */
export function edited({ issueKey, step }: Ticket, edits: TicketEdits): TicketChange {
  const { summary, issueType, project, fields } = edits;
  if (Object.values(edits).every((edit) => edit === undefined)) return {};
  if (issueKey !== null) {
    const message = `${issueKey} exists already, so change it in Jira. Here it can only be tried again as it is.`;
    throw new AppError('invalid_input', message);
  }
  if (step === 'creating' || step === 'unconfirmed') {
    const message =
      'Jira may have this ticket already, so it is looked for as it was. Try again without changes first.';
    throw new AppError('invalid_input', message);
  }
  const wantedProject = project?.toUpperCase() ?? project;
  if (typeof wantedProject === 'string' && !projectKeyPattern.test(wantedProject)) {
    throw new AppError('invalid_input', `${project} is not the key of a project; one looks like KAN.`);
  }
  return {
    ...(summary === undefined ? {} : { summary: summarise(summary) }),
    ...(issueType === undefined ? {} : { wantedType: issueType }),
    ...(wantedProject === undefined ? {} : { wantedProject }),
    ...(fields === undefined ? {} : { wantedFields: fields }),
  };
}

/** Brings a ticket back to where it stopped, to be tried now. */
export function restarted(ticket: Ticket): TicketChange {
  const { status, step, error, issueKey } = ticket;
  // Looked for once more, and without further waiting.
  if (step === 'unconfirmed')
    return { error: null, attempts: 0, nextTryAt: null, status: 'received', step: 'creating' };
  // Whoever acts here need not wait for who asked; nor does the button that they got lead anywhere then.
  if (step === 'needs_fields') {
    const again = { error: null, attempts: 0, nextTryAt: null, announcement: null };
    // What was asked for may have been given on another desktop.
    return { ...again, status: 'received', step: 'classified', sent: sentElsewhere };
  }
  // Of a message that may be posted, this error is the only sign.
  if (step === 'created' && error?.code === 'unconfirmed') {
    return { attempts: 0, nextTryAt: new Date().toISOString() };
  }
  const again = { error: null, attempts: 0, nextTryAt: null };
  return status === 'failed' ? { ...again, status: issueKey === null ? 'received' : 'created' } : again;
}
