import type { Ticket } from '../../../shared/ticket.ts';
import type { ListedIssue } from './issue-tracker.ts';

/** Keeps the tickets in step with Jira and with what people want kept. Throws AppError `storage_failed`. */
export interface TicketUpkeep {
  /**
   * A page of the tickets with an issue that wait for a decision, in the order of their ids: those after the id `after`,
   * where null is the start, at most `limit`. A page that is not full is the last one.
   */
  undecided(query: { after: number | null; limit: number }): Promise<Ticket[]>;
  /** Tickets with an issue whose decision was taken at a moment (ISO 8601) or later; the latest ones, at most `limit`. */
  decidedSince(query: { at: string; limit: number }): Promise<Ticket[]>;
  /**
   * Adds the issues whose request is not known, and tells failed requests of theirs (`importedIssue`); gives how many
   * were added.
   */
  importIssues(issues: ListedIssue[]): Promise<number>;
  /**
   * Removes what is older than the given moments (ISO 8601; null: keep) from tickets that have nothing left to do: the
   * words people typed (the summary becomes "(text removed)", and so do error messages), or the whole row. A ticket
   * that waits for a decision loses its words and keeps its row. Gives how many rows changed; aborted, it stops
   * between two small writes and gives those so far.
   */
  prune(limits: { textsBefore: string | null; ticketsBefore: string | null }, signal?: AbortSignal): Promise<number>;
}
