import type { Ticket } from '../../shared/ticket.ts';

/**
 * Whether a ticket was stopped by an error, with no time set for another try: a person must act here. One that waits for who
 * asked does not need that. The log finds the same ones by SQL.
 */
export function needsAttention(ticket: Pick<Ticket, 'error' | 'nextTryAt' | 'step' | 'status'>): boolean {
  const { error, nextTryAt, step } = ticket;
  return error !== null && nextTryAt === null && step !== 'done' && !waitsForRequester(ticket);
}

/** Whether who asked has to give what the tracker demands before anything goes on. */
export function waitsForRequester({ step, status }: Pick<Ticket, 'step' | 'status'>): boolean {
  return step === 'needs_fields' && status === 'received';
}
