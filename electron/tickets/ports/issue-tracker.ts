import type { FormField, IssueForm } from '../../../shared/issue-form.ts';
import type { Label } from '../../../shared/labels.ts';
import type {
  Classification,
  Correction,
  Decision,
  SentCreate,
  SlackFile,
  SourceMessage,
  TextSupplement,
} from '../../../shared/ticket.ts';

/** A ticket that is to become an issue. */
export interface IssueDraft {
  requestId: string;
  /** One line, at most 255 characters. */
  summary: string;
  text: string;
  /** The text as Slack sent it, with its marks; null: the text is all there is. */
  markup: string | null;
  requester: { id: string; name: string | null };
  /** Asks for the requester's address, only to find their account in the tracker: neither stored nor logged. As `People`. */
  requesterEmail(): Promise<string | null>;
  channel: { id: string; name: string | null };
  /** The message that it was made of; null where the text was written for this program. */
  message: Pick<SourceMessage, 'author' | 'authorName' | 'url'> | null;
  classification: Classification;
  /** Files of its message, which `attachFiles` puts on the issue. */
  files: readonly DraftFile[];
  /** Moment at which the request was received; ISO 8601. Nothing created earlier can be its issue. */
  receivedAt: string;
  /** Key or numeric id of the project; empty where none is chosen. */
  project: string;
  /** The type that it is to have: its id, or its name in whatever language. */
  issueType: string;
  /** Labels beside the tracker's own mark. */
  labels: readonly string[];
  /** Values for the project's fields, by field id or name: as the settings have them, and as a person gave them, which count first. */
  defaultFields: Readonly<Record<string, unknown>>;
  wantedFields: Readonly<Record<string, unknown>>;
}

/** A field that somebody is asked for in the chat. */
export interface AskedField extends FormField {
  /** Whether an input can hold it: the tracker told what it takes, and it is of a kind that is known. */
  isKnown: boolean;
  /** Why what was given for it cannot be used; null where it can, or nothing was given. */
  problem: string | null;
}

/** A form with what a chat needs beside the window. */
export interface AskedForm extends Omit<IssueForm, 'fields'> {
  /** Stays where a type is renamed; null where the tracker does not tell. */
  issueTypeId: string | null;
  /** What each of the types becomes that were asked about; null where the tracker has or tells none. */
  typeNames: readonly (string | null)[];
  fields: readonly AskedField[];
}

/** A file of a message; where it is read is the source's own business. */
export interface DraftFile extends Pick<SlackFile, 'id' | 'name' | 'size' | 'link'> {
  /** Fetches it, as `FileSource` does. */
  fetch<Result>(mostBytes: number, use: (content: Blob) => Promise<Result>): Promise<Result>;
}

export interface CreatedIssue {
  id: string;
  key: string;
  /** Address of the issue for people. */
  url: string;
  issueType: string;
  /** Note for a person: "The project has no type Bug, so this is a Task." */
  note: string | null;
  /** What is still to be put on the issue. */
  due: readonly TextSupplement[];
}

/** Result of a look for a create whose answer is missing. */
export interface LookupResult {
  issue: CreatedIssue | null;
  /**
   * Whether, without an issue, there certainly is none, because the project's newest key has not moved or every later
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
  /**
   * Request id from the property that we stored on it; null where it is not there or says nothing, or proves no
   * decision.
   */
  requestId: string | null;
  requester: { id: string; name: string | null } | null;
  channel: { id: string; name: string | null } | null;
  label: Label | null;
  decision: Decision | null;
  /** Moment of its creation; ISO 8601. */
  createdAt: string;
}

/** Decision and correction by people, as they are stored on an issue. */
export interface IssueMarks {
  decision: Decision | null;
  /** The label that was corrected, and how. */
  correction: (Omit<Correction, 'isTold'> & { label: Label }) | null;
}

/** Marks that an issue proves: what anybody else who may edit it wrote there counts as absent. */
export interface StoredMarks extends IssueMarks {
  /**
   * A decision that is sealed with a key which is not known here, such as that of a token that was replaced long ago.
   * It says nothing; but where the log knows just this decision, nothing needs to be stored again.
   */
  unproven: Decision | null;
}

/** Where an issue is now: its project may have another key, or it may have moved to another one, with that one's types. */
export interface IssuePlace {
  key: string;
  /** Address of the issue for people. */
  url: string;
  issueType: string;
}

/** An issue as `/ticket_status` shows it. */
export interface IssueView extends IssuePlace {
  id: string;
  summary: string;
  /** Stays where a type is renamed; null where the tracker does not tell it. */
  issueTypeId: string | null;
  status: string;
  /** Display name; null when nobody is assigned. */
  assignee: string | null;
  /** Moment of its last change; ISO 8601. */
  updatedAt: string;
  /** The label this program stored on the issue, where it did; null where somebody else seems to have corrected it. */
  label: Label | null;
  /** Whether this program made it: it carries our mark. */
  isOurs: boolean;
}

/**
 * The issue tracker. Methods throw AppError: `unavailable` where nothing was sent, `unconfirmed` where a write
 * may have arrived, `unauthorized`, `forbidden`, `not_found`, `invalid_input` (with the tracker's own words on
 * each field), `rate_limited` with `retryAfterMs`, `bad_response`, `not_configured`. Projects go by key or numeric id, one
 * with each request.
 */
export interface IssueTracker {
  /**
   * Tells where an issue would go now, and what is known there: to be stored before `createIssue`, for `findCreated`.
   */
  beforeCreate(project: string): Promise<Omit<SentCreate, 'lookUntil'>>;
  /** Asks what a person has to give before such an issue can be made; the keys of `wantedFields` are asked for in any case. */
  formFor(
    draft: Pick<IssueDraft, 'project' | 'issueType' | 'labels' | 'defaultFields' | 'wantedFields'>,
  ): Promise<IssueForm>;
  /** Asks the same for a form in the chat: `also`, ids of fields, where the project has them, and what becomes of `types`. */
  askedFor(
    draft: Pick<IssueDraft, 'project' | 'issueType' | 'labels' | 'defaultFields' | 'wantedFields'>,
    more: { types: readonly string[]; also: readonly string[] },
  ): Promise<AskedForm>;
  /**
   * Files the issue, marked with the request's id. Not idempotent: never repeat it after `unconfirmed`. `beforeUnmarked` is
   * awaited before the tracker is asked for one that may carry no such mark, because it refused that: of such a one nobody
   * can know that it is not there.
   */
  createIssue(draft: IssueDraft, beforeUnmarked?: () => Promise<void>): Promise<CreatedIssue>;
  /**
   * Looks for the issue that carries this request's id. `sent`: what `beforeCreate` said; null where nobody
   * knows that any more. `isOpen`: whether it may take effect yet, so that nothing is certain: then it is looked for where
   * that costs little. `summary`: what nobody knows to be another's is not where it has the same. Throws `forbidden` where
   * it was sent to another site.
   */
  findCreated(
    request: Pick<IssueDraft, 'requestId' | 'receivedAt' | 'project'> & {
      sent: SentCreate | null;
      isOpen?: boolean;
      summary?: string;
    },
  ): Promise<LookupResult>;
  /**
   * Puts on the issue what its create did not take, unless it is there already: asked again it does nothing twice. Gives
   * what is due because of it. Throws `unconfirmed` where it may be there, `forbidden`, `not_found` and `invalid_input`
   * where the tracker will not have it.
   */
  supplement(key: string, part: TextSupplement, draft: IssueDraft): Promise<readonly TextSupplement[]>;
  /**
   * Attaches each of the draft's files that is not there yet. Gives what became of the others, in a sentence for people; null
   * where all are there. Throws as `supplement` does, and what fetching a file throws that passes by itself.
   */
  attachFiles(key: string, draft: IssueDraft): Promise<string | null>;
  getIssue(key: string): Promise<IssueView>;
  /**
   * Stores the decision on the issue, unless one is stored there that stands against it (`decision-order.ts`), and the
   * correction that is known, where one is, unless a later one is. Gives the decision that stands, which may have been
   * taken on another desktop, and where the issue is. Throws `not_found` where the issue is another
   * request's, and `unavailable` before it is known by which key it is to be sealed.
   */
  recordDecision(
    key: string,
    decision: Decision & { requestId: string; correction?: IssueMarks['correction'] },
  ): Promise<{ decision: Decision; place: IssuePlace }>;
  /** Number of issues whose marks may be read every half a minute. */
  marksAtOnce(): Promise<number>;
  /**
   * Reads what is stored on the issues of these requests, by request id. Left out are those that cannot be read, and
   * all of them before it is known by which key they are sealed.
   */
  readMarks(
    issues: readonly { key: string; requestId: string }[],
  ): Promise<Map<string, { marks: StoredMarks; place: IssuePlace }>>;
  /**
   * Stores the corrected label on the issue, in the same way with the decision that is known, where one is, and gives
   * it the label's type, where the project allows that. Gives the type that it has then, and a note where that is not
   * the label's. Throws as `recordDecision` does.
   */
  relabel(
    key: string,
    correction: NonNullable<IssueMarks['correction']> & {
      requestId: string;
      decision?: IssueMarks['decision'];
    },
    labelToIssueType: Readonly<Record<Label, string>>,
  ): Promise<IssuePlace & { note: string | null }>;
  /**
   * Whether an issue that this program made is deleted: it is not found, and its project can be seen all the same. Throws
   * where nobody can tell.
   */
  isGone(key: string): Promise<boolean>;
  /**
   * Whether people see this tracker's issues at this address, which is one of the web; throws where nobody can tell.
   */
  isOwnAddress(address: string): Promise<boolean>;
  /** Key of a project that may be given by its id. */
  projectKey(project: string): Promise<string>;
  /** The key that a project has now; after a change its issues are still found by the one before. */
  currentKey(projectKey: string): Promise<string>;
  /** Resolves when the account can work in the project. */
  check(project: string): Promise<void>;
  /** A page of the project's issues that carry our mark, newest first. `from`: `next` of the page before. */
  listIssues(project: string, from: string | null): Promise<{ issues: ListedIssue[]; next: string | null }>;
  /** Clears an issue that was only a test, as far as the account may: the first of these that works. */
  clearTest(key: string): Promise<'deleted' | 'closed' | 'labelled' | 'left'>;
}
