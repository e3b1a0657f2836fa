import type { Label } from '../../../shared/labels.ts';
import type { Door, SlackFile, SourceMessage, Ticket } from '../../../shared/ticket.ts';

/** A request as Slack delivered it. */
export interface NewRequest {
  requestId: string;
  door: Door;
  /** The message that it is about; null where its text was written for this program alone. */
  sourceMessage: SourceMessage | null;
  files: readonly SlackFile[];
  /** The label that its person chose; null: a model says it. */
  label: Label | null;
  /** Values that its person gave for the tracker's fields, by field id; null: none. */
  wantedFields: Ticket['wantedFields'];
  team: string;
  user: string;
  userName: string | null;
  channel: string;
  channelName: string | null;
  text: string;
  /** The text as Slack sent it, with its marks; null where nobody knows it. */
  markup: string | null;
  summary: string;
  responseUrl: string | null;
}

/** What a command has of all that other doors bring. */
export const typedRequest = {
  door: 'command',
  sourceMessage: null,
  files: [],
  label: null,
  wantedFields: null,
} as const satisfies Partial<NewRequest>;

/** One run of the program, as claims tell it from others. */
export interface Instance {
  /** Id of the run, unlike that of any other. */
  run: string;
  /**
   * Whether nobody else can use the log while this run does, as where it lies in a folder that one run at a time has: then
   * every other claim in it is a dead run's. In a log that others use too, no name tells a dead run from a live one: a copy
   * of a machine has its names, its folders and the ids in them. There each claim lasts until its end.
   */
  ownsLog: boolean;
}

/** Rules that a new request is held against. */
export interface IntakeRules {
  /**
   * Time within which the same words are a slip of the finger, in milliseconds; 0, or absent: they are taken as meant.
   */
  duplicateWithinMs?: number;
  /** Whether a message that has a ticket may get another one; absent: it may not. */
  mayRepeatMessage?: boolean;
  /** New tickets that one person may file within a minute; 0, or absent: no limit. */
  mostPerMinute?: number;
  /** Instance that works on the ticket from the beginning; absent: nobody yet. */
  claimedBy?: Instance;
}

/**
 * Outcome of a request. `known`: the same request again. `duplicate`: another request for the same message, or of the
 * same person, channel and text moments ago.
 */
export interface Receipt {
  outcome: 'new' | 'known' | 'duplicate';
  ticket: Ticket;
}

/** A ticket that has no number yet. */
export type UnsavedTicket = Omit<Ticket, 'id'>;

export type TicketChange = Partial<
  Pick<
    Ticket,
    | 'user'
    | 'userName'
    | 'channelName'
    | 'sourceMessage'
    | 'files'
    | 'text'
    | 'markup'
    | 'summary'
    | 'classification'
    | 'isUnsure'
    | 'correction'
    | 'issueType'
    | 'wantedType'
    | 'wantedProject'
    | 'wantedFields'
    | 'note'
    | 'issueId'
    | 'issueKey'
    | 'issueUrl'
    | 'sent'
    | 'supplements'
    | 'status'
    | 'step'
    | 'decision'
    | 'announcement'
    | 'responseUrl'
    | 'error'
    | 'attempts'
    | 'nextTryAt'
    | 'claim'
  >
>;

/** Gives what changes of a ticket, or null for nothing. `at`: the time of the write, by the store's clock; ISO 8601. */
export type ChangeOf = (ticket: Ticket, at: string) => TicketChange | null;

/**
 * Writes and finds tickets. Every write is on disk when its promise resolves, and no other write comes
 * between a row that a function is given and what it gives. What a ticket becomes is said by `rules/`, for every store
 * alike. Throws AppError `storage_failed`.
 */
export interface TicketStore {
  /** Takes a request in (`judgeRequest`). Throws `rate_limited` for one too many, of which nothing is kept. */
  receive(request: NewRequest, rules?: IntakeRules): Promise<Receipt>;
  find(requestId: string): Promise<Ticket | null>;
  /** The newest ticket of this issue; null where there is none. */
  findByKey(issueKey: string): Promise<Ticket | null>;
  /**
   * Changes a ticket. Throws `not_found` where there is no such request. A decided ticket keeps the decision's status.
   */
  update(requestId: string, change: TicketChange | ChangeOf): Promise<Ticket>;
  /** Changes the request's ticket, or makes one where `known` is null. Null leaves the row as it is. */
  upsert(requestId: string, ticketOf: (known: Ticket | null, at: string) => UnsavedTicket | null): Promise<Ticket>;
  /** Tickets with something left to do without a person's help (`isResumable`), oldest first. */
  resumable(): Promise<Ticket[]>;
}
