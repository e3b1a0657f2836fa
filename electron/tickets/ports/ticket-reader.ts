import type { Label } from '../../../shared/labels.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { Activity, TicketEvent, TicketFilter, TicketOverview, TicketPage } from '../../../shared/ticket-list.ts';

/** Reads what people see of all tickets. Throws AppError `storage_failed`. */
export interface TicketReader {
  /** A page of what the window lists, newest first. */
  page(query: { filter: TicketFilter; offset: number; limit: number }): Promise<TicketPage>;
  /** Whole tickets, newest first. */
  list(query: { filter: TicketFilter; limit: number }): Promise<Ticket[]>;
  /** Tickets that the filter lets through, newest first, in pages; what comes or goes meanwhile may be there or not. */
  all(filter: TicketFilter): AsyncIterable<Ticket[]>;
  /** Counts of each view's tickets, and the channels and people that there are. */
  overview(): Promise<TicketOverview>;
  /** Events of a ticket, oldest first. */
  events(requestId: string): Promise<TicketEvent[]>;
  /** Events of all tickets, newest first. */
  activity(limit: number): Promise<Activity[]>;
  /** Corrections of tickets whose words are still there, newest first: a classifier learns from them. */
  corrections(limit: number): Promise<Array<{ text: string; label: Label; at: string }>>;
}
