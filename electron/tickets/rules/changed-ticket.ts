import { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { ChangeOf, TicketChange, UnsavedTicket } from '../ports/ticket-store.ts';

/** The known ticket with the change, or null where nothing changes. Throws `not_found` where there is no ticket. */
export function changedTicket(known: Ticket | null, change: TicketChange | ChangeOf, at: string): UnsavedTicket | null {
  if (known === null) throw noSuchRequest();
  const changes = typeof change === 'function' ? change(known, at) : change;
  return changes === null ? null : { ...known, ...changes };
}

/**
 * The ticket as it is stored where a known one has become this one. A decision may come while a slower step is under
 * way; what that step then stores must not hide it.
 */
export function storedTicket(known: Ticket, changed: UnsavedTicket, at: string): Ticket {
  return { ...changed, id: known.id, status: changed.decision?.status ?? changed.status, updatedAt: at };
}

export function noSuchRequest(): AppError {
  return new AppError('not_found', 'The log has no such ticket any more.');
}
