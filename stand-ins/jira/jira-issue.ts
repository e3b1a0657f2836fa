import type { Json } from '../record.ts';

export interface JiraStatus {
  id: string;
  name: string;
  category: 'new' | 'indeterminate' | 'done';
}

/** The workflow of every project: from anywhere to anywhere, by the transition of the same number. */
export const jiraStatuses = [
  { id: '11', name: 'To Do', category: 'new' },
  { id: '21', name: 'In Progress', category: 'indeterminate' },
  { id: '31', name: 'Done', category: 'done' },
] as const satisfies JiraStatus[];

export interface JiraComment {
  id: string;
  /** Email. */
  author: string;
  /** A rich text as it was sent. */
  body: unknown;
  properties: Record<string, unknown>;
  /** Milliseconds since 1970. */
  createdAt: number;
}

export interface JiraAttachment {
  id: string;
  name: string;
  mimeType: string;
  content: string;
  /** Email. */
  author: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** An issue as it is stored; `fields` as they were sent. */
export interface JiraIssue {
  id: string;
  key: string;
  /** Keys that it had in other projects, or when its project had another key. */
  formerKeys: string[];
  projectKey: string;
  issueType: string;
  fields: Json;
  properties: Record<string, unknown>;
  comments: JiraComment[];
  attachments: JiraAttachment[];
  status: JiraStatus;
  /** Whether it can be read by its key alone, and not changed. */
  isArchived: boolean;
  /** Display name. */
  assignee: string | null;
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
  /** Email of the account that created it. */
  creator: string;
  /** Email. */
  reporter: string;
}
