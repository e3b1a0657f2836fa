import type { Label } from '../../../shared/labels.ts';
import type { Announcement, Decision, Ticket } from '../../../shared/ticket.ts';
import type { Activity, TicketEvent, TicketFilter, TicketOverview, TicketPage } from '../../../shared/ticket-list.ts';
import type { ListedIssue } from './issue-tracker.ts';

/** A request as Slack delivered it. */
export interface NewRequest {
  requestId: string;
  team: string;
  user: string;
  userName: string | null;
  channel: string;
  channelName: string | null;
  text: string;
  summary: string;
  responseUrl: string | null;
}

/** `known`: the same request again. `twin`: the same person, channel and text moments ago, another request. */
export interface Receipt {
  outcome: 'new' | 'known' | 'twin';
  ticket: Ticket;
}

/** A click on a ticket's message, with all that a desktop needs that never handled the request. */
export interface TicketClick {
  requestId: string;
  team: string;
  /** Who asked, as the button's value says. */
  user: string;
  channel: string;
  issueKey: string;
  issueType: string | null;
  issueUrl: string | null;
  summary: string;
  /** The message that was clicked; null where a decision in the window knows of none. */
  announcement: Announcement | null;
  responseUrl: string | null;
}

export interface DecisionReceipt {
  accepted: boolean;
  ticket: Ticket;
}

export type TicketChange = Partial<
  Pick<
    Ticket,
    | 'summary'
    | 'classification'
    | 'isUnsure'
    | 'correction'
    | 'issueType'
    | 'wantedType'
    | 'wantedProject'
    | 'note'
    | 'issueId'
    | 'issueKey'
    | 'issueUrl'
    | 'sent'
    | 'status'
    | 'step'
    | 'decision'
    | 'announcement'
    | 'responseUrl'
    | 'error'
    | 'attempts'
    | 'nextTryAt'
  >
>;

/** The log of requests. Every write is on disk when its promise resolves. Throws AppError `storage_failed`. */
export interface TicketLog {
  /**
   * `twinWithinMs`: how long ago the same words count as a slip of the finger; 0 to take them as meant. `mostPerMinute`: as
   * many new tickets as one person may file within a minute; 0, or absent, for no limit. Throws `rate_limited` for one
   * more, of which nothing is kept.
   */
  receive(request: NewRequest, twinWithinMs: number, mostPerMinute?: number): Promise<Receipt>;
  find(requestId: string): Promise<Ticket | null>;
  /**
   * Throws `not_found` where there is no such request. A decided ticket keeps the decision's status. Where the change
   * depends on the row, it is a function: no other write comes between the row it is given and what it gives. Its null
   * leaves the row as it is.
   */
  update(requestId: string, change: TicketChange | ((ticket: Ticket) => TicketChange | null)): Promise<Ticket>;
  /**
   * `accepted` is false, and the ticket unchanged, where there is one that stands (`decision-order.ts`). Where there is no
   * row for the request, one is made from the click; one at `done` goes back to `announced`. The row takes over what it
   * lacks of the click: the issue (and is at `announced` then), who asked and where, the summary. The click's message
   * and reply address are taken over where the row knows no message, or one that can only be rewritten through the
   * click's own address.
   */
  decide(click: TicketClick, decision: Decision): Promise<DecisionReceipt>;
  /**
   * The row of a ticket that another desktop filed, made from a click on its message. Where there is one, it is given
   * back, completed as at `decide`.
   */
  learn(click: TicketClick): Promise<Ticket>;
  /** The ticket of this issue; null where there is none. */
  findByKey(issueKey: string): Promise<Ticket | null>;
  /** What people corrected and whose words are still there, newest first: a classifier learns from them. */
  corrections(limit: number): Promise<Array<{ text: string; label: Label; at: string }>>;
  /** What has something left to do without a person's help, oldest first. */
  unfinished(): Promise<Ticket[]>;
  /**
   * A page of what another desktop may have a word on: tickets with an issue that wait for a decision, or whose
   * decision was taken at the given moment (ISO 8601) or later. In the order of their ids: those after the id `after`,
   * where null is the start, at most `limit`. A page that is not full is the last one.
   */
  undecided(query: { decidedAfter: string; after: number | null; limit: number }): Promise<Ticket[]>;
  /** A page of what the window lists, newest first. */
  page(query: { filter: TicketFilter; offset: number; limit: number }): Promise<TicketPage>;
  /** Whole tickets, newest first. */
  list(query: { filter: TicketFilter; limit: number }): Promise<Ticket[]>;
  /** All that the filter lets through, newest first, in pages; what comes or goes meanwhile may be there or not. */
  all(filter: TicketFilter): AsyncIterable<Ticket[]>;
  /** How many tickets each view has, and which channels and people there are. */
  overview(): Promise<TicketOverview>;
  /** What happened to a ticket, oldest first. */
  events(requestId: string): Promise<TicketEvent[]>;
  /** What happened last, newest first. */
  activity(limit: number): Promise<Activity[]>;
  /**
   * Adds the issues whose request the log lacks, as tickets of origin `jira`; gives how many. Where the request is known
   * as failed without an issue, its row learns which one it has after all.
   */
  adopt(issues: ListedIssue[]): Promise<number>;
  /**
   * Removes what is older than the given moments (ISO 8601; null: keep) from tickets that have nothing left to do: the
   * words people typed (the summary becomes "(text removed)", and so do error messages), or the whole row. A ticket
   * that waits for a decision loses its words and keeps its row. Gives how many rows changed; aborted, it stops
   * between two small writes and gives those so far.
   */
  prune(limits: { textsBefore: string | null; ticketsBefore: string | null }, signal?: AbortSignal): Promise<number>;
  /** Rows, and bytes on disk. */
  size(): Promise<{ tickets: number; bytes: number }>;
  /** Waits for writes in hand and closes the file. */
  close(): Promise<void>;
}
