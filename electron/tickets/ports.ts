import type { AppError } from '../../shared/errors.ts';
import type { Label } from '../../shared/labels.ts';
import type { Announcement, Classification, Correction, Decision, SentCreate, Ticket } from '../../shared/ticket.ts';
import type { Activity, TicketEvent, TicketFilter, TicketOverview, TicketPage } from '../../shared/ticket-list.ts';

/** Sorts a ticket's text into one of the five labels. Takes and gives serialisable values only. */
export interface Classifier {
  /** Never rejects: where no model answers, the answer is Task with source `none`. */
  classify(text: string): Promise<Classification>;
}

/** Of a ticket whose label alone is known. */
export const unknownSource = {
  confidence: null,
  probabilities: null,
  source: 'none',
  model: null,
  ms: 0,
} satisfies Partial<Classification>;

/** What is to become an issue. */
export interface IssueDraft {
  requestId: string;
  /** One line, at most 255 characters. */
  summary: string;
  text: string;
  requester: { id: string; name: string | null };
  channel: { id: string; name: string | null };
  classification: Classification;
  /** When the request was received; ISO 8601. Nothing created earlier can be its issue. */
  receivedAt: string;
  /** What a person chose instead of what the settings say: an issue type by name, a project by key. */
  wantedType: string | null;
  wantedProject: string | null;
}

export interface CreatedIssue {
  id: string;
  key: string;
  /** Address of the issue for people. */
  url: string;
  issueType: string;
  /** What a person should know: "The project has no type Bug, so this is a Task." */
  note: string | null;
}

/** What was found of a create whose answer is missing. */
export interface Findings {
  issue: CreatedIssue | null;
  /**
   * Without an issue: whether there certainly is none, because the project's newest key has not moved or every later
   * one could be read. Otherwise one that this account may not read could be it.
   */
  isCertain: boolean;
}

/** One of our issues, as the tracker alone knows it. */
export interface ListedIssue {
  id: string;
  key: string;
  url: string;
  summary: string;
  issueType: string;
  /** From the property that we stored on it; null where it is not there or says nothing, or proves no decision. */
  requestId: string | null;
  requester: { id: string; name: string | null } | null;
  channel: { id: string; name: string | null } | null;
  label: Label | null;
  decision: Decision | null;
  /** ISO 8601. */
  createdAt: string;
}

/** What people decided and corrected, as it is stored on an issue. */
export interface IssueMarks {
  decision: Decision | null;
  /** The label that was corrected, and how. */
  correction: (Omit<Correction, 'isTold'> & { label: Label }) | null;
}

/** What an issue proves of that: what anybody else who may edit it wrote there counts as absent. */
export interface StoredMarks extends IssueMarks {
  /**
   * A decision that is sealed with a key which is not known here, such as that of a token that was replaced long ago. It
   * says nothing; but where the log knows just this decision, nothing needs to be stored again.
   */
  unproven: Decision | null;
}

/** An issue as `/ticket_status` shows it. */
export interface IssueView {
  id: string;
  key: string;
  url: string;
  summary: string;
  status: string;
  issueType: string;
  /** Display name; null when nobody is assigned. */
  assignee: string | null;
  /** ISO 8601. */
  updatedAt: string;
  /** The label this program stored on the issue, where it did; null where somebody else seems to have corrected it. */
  label: Label | null;
  /** Whether this program made it: it carries our mark. */
  isOurs: boolean;
}

/**
 * The issue tracker. Methods throw AppError: `unavailable` where nothing was sent, `unconfirmed` where a write
 * may have arrived, `unauthorized`, `forbidden`, `not_found`, `invalid_input` (with the tracker's own words on
 * each field), `rate_limited` with `retryAfterMs`, `bad_response`, `not_configured`.
 */
export interface IssueTracker {
  /** Where an issue would go now, and what is known there: to be stored before `createIssue`, for `findCreated`. */
  beforeCreate(wantedProject: string | null): Promise<Omit<SentCreate, 'lookUntil'>>;
  /** Files the issue, marked with the request's id. Not idempotent: never repeat it after `unconfirmed`. */
  createIssue(draft: IssueDraft): Promise<CreatedIssue>;
  /**
   * Looks for the issue that carries this request's id. `sent`: what `beforeCreate` said; null where an older program
   * sent it. Throws `forbidden` where it was sent to another site.
   */
  findCreated(
    request: Pick<IssueDraft, 'requestId' | 'receivedAt' | 'wantedProject'> & { sent: SentCreate | null },
  ): Promise<Findings>;
  getIssue(key: string): Promise<IssueView>;
  /**
   * Stores the decision on the issue, unless one is stored there that stands against it (`decision-order.ts`), and the
   * correction that is known, where one is, unless a later one is. Gives the decision that stands, which may have been
   * taken on another desktop. Throws `not_found` where the issue is another
   * request's, and `unavailable` before it is known by which key it is to be sealed.
   */
  recordDecision(
    key: string,
    decision: Decision & { requestId: string; correction?: IssueMarks['correction'] },
  ): Promise<Decision>;
  /**
   * What is stored on the issues of these requests, by request id. Left out are those that cannot be read, and all of
   * them before it is known by which key they are sealed.
   */
  readMarks(issues: readonly { key: string; requestId: string }[]): Promise<Map<string, StoredMarks>>;
  /**
   * Stores the corrected label on the issue, in the same way with the decision that is known, where one is, and gives it
   * the label's type, where the project allows that. Gives the type that it has then, and a note where that is not the label's. Throws as `recordDecision` does.
   */
  relabel(
    key: string,
    correction: NonNullable<IssueMarks['correction']> & { requestId: string; decision?: IssueMarks['decision'] },
  ): Promise<{ issueType: string; note: string | null }>;
  /** Whether people see this tracker's issues at this address, which is one of the web; throws where nobody can tell. */
  isOwnAddress(address: string): Promise<boolean>;
  /** Key of the configured project, which may be given by its id. */
  projectKey(): Promise<string>;
  /** The key that a project has now; after a change its issues are still found by the one before. */
  currentKey(projectKey: string): Promise<string>;
  /** Resolves when the account can work in the project. */
  check(): Promise<void>;
  /** A page of the configured project's issues that carry our mark, newest first. `from`: `next` of the page before. */
  listIssues(from: string | null): Promise<{ issues: ListedIssue[]; next: string | null }>;
  /** Clears an issue that was only a test, as far as the account may: the first of these that works. */
  clearTest(key: string): Promise<'deleted' | 'closed' | 'labelled' | 'left'>;
}

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

/** Speaks to people, from the ticket alone, so that it works after a restart too. Throws AppError. */
export interface Messenger {
  /**
   * Posts the approval message where the requester asked, or to the requester alone where it may not. A channel takes
   * about one message a second, so this may wait: aborted meanwhile, it rejects with the signal's reason and nothing is
   * posted.
   */
  announce(ticket: Ticket, signal?: AbortSignal): Promise<Announcement>;
  /**
   * Where the approval message of this ticket is, or null where it was not posted. Throws `forbidden` where that cannot be
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
   * Tells the requester, and nobody else, that the ticket is not made (yet), why, and what happens next; `signal` as for
   * `announce`.
   */
  explain(ticket: Ticket, error: AppError, signal?: AbortSignal): Promise<void>;
}
