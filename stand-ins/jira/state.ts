import { createWatch, type Watch } from '../watch.ts';
import { cloudDialect } from './cloud-dialect.ts';
import { dataCenterDialect } from './datacenter-dialect.ts';
import type { JiraDialect } from './dialect.ts';
import { type JiraIssue, jiraStatuses } from './jira-issue.ts';
import { type JiraDeployment, type JiraMake, toMake } from './make.ts';
import { type JiraAccount, type JiraPerson, type JiraPersonSeed, toAccount, toPerson } from './people.ts';
import { type JiraProject, type JiraProjectSeed, toProject } from './projects.ts';

type NewJiraIssue = Pick<JiraIssue, 'projectKey' | 'issueType' | 'fields'> & Partial<JiraIssue>;

export interface JiraState {
  make: JiraMake;
  dialect: JiraDialect;
  projects: JiraProject[];
  issues: JiraIssue[];
  account: JiraAccount;
  /** The account among them. */
  people: JiraPerson[];
  /** Whether the account may look for people; may be changed at any time. */
  mayBrowsePeople: boolean;
  /** The largest file that may be attached, in bytes. */
  attachmentLimit: number;
  /** Whether files may be attached at all. */
  attachmentsOn: boolean;
  watch: Watch<JiraIssue>;
  /** How long a new issue stays out of searches, in milliseconds; may be changed at any time. */
  indexLagMs: number;
  /** How far the site's clock is ahead of the computer's, in milliseconds; may be changed at any time. */
  aheadMs: number;
  /** The site's time, in milliseconds since 1970. */
  now(): number;
  /** Numbers whatever is no issue, uniquely. */
  nextId(): string;
  /** Finds it by any key that it has or had. */
  findProject(keyOrId: string): JiraProject | undefined;
  projectOf(issue: JiraIssue): JiraProject;
  /** Finds it by any key that it has or had, whatever its case; only where the account may see it. */
  findIssue(keyOrId: string): JiraIssue | undefined;
  addIssue(issue: NewJiraIssue): JiraIssue;
  /** A key in the project that no issue had. */
  nextKey(projectKey: string): string;
  /** Lets a project's numbers go on under its new key. */
  continueNumbers(oldKey: string, newKey: string): void;
  changed(issue: JiraIssue): void;
}

export type JiraSeed = JiraDeployment & {
  email?: string;
  apiToken?: string;
  timeZone?: string;
  projects?: JiraProjectSeed[];
  /** Others whom the site knows. */
  people?: JiraPersonSeed[];
  /** The largest file that may be attached, in bytes; 10 MB by default. */
  attachmentLimit?: number;
  /** Whether files may be attached at all; true by default. */
  attachmentsOn?: boolean;
};

/** The site's memory: one account, its projects and their issues. */
export function createJiraState(seed: JiraSeed): JiraState {
  const make = toMake(seed);
  const isCloud = make.deployment === 'cloud';
  const projects = (seed.projects ?? [{ key: 'KAN', name: 'Kanban' }]).map(toProject);
  const issues: JiraIssue[] = [];
  const lastNumbers = new Map<string, number>();
  let lastId = 20_000;
  let lastOtherId = 50_000;
  const account = toAccount({ ...seed, tokenPrefix: isCloud ? 'ATATT3x' : '' });
  const state: JiraState = {
    make,
    dialect: isCloud ? cloudDialect : dataCenterDialect,
    projects,
    issues,
    account,
    people: [account, ...(seed.people ?? []).map(toPerson)],
    mayBrowsePeople: true,
    attachmentLimit: seed.attachmentLimit ?? 10 * 1024 * 1024,
    attachmentsOn: seed.attachmentsOn ?? true,
    watch: createWatch(() => issues, 'issue'),
    indexLagMs: 0,
    aheadMs: 0,
    now: () => Date.now() + state.aheadMs,
    nextId() {
      lastOtherId += 1;
      return String(lastOtherId);
    },
    findProject: (keyOrId) => find(projects, keyOrId),
    projectOf(issue) {
      const project = projects.find(({ key }) => key === issue.projectKey);
      if (project === undefined) throw new Error(`The site has no project ${issue.projectKey}.`);
      return project;
    },
    findIssue(keyOrId) {
      const issue = find(issues, keyOrId);
      return issue !== undefined && state.projectOf(issue).permissions.browse ? issue : undefined;
    },
    addIssue(given) {
      const { projectKey } = given;
      const now = state.now();
      const issue: JiraIssue = {
        id: String(lastId + 1),
        key: given.key ?? state.nextKey(projectKey),
        formerKeys: [],
        properties: {},
        comments: [],
        attachments: [],
        status: jiraStatuses[0],
        isArchived: false,
        assignee: null,
        createdAt: now,
        updatedAt: now,
        creator: given.reporter ?? account.email,
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
    nextKey(projectKey) {
      const number = (lastNumbers.get(projectKey) ?? 0) + 1;
      lastNumbers.set(projectKey, number);
      return `${projectKey}-${number}`;
    },
    continueNumbers(oldKey, newKey) {
      lastNumbers.set(newKey, lastNumbers.get(oldKey) ?? 0);
    },
    changed(issue) {
      issue.updatedAt = state.now();
      state.watch.changed(issue);
    },
  };
  return state;
}

/** The key that something has goes before one that it had. */
function find<T extends { id: string; key: string; formerKeys: string[] }>(all: T[], keyOrId: string): T | undefined {
  const wanted = keyOrId.toUpperCase();
  return (
    all.find(({ id, key }) => id === keyOrId || key === wanted) ??
    all.find(({ formerKeys }) => formerKeys.includes(wanted))
  );
}
