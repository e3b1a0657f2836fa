import type { Ticket } from '../../shared/ticket.ts';
import type { Messenger } from './ports/messenger.ts';

/** Rewrites the ticket's message, decided or not. Throws what the messenger throws. */
export async function showTicket(
  ticket: Ticket,
  messenger: Pick<Messenger, 'showDecision' | 'showLabel'>,
): Promise<void> {
  // A message that does not say who asked could not be clicked any more.
  if (ticket.user === '') return;
  await (ticket.decision === null ? messenger.showLabel(ticket) : messenger.showDecision(ticket));
}
