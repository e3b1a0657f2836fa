import type { CreatedIssue, IssueDraft, IssueTracker, IssueView } from '../../electron/tickets/ports.ts';
import { AppError } from '../../shared/errors.ts';
import { issueKeyPattern } from '../../shared/issue-key.ts';
import { defaultLabelToIssueType } from '../../shared/settings.ts';
import type { Decision } from '../../shared/ticket.ts';

export interface FakeIssue extends IssueView {
  requestId: string;
  draft: IssueDraft;
  decision: Decision | null;
}

export interface FakeIssueTracker extends IssueTracker {
  issues: FakeIssue[];
  /** Names of the methods called, in order. */
  calls: Array<keyof IssueTracker>;
  /** The next call of the method fails; `after` it took effect, as when only the answer is lost. */
  failNext(method: keyof IssueTracker, error: AppError, moment?: 'before' | 'after'): void;
  /** From now on every call fails with `error`; null ends that. */
  failAlways(error: AppError | null): void;
}

/** An issue tracker in memory, whose project KAN has the types given. */
export function createFakeIssueTracker(types = ['Task', 'Bug', 'Incident', 'Question']): FakeIssueTracker {
  const issues: FakeIssue[] = [];
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
    const wanted = defaultLabelToIssueType[draft.classification.label];
    const issueType = types.includes(wanted) ? wanted : 'Task';
    const number = issues.length + 1;
    const issue: FakeIssue = {
      id: String(10_000 + number),
      key: `KAN-${number}`,
      url: `https://jira.example/browse/KAN-${number}`,
      summary: draft.summary,
      status: 'To Do',
      issueType,
      assignee: null,
      updatedAt: new Date().toISOString(),
      label: draft.classification.label,
      requestId: draft.requestId,
      draft,
      decision: null,
    };
    issues.push(issue);
    const note = issueType === wanted ? null : `The project has no type ${wanted}, so this is a ${issueType}.`;
    return { id: issue.id, key: issue.key, url: issue.url, issueType, note };
  }

  return {
    issues,
    calls,
    failNext(method, error, moment = 'before') {
      failures.push({ method, error, moment });
    },
    failAlways(error) {
      outage = error;
    },
    createIssue: (draft) => call('createIssue', () => create(draft)),
    findCreated: ({ requestId }) =>
      call('findCreated', () => {
        const issue = issues.find((each) => each.requestId === requestId);
        if (!issue) return null;
        const { id, key, url, issueType } = issue;
        return { id, key, url, issueType, note: null };
      }),
    getIssue: (key) =>
      call('getIssue', () => {
        const { requestId: _requestId, draft: _draft, decision: _decision, ...view } = find(key);
        return view;
      }),
    recordDecision: (key, { status, by, at }) =>
      call('recordDecision', () => {
        const issue = find(key);
        issue.decision ??= { status, by, at };
        return issue.decision;
      }),
    projectKey: () => call('projectKey', () => 'KAN'),
    check: () => call('check', () => undefined),
  };
}
