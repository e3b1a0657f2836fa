import type { Ticket } from './ticket.ts';

/**
 * Whether work is left with a ticket: for the program, or after an error for a person. One that only waits for approval
 * is finished so far. The log finds the same ones by SQL.
 */
export function isUnfinished({ status, step, error }: Pick<Ticket, 'status' | 'step'> & { error: unknown }): boolean {
  return step !== 'done' && (step !== 'announced' || status !== 'created' || error !== null);
}
