import { AsyncLocalStorage } from 'node:async_hooks';

/** One run of a ticket: what is asked of others while it lasts is asked on its behalf. */
export interface TicketRun {
  requestId: string;
  /** Whether its step has failed before. */
  isRetry: boolean;
  /** Signal that a person wants it now. */
  hurried: AbortSignal;
  /** Signal that it has ended without an error. */
  succeeded: AbortSignal;
  /**
   * Sees, before something that must not be done twice, that no other instance works on the ticket. Rejects where one
   * does.
   */
  confirmClaim(): Promise<void>;
}

/** The run that the code at work belongs to; undefined outside of one. */
export const ticketRun = new AsyncLocalStorage<TicketRun>();
