import type { TextSupplement } from '../../../shared/ticket.ts';
import type { RichText } from '../../rich-text/rich-text.ts';

/** Marks our issues for searches; also the key of the entity property that says which request an issue is. */
export const ticketAgentMark = 'ticket-agent';

/** Second label of one request's issue, for servers that may not keep properties of a create. */
export function requestLabel(requestId: string): string {
  return `${ticketAgentMark}-${requestId.slice(0, 12)}`;
}

export interface IssueType {
  id: string;
  name: string;
  /** Its name in the site's own language; null where Jira does not say. Only Cloud says it. */
  untranslatedName: string | null;
  /** Whether it is neither a sub-task nor above stories, as epics are. */
  standard: boolean;
  subtask: boolean;
}

/** A field on the screen where issues of one type are created. */
export interface ScreenField {
  id: string;
  /** Words that people know it by, in the account's language. */
  name: string;
  required: boolean;
  /** Whether Jira fills it where nobody does. */
  hasDefault: boolean;
  schema: FieldSchema;
  /** What can be chosen; null where Jira does not list it. */
  options: readonly FieldOption[] | null;
}

/** Jira's own words for the kind of a field; each null where it does not say. */
export interface FieldSchema {
  /** `string`, `number`, `option`, `array`, `user`, `date`, ... */
  type: string | null;
  /** Kind of a list's items. */
  items: string | null;
  /** Which of Jira's own fields it is. */
  system: string | null;
  /** Which kind of custom field: `com.atlassian.jira.plugin.system.customfieldtypes:select`. */
  custom: string | null;
}

export interface FieldOption {
  /** null where Jira gives none. */
  id: string | null;
  /** Words that people know it by. */
  name: string;
  /** The second choice of a cascading select. */
  children: readonly FieldOption[];
}

/** An issue with what was asked for of it. */
export interface StoredIssue {
  id: string;
  key: string;
  summary: string;
  issueType: string;
  /** Null where Jira does not tell it. */
  issueTypeId: string | null;
  status: string | null;
  assignee: string | null;
  labels: readonly string[];
  /** Both as Jira writes them: `2026-01-31T10:15:00.000+0000`. */
  created: string | null;
  updated: string | null;
  /** Our entity property, unchecked; undefined where the issue has none. */
  property: unknown;
}

export interface FoundPage {
  issues: StoredIssue[];
  /** Where the next page begins; null on the last one. */
  next: string | null;
}

/** A person as a field takes one: Cloud by its own id, Data Center by the name that people log in with. */
export type AccountReference = { accountId: string } | { name: string };

export interface NewIssue {
  /** Fields as the REST API takes them. */
  fields: Record<string, unknown>;
  /** Rich text by field id, the description too, which each dialect renders. */
  texts: Record<string, RichText>;
  /** Value of our entity property. */
  property: Record<string, unknown>;
  /** Awaited before a create that may carry no mark of its request, where that is to be known. */
  beforeUnmarked?: (() => Promise<void>) | undefined;
}

/**
 * What the tracker asks of a Jira, in one dialect of its REST API: `cloud-api.ts` and `datacenter-api.ts`.
 * Throws AppError as `errors.ts` translates. Keys and projects must have been checked: they enter paths as they are.
 */
export interface JiraApi {
  /** Where Jira is asked, without a trailing slash. */
  readonly baseUrl: string;
  issueTypes(project: string): Promise<IssueType[]>;
  createScreen(project: string, issueTypeId: string): Promise<ScreenField[]>;
  /**
   * Throws `unconfirmed` when Jira took the request and its answer names no issue. `due`: what of the issue may not have
   * come with it, and is to be looked for.
   */
  createIssue(issue: NewIssue): Promise<{ id: string; key: string; due: readonly TextSupplement[] }>;
  getIssue(key: string): Promise<StoredIssue>;
  /**
   * Reads up to a hundred issues by key; those that are absent, or that this account may not read, are left out.
   * `isFurther`: whether it is one question together with a call before; false where absent.
   */
  readIssues(keys: readonly string[], isFurther?: boolean): Promise<Map<string, StoredIssue>>;
  /** Number of issues that may be read every half a minute without a burden: small where each is a request. */
  readsAtOnce(): Promise<number>;
  /** `withProperty`: whether our property is wanted, for which some servers must be asked issue by issue. */
  search(jql: string, page: { size: number; from: string | null; withProperty: boolean }): Promise<FoundPage>;
  /**
   * Clause of JQL for the issue of a request that was received so many minutes ago, and for few others, in any project:
   * by label and time only, since the reporter and the account that creates may be others by then. `isOfRequest`: whether
   * it finds no other request's.
   */
  requestClause(requestId: string, minutes: number): Promise<{ jql: string; isOfRequest: boolean }>;
  /**
   * Whether every issue that is created in the project can be known as the request's from the start, by its property or
   * by the request's own label.
   */
  marksCreates(project: string): Promise<boolean>;
  /** Our property; undefined where the issue has none, or does not exist. */
  getProperty(key: string): Promise<unknown>;
  setProperty(key: string, value: Record<string, unknown>): Promise<void>;
  deleteIssue(key: string): Promise<void>;
  /** Ids of the transitions that this account may make now and that end in a status of category done. */
  closingTransitions(key: string): Promise<string[]>;
  transition(key: string, transitionId: string): Promise<void>;
  addLabel(key: string, label: string): Promise<void>;
  /** Characters of a text as Jira counts them against its limit. */
  lengthOf(text: RichText): Promise<number>;
  /** The issue's description; empty where it has none. */
  descriptionOf(key: string): Promise<RichText>;
  /** Adds a comment that is known by the request again. Not idempotent, as `createIssue` is not: look with `findComment`. */
  addComment(key: string, body: RichText, mark: { requestId: string }): Promise<void>;
  /**
   * What the comment of that request says: of one with our comment property, which says so for every account; where a
   * server lacks those, of one of our account's that names the request's file, or whose first line has the words of
   * `firstLine`. Null where there is none.
   */
  findComment(key: string, requestId: string, firstLine?: string): Promise<RichText | null>;
  /** Attaches a file; what is given as text is one. Not idempotent: look with `attachmentNames`. */
  attach(key: string, file: { name: string; content: string | Blob }): Promise<void>;
  /** What this Jira takes as attachments. `mostBytes`: of one file; null where it does not say. */
  attachmentRules(): Promise<{ areOn: boolean; mostBytes: number | null }>;
  attachmentNames(key: string): Promise<string[]>;
  /** Throws `invalid_input` where the project does not let the issue become one of that type. */
  setIssueType(key: string, issueTypeId: string): Promise<void>;
  /**
   * What a field for people takes for whoever has that address or that whole name; null where that is nobody or several, or
   * where nobody may ask.
   */
  findAccount(email: string): Promise<AccountReference | null>;
  /** The same for the account that we sign in with. */
  ownAccount(): Promise<AccountReference | null>;
  /** The account's name, where Jira tells it. Throws `unauthorized` where the login is not accepted. */
  checkLogin(): Promise<string | null>;
  /** The first hundred projects in which this account may create issues. */
  projects(): Promise<{ projects: { id: string; key: string; name: string }[]; isCut: boolean }>;
  /** Throws `not_found` where this account sees no such project. */
  projectKey(project: string): Promise<string>;
  /** Whether this account may create issues in the project; throws `not_found` where it sees no such project. */
  mayCreate(project: string): Promise<boolean>;
  /** Whether the project, by its key, has no issue at all, also none that this account may not see; null: nobody can tell. */
  isEmpty(projectKey: string): Promise<boolean | null>;
  /** Whether this account may edit issues in the project, which storing a decision takes. */
  mayEdit(project: string): Promise<boolean>;
  /** Where people see issues, without a trailing slash. */
  siteUrl(): Promise<string>;
  /** What the site calls itself, without a trailing slash: people may know it by another address than JIRA_BASE_URL. */
  ownUrl(): Promise<string>;
}
