import type { Announcement, SlackFile, SourceMessage, Ticket } from '../../../shared/ticket.ts';

/** A message that a ticket is made of, and who and where it is about. */
export interface ReadMessage {
  /** The message's words as people see them; empty where it has none. */
  text: string;
  /** The same as the chat has them, with their marks; null where a person wrote others in their place. */
  markup: string | null;
  files: readonly SlackFile[];
  sourceMessage: SourceMessage;
  /** Names of who asked and of the place; null where nobody knows. */
  userName: string | null;
  channelName: string | null;
}

/** A ticket that a message has already, as its announcement beside the message tells. */
export interface EarlierTicket {
  requestId: string;
  issueKey: string | null;
  issueUrl: string | null;
  issueType: string | null;
  announcement: Announcement;
}

/** Reads what the chat has of the message that a ticket is made of, and of its place. Throws AppError. */
export interface MessageReader {
  /**
   * Name of the ticket's channel, asked for where the request did not bring it; what it brought where nobody says. Throws
   * what passes by itself only where rules of channels go by their names.
   */
  channelNameOf(ticket: Ticket): Promise<string | null>;
  /**
   * Reads the message, unless its words are known, and what is known of its author and place. Null where its place turns
   * out to be one in which nobody asked for a ticket. Throws `not_found` where it is gone, `forbidden` where the app may not
   * read it, and what passes by itself.
   */
  readMessage(ticket: Ticket): Promise<ReadMessage | null>;
  /**
   * Looks beside the message for the announcement of a ticket of it, which another desktop may have made; this request's
   * own one counts first. Null where there is none, or only those beside which this one was asked for on purpose. Throws
   * `forbidden` and `not_found` where nobody can tell.
   */
  earlierTicket(ticket: Ticket): Promise<EarlierTicket | null>;
}
