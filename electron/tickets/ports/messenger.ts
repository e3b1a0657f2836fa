import type { AppError } from '../../../shared/errors.ts';
import type { Announcement, Ticket } from '../../../shared/ticket.ts';
import type { EarlierTicket, MessageReader } from './message-reader.ts';

/** Speaks to people, from the ticket alone, so that it works after a restart too. Throws AppError. */
export interface Messenger extends MessageReader {
  /**
   * Posts the approval message where the requester asked, in the thread of the message that it is about, or to the requester alone where it may not. A channel takes
   * about one message a second, so this may wait: aborted meanwhile, it rejects with the signal's reason and nothing is
   * posted.
   */
  announce(ticket: Ticket, signal?: AbortSignal): Promise<Announcement>;
  /**
   * Finds the approval message of this ticket; null where it was not posted. Throws `forbidden` where that cannot be
   * known: the app may not look, or not far enough back.
   */
  findAnnouncement(ticket: Ticket): Promise<Announcement | null>;
  /** Gives the approval message to the requester alone; `signal` as for `announce`. */
  announcePrivately(ticket: Ticket, signal?: AbortSignal): Promise<Announcement>;
  /** Rewrites the announcement with the decision and without buttons; `not_found` where it is gone. */
  showDecision(ticket: Ticket): Promise<void>;
  /** Rewrites the announcement of an undecided ticket with its corrected label; `not_found` where it is gone. */
  showLabel(ticket: Ticket): Promise<void>;
  /** The address of the ticket's message for people, or null where it has none. */
  permalink(ticket: Ticket): Promise<string | null>;
  /** Sends a person, by Slack id, the code that proves whose desktop this is. */
  sendCode(user: string, code: string): Promise<void>;
  /**
   * Tells the requester, and nobody else, that the ticket is not made (yet), why, and what happens next; `signal` as
   * for `announce`.
   */
  explain(ticket: Ticket, error: AppError, signal?: AbortSignal): Promise<void>;
  /**
   * Shows the requester, and nobody else, the ticket that the message has already, with a way to mean another one;
   * `signal` as for `announce`.
   */
  showEarlier(ticket: Ticket, earlier: EarlierTicket, signal?: AbortSignal): Promise<void>;
}
