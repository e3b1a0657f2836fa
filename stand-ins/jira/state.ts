import { randomBytes } from 'node:crypto';
import type { Json } from '../record.ts';
import { createWatch, type Watch } from '../watch.ts';
import { type JiraProject, type JiraProjectSeed, toProject } from './projects.ts';

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

/** An issue as it is stored; `fields` as they were sent. */
export interface JiraIssue {
  id: string;
  key: string;
  projectKey: string;
  issueType: string;
  fields: Json;
  properties: Record<string, unknown>;
  status: JiraStatus;
  /** Display name. */
  assignee: string | null;
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
  /** Email of the account that created it. */
  reporter: string;
}

export interface JiraAccount {
  accountId: string;
  email: string;
  apiToken: string;
  displayName: string;
  /** IANA name; JQL reads dates in it. */
  timeZone: string;
}

export interface JiraState {
  projects: JiraProject[];
  issues: JiraIssue[];
  account: JiraAccount;
  watch: Watch<JiraIssue>;
  /** How long a new issue stays out of searches, in milliseconds; may be changed at any time. */
  indexLagMs: number;
  /** How far the site's clock is ahead of the computer's, in milliseconds; may be changed at any time. */
  aheadMs: number;
  /** The site's time, in milliseconds since 1970. */
  now(): number;
  findProject(keyOrId: string): JiraProject | undefined;
  projectOf(issue: JiraIssue): JiraProject;
  addIssue(issue: Pick<JiraIssue, 'projectKey' | 'issueType' | 'fields'> & Partial<JiraIssue>): JiraIssue;
}

export interface JiraSeed {
  email?: string;
  apiToken?: string;
  timeZone?: string;
  projects?: JiraProjectSeed[];
}

/** The site's memory: one account, its projects and their issues. */
export function createJiraState(seed: JiraSeed): JiraState {
  const projects = (seed.projects ?? [{ key: 'KAN', name: 'Kanban' }]).map(toProject);
  const issues: JiraIssue[] = [];
  const lastNumbers = new Map<string, number>();
  let lastId = 20_000;
  const account: JiraAccount = {
    accountId: `712020:${randomBytes(12).toString('hex')}`,
    email: seed.email ?? 'demo@example.com',
    apiToken: seed.apiToken ?? `ATATT3x${randomBytes(24).toString('base64url')}`,
    displayName: 'Demo Account',
    timeZone: seed.timeZone ?? 'Europe/Berlin',
  };
  const state: JiraState = {
    projects,
    issues,
    account,
    watch: createWatch(() => issues, 'issue'),
    indexLagMs: 0,
    aheadMs: 0,
    now: () => Date.now() + state.aheadMs,
    findProject: (keyOrId) => projects.find(({ id, key }) => id === keyOrId || key === keyOrId.toUpperCase()),
    projectOf(issue) {
      const project = projects.find(({ key }) => key === issue.projectKey);
      if (project === undefined) throw new Error(`The site has no project ${issue.projectKey}.`);
      return project;
    },
    addIssue(given) {
      const { projectKey } = given;
      const now = state.now();
      const issue: JiraIssue = {
        id: String(lastId + 1),
        key: `${projectKey}-${(lastNumbers.get(projectKey) ?? 0) + 1}`,
        properties: {},
        status: jiraStatuses[0],
        assignee: null,
        createdAt: now,
        updatedAt: now,
        reporter: account.email,
        ...given,
      };
      state.projectOf(issue);
      // Numbers and ids go on after the highest ever given, also after one that came from outside or is deleted.
      lastId = Math.max(lastId, Number(issue.id));
      lastNumbers.set(projectKey, Math.max(lastNumbers.get(projectKey) ?? 0, Number(issue.key.split('-').at(-1))));
      issues.push(issue);
      state.watch.changed(issue);
      return issue;
    },
  };
  return state;
}
