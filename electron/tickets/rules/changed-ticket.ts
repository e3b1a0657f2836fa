import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { ChangeOf, TicketChange, UnsavedTicket } from '../ports/ticket-store.ts';

/** What a change makes of a ticket as it is at a moment (ISO 8601); null where that is nothing. */
export function changesOf(change: TicketChange | ChangeOf, ticket: Ticket, at: string): TicketChange | null {
  return typeof change === 'function' ? change(ticket, at) : change;
}

/** The known ticket with the change, or null where nothing changes. Throws `not_found` where there is no ticket. */
export function changedTicket(known: Ticket | null, change: TicketChange | ChangeOf, at: string): UnsavedTicket | null {
  if (known === null) throw noSuchRequest();
  const changes = changesOf(change, known, at);
  return changes === null ? null : { ...known, ...changes };
}

/**
 * The ticket as it is stored where a known one has become this one. A decision may come while a slower step is under
 * way; what that step then stores must not hide it.
 */
export function storedTicket(known: Ticket, changed: UnsavedTicket, at: string): Ticket {
  const stored = { ...changed, id: known.id, status: changed.decision?.status ?? changed.status };
  // Who works on it is nothing that happened to it.
  const isOnlyClaimed = isDeepStrictEqual({ ...known, ...stored, claim: null }, { ...known, claim: null });
  return { ...stored, updatedAt: isOnlyClaimed ? known.updatedAt : at };
}

export function noSuchRequest(): AppError {
  return new AppError('not_found', 'The log has no such ticket any more.');
}
