import type { Ticket } from '../../../shared/ticket.ts';

/** Whether the program can go on with a ticket by itself. A store finds the same ones by SQL. */
export function isResumable({ status, step, correction, issueKey, supplements }: Ticket): boolean {
  if (correction?.isTold === false && issueKey !== null) return true;
  if (supplements.length > 0 && issueKey !== null && (step === 'announced' || step === 'done')) return true;
  if (step === 'done' || step === 'needs_fields' || status === 'failed') return false;
  return status !== 'created' || step === 'created';
}
