import type {
  CreatedIssue,
  IssueDraft,
  IssueMarks,
  IssueTracker,
  IssueView,
  ListedIssue,
} from '../../electron/tickets/ports.ts';
import { standsAgainst } from '../../shared/decision-order.ts';
import { AppError } from '../../shared/errors.ts';
import { issueKeyPattern, projectKeyPattern } from '../../shared/issue-key.ts';
import { defaultLabelToIssueType } from '../../shared/settings.ts';
import type { Decision } from '../../shared/ticket.ts';

export interface FakeIssue extends IssueView {
  requestId: string;
  draft: IssueDraft;
  decision: Decision | null;
  correction: IssueMarks['correction'];
  isTest: boolean;
}

export interface FakeIssueTracker extends IssueTracker {
  issues: FakeIssue[];
  /** Names of the methods called, in order. */
  calls: Array<keyof IssueTracker>;
  /** The next call of the method fails; `after` it took effect, as when only the answer is lost. */
  failNext(method: keyof IssueTracker, error: AppError, moment?: 'before' | 'after'): void;
  /** From now on every call fails with `error`; null ends that. */
  failAlways(error: AppError | null): void;
  /** Whether a look that finds nothing proves that there is nothing. */
  isCertain: boolean;
  /** What the account may not do when a test is cleared. */
  refused: Set<'delete' | 'transition' | 'edit'>;
}

const pageSize = 100;

/** An issue tracker in memory, whose project KAN has the types given; OPS has Task and Incident. */
export function createFakeIssueTracker(types = ['Task', 'Bug', 'Incident', 'Question']): FakeIssueTracker {
  const issues: FakeIssue[] = [];
  const projects: Record<string, string[]> = { KAN: types, OPS: ['Task', 'Incident'] };
  const refused: FakeIssueTracker['refused'] = new Set();
  const calls: Array<keyof IssueTracker> = [];
  const failures: Array<{ method: keyof IssueTracker; error: AppError; moment: 'before' | 'after' }> = [];
  let outage: AppError | null = null;

  async function call<T>(method: keyof IssueTracker, work: () => T): Promise<T> {
    calls.push(method);
    if (outage) throw outage;
    const index = failures.findIndex((failure) => failure.method === method);
    const failure = index < 0 ? undefined : failures.splice(index, 1)[0];
    if (failure?.moment === 'before') throw failure.error;
    const result = work();
    if (failure) throw failure.error;
    return result;
  }

  function find(key: string): FakeIssue {
    if (!issueKeyPattern.test(key)) throw new AppError('invalid_input', 'That is not an issue key.');
    const issue = issues.find((each) => each.key === key);
    if (!issue) throw new AppError('not_found', `There is no issue ${key}.`);
    return issue;
  }

  function create(draft: IssueDraft): CreatedIssue {
    const project = draft.wantedProject ?? 'KAN';
    if (!projectKeyPattern.test(project)) throw new AppError('invalid_input', 'That is not the key of a project.');
    const offered = projects[project];
    if (offered === undefined) throw new AppError('invalid_input', `Jira has no project ${project}.`);
    const wanted = draft.wantedType ?? defaultLabelToIssueType[draft.classification.label];
    const issueType = offered.find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? 'Task';
    const key = `${project}-${issues.filter((issue) => issue.key.startsWith(`${project}-`)).length + 1}`;
    const issue: FakeIssue = {
      id: String(10_001 + issues.length),
      key,
      url: `https://jira.example/browse/${key}`,
      summary: draft.summary,
      status: 'To Do',
      issueType,
      assignee: null,
      updatedAt: new Date().toISOString(),
      label: draft.classification.label,
      isOurs: true,
      requestId: draft.requestId,
      draft,
      decision: null,
      correction: null,
      isTest: false,
    };
    issues.push(issue);
    const note =
      issueType.toLowerCase() === wanted.toLowerCase()
        ? null
        : `The project has no type ${wanted}, so this is a ${issueType}.`;
    return { id: issue.id, key: issue.key, url: issue.url, issueType, note };
  }

  function list(from: string | null): { issues: ListedIssue[]; next: string | null } {
    const start = from === null ? 0 : Number(from);
    const ours = issues.filter(({ key }) => key.startsWith('KAN-')).reverse();
    const page = ours.slice(start, start + pageSize).map(({ draft, decision, ...issue }): ListedIssue => {
      const { id, key, url, summary, issueType, requestId, label } = issue;
      const { requester, channel, receivedAt: createdAt } = draft;
      return { id, key, url, summary, issueType, requestId, requester, channel, label, decision, createdAt };
    });
    return { issues: page, next: start + pageSize < ours.length ? String(start + pageSize) : null };
  }

  function clear(key: string): Awaited<ReturnType<IssueTracker['clearTest']>> {
    const issue = find(key);
    if (!refused.has('delete')) {
      issues.splice(issues.indexOf(issue), 1);
      return 'deleted';
    }
    if (!refused.has('transition')) {
      issue.status = 'Done';
      return 'closed';
    }
    issue.isTest = !refused.has('edit');
    return issue.isTest ? 'labelled' : 'left';
  }

  const fake: FakeIssueTracker = {
    issues,
    calls,
    isCertain: true,
    refused,
    failNext(method, error, moment = 'before') {
      failures.push({ method, error, moment });
    },
    failAlways(error) {
      outage = error;
    },
    beforeCreate: (wantedProject) =>
      call('beforeCreate', () => {
        const project = wantedProject ?? 'KAN';
        const newest = issues.findLast(({ key }) => key.startsWith(`${project}-`))?.key ?? `${project}-0`;
        return { site: 'https://jira.example', project, anchorKey: newest };
      }),
    createIssue: (draft) => call('createIssue', () => create(draft)),
    findCreated: ({ requestId, wantedProject, sent }) =>
      call('findCreated', () => {
        const prefix = `${sent?.project ?? wantedProject ?? 'KAN'}-`;
        const issue = issues.find((each) => each.requestId === requestId && each.key.startsWith(prefix));
        if (!issue) return { issue: null, isCertain: fake.isCertain && sent !== null && sent.anchorKey !== null };
        const { id, key, url, issueType } = issue;
        return { issue: { id, key, url, issueType, note: null }, isCertain: true };
      }),
    getIssue: (key) =>
      call('getIssue', () => {
        const { id, url, summary, status, issueType, assignee, updatedAt, label, isOurs } = find(key);
        return { id, key, url, summary, status, issueType, assignee, updatedAt, label, isOurs };
      }),
    recordDecision: (key, { requestId, ...decision }) =>
      call('recordDecision', () => {
        const issue = find(key);
        if (issue.requestId !== requestId) throw new AppError('not_found', `${key} is another ticket’s issue now.`);
        if (issue.decision === null || standsAgainst(decision, issue.decision)) issue.decision = decision;
        return issue.decision;
      }),
    readMarks: (keys) =>
      call('readMarks', () => {
        const asked = issues.filter(({ key }) => keys.includes(key));
        return new Map(asked.map(({ requestId, decision, correction }) => [requestId, { decision, correction }]));
      }),
    relabel: (key, { requestId, ...correction }) =>
      call('relabel', () => {
        const issue = find(key);
        if (issue.requestId !== requestId) throw new AppError('not_found', `${key} is another ticket’s issue now.`);
        const wanted = defaultLabelToIssueType[correction.label];
        issue.correction = correction;
        issue.label = correction.label;
        const offered = projects[key.replace(/-\d+$/, '')] ?? [];
        const hasType = offered.includes(wanted);
        if (hasType) issue.issueType = wanted;
        const isFine = hasType || issue.issueType === wanted;
        const note = isFine ? null : `The project has no type ${wanted}, so ${key} stays a ${issue.issueType}.`;
        return { issueType: issue.issueType, note };
      }),
    projectKey: () => call('projectKey', () => 'KAN'),
    isOwnAddress: (address) => call('isOwnAddress', () => address.startsWith('https://jira.example/')),
    check: () => call('check', () => undefined),
    listIssues: (from) => call('listIssues', () => list(from)),
    clearTest: (key) => call('clearTest', () => clear(key)),
  };
  return fake;
}
