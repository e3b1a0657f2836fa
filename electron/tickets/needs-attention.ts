import type { Ticket } from '../../shared/ticket.ts';

/**
 * Whether a ticket was stopped by an error, with no time set for another try: a person must act. The log finds the same
 * ones by SQL.
 */
export function needsAttention({ error, nextTryAt, step }: Pick<Ticket, 'error' | 'nextTryAt' | 'step'>): boolean {
  return error !== null && nextTryAt === null && step !== 'done';
}
