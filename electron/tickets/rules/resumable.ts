import type { Ticket } from '../../../shared/ticket.ts';

/** Whether the program can go on with a ticket by itself. A store finds the same ones by SQL. */
export function isResumable({ status, step, correction, issueKey, supplements, announcement }: Ticket): boolean {
  if (correction?.isTold === false && issueKey !== null) return true;
  if (supplements.length > 0 && issueKey !== null && (step === 'announced' || step === 'done')) return true;
  if (step === 'done' || status === 'failed') return false;
  // Who asked is told of it first.
  if (step === 'needs_fields') return announcement === null;
  return status !== 'created' || step === 'created';
}
