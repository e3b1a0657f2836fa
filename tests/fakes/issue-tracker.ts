import { buildProperty } from '../../electron/jira/issue-fields.ts';
import { createMarkSeal, notSealable } from '../../electron/jira/marks/mark-seal.ts';
import { marksIn, readProperty, requestIdIn, withMarks } from '../../electron/jira/marks/ticket-property.ts';
import { deriveMarkKey, type MarkKeys } from '../../electron/network/mark-key.ts';
import type {
  CreatedIssue,
  IssueDraft,
  IssueMarks,
  IssuePlace,
  IssueTracker,
  IssueView,
  ListedIssue,
} from '../../electron/tickets/ports/issue-tracker.ts';
import { standsAgainst } from '../../shared/decision-order.ts';
import { AppError } from '../../shared/errors.ts';
import { type FormField, isBlank } from '../../shared/issue-form.ts';
import { issueKeyPattern, projectKeyPattern } from '../../shared/issue-key.ts';
import type { Label } from '../../shared/labels.ts';
import type { Decision, TextSupplement } from '../../shared/ticket.ts';

export interface FakeIssue extends Omit<IssueView, 'label'> {
  /** Of the request it was made for, whatever the property says. */
  requestId: string;
  draft: IssueDraft;
  /** What is stored on the issue, where there is something: whoever may edit it may write there. */
  property: Record<string, unknown> | undefined;
  /** The decision that the property proves. Set, it is sealed there as another desktop would; null takes it out. */
  decision: Decision | null;
  /** The label in there. */
  readonly label: Label | null;
  isTest: boolean;
  /** Keys that it had before it moved. */
  formerKeys: string[];
  /** Parts that came after the create, in order. */
  added: string[];
}

export interface FakeIssueTracker extends IssueTracker {
  issues: FakeIssue[];
  /** Names of the methods called, in order. */
  calls: Array<keyof IssueTracker>;
  /** The next call of the method fails; `after` it took effect, as when only the answer is lost. */
  failNext(method: keyof IssueTracker, error: AppError, moment?: 'before' | 'after'): void;
  /** From now on every call fails with `error`; null ends that. */
  failAlways(error: AppError | null): void;
  /** What the next create leaves for later. */
  due: TextSupplement[];
  /** Whether a look that finds nothing proves that there is nothing. */
  isCertain: boolean;
  /** By which keys marks are sealed and proven; null: not known yet. */
  markKeys: MarkKeys | null;
  /** Fields without which KAN takes no issue. */
  demanded: FormField[];
  /** Whether an input can hold them. */
  asksRequester: boolean;
  /** What the account may not do when a test is cleared. */
  refused: Set<'delete' | 'transition' | 'edit'>;
}

const pageSize = 100;

/** An issue tracker in memory, whose project KAN has the types given; OPS has Task and Incident. */
export function createFakeIssueTracker(types = ['Task', 'Bug', 'Incident', 'Question']): FakeIssueTracker {
  const issues: FakeIssue[] = [];
  const projects: Record<string, string[]> = { KAN: types, OPS: ['Task', 'Incident'] };
  const refused: FakeIssueTracker['refused'] = new Set();
  const demanded: FormField[] = [];
  const calls: Array<keyof IssueTracker> = [];
  const failures: Array<{ method: keyof IssueTracker; error: AppError; moment: 'before' | 'after' }> = [];
  let outage: AppError | null = null;
  const seal = createMarkSeal(() => fake.markKeys);

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
    const issue = issues.find(({ key: current, formerKeys }) => current === key || formerKeys.includes(key));
    if (!issue) throw new AppError('not_found', `There is no issue ${key}.`);
    return issue;
  }

  /** The issue, to store what was said of this request. */
  function findFor(key: string, requestId: string): FakeIssue {
    if (!seal.isReady()) throw notSealable();
    const issue = find(key);
    const owner = requestIdIn(issue.property);
    if (owner === null || owner === requestId) return issue;
    throw new AppError('not_found', `${key} is another ticket’s issue now.`);
  }

  /** Stores what stands, and gives it. */
  function store(issue: FakeIssue, requestId: string, { decision, correction }: IssueMarks): IssueMarks {
    const place = { requestId, issueId: issue.id };
    const there = marksIn(issue.property, place, seal);
    const isTheirs = there.decision !== null && (decision === null || !standsAgainst(decision, there.decision));
    const isLabelTheirs = there.correction !== null && (correction === null || correction.at <= there.correction.at);
    const stands = {
      decision: isTheirs ? there.decision : decision,
      correction: isLabelTheirs ? there.correction : correction,
    };
    const isStored = stands.decision === there.decision && stands.correction === there.correction;
    if (!isStored) issue.property = withMarks(issue.property, stands, place, seal);
    return stands;
  }

  function create(draft: IssueDraft): CreatedIssue {
    const { project } = draft;
    if (!projectKeyPattern.test(project)) throw new AppError('invalid_input', 'That is not the key of a project.');
    const offered = projects[project];
    if (offered === undefined) throw new AppError('invalid_input', `Jira has no project ${project}.`);
    const missing = demanded.filter(({ id }) => project === 'KAN' && isBlank(draft.wantedFields[id]));
    if (missing.length > 0) {
      const names = missing.map(({ name }) => name).join(', ');
      throw new AppError('invalid_input', `Fill in the field ${names}.`, {
        fields: missing.map(({ id }) => id),
        mayAsk: fake.asksRequester,
      });
    }
    const wanted = draft.issueType;
    const issueType = offered.find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? 'Task';
    const key = `${project}-${issues.filter((issue) => issue.key.startsWith(`${project}-`)).length + 1}`;
    const id = String(10_001 + issues.length);
    const place = { requestId: draft.requestId, issueId: id };
    const issue: FakeIssue = {
      id,
      key,
      url: `https://jira.example/browse/${key}`,
      summary: draft.summary,
      status: 'To Do',
      issueType,
      issueTypeId: null,
      assignee: null,
      updatedAt: new Date().toISOString(),
      isOurs: true,
      requestId: draft.requestId,
      draft,
      property: buildProperty(draft),
      get decision() {
        return marksIn(issue.property, place, seal).decision;
      },
      set decision(decision) {
        const { correction } = marksIn(issue.property, place, seal);
        issue.property = withMarks(issue.property, { decision, correction }, place, seal);
      },
      get label() {
        return readProperty(issue.property, id, seal).label;
      },
      isTest: false,
      added: [],
      formerKeys: [],
    };
    issues.push(issue);
    const note =
      issueType.toLowerCase() === wanted.toLowerCase()
        ? null
        : `The project has no type ${wanted}, so this is a ${issueType}.`;
    return { id: issue.id, key: issue.key, url: issue.url, issueType, note, due: fake.due.splice(0) };
  }

  function list(from: string | null): { issues: ListedIssue[]; next: string | null } {
    const start = from === null ? 0 : Number(from);
    const ours = issues.filter(({ key }) => key.startsWith('KAN-')).reverse();
    const page = ours.slice(start, start + pageSize).map(({ draft, property, ...issue }): ListedIssue => {
      const { id, key, url, summary, issueType } = issue;
      return { id, key, url, summary, issueType, ...readProperty(property, id, seal), createdAt: draft.receivedAt };
    });
    return { issues: page, next: start + pageSize < ours.length ? String(start + pageSize) : null };
  }

  const placeOf = ({ key, url, issueType }: FakeIssue): IssuePlace => ({ key, url, issueType });

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
    due: [],
    markKeys: { current: deriveMarkKey('xoxb-fake', 'T1'), former: [] },
    refused,
    demanded,
    asksRequester: false,
    failNext(method, error, moment = 'before') {
      failures.push({ method, error, moment });
    },
    failAlways(error) {
      outage = error;
    },
    beforeCreate: (project) =>
      call('beforeCreate', () => {
        const newest = issues.findLast(({ key }) => key.startsWith(`${project}-`))?.key ?? `${project}-0`;
        return { site: 'https://jira.example', project, anchorKey: newest };
      }),
    formFor: ({ project, issueType, wantedFields }) =>
      call('formFor', () => ({
        issueType,
        types: projects[project] ?? [],
        fields: demanded.filter(({ id }) => isBlank(wantedFields[id]) || id in wantedFields),
      })),
    askedFor: ({ project, issueType, wantedFields }, { types: wanted }) =>
      call('askedFor', () => {
        const offered = projects[project] ?? [];
        const fields = demanded.filter(({ id }) => isBlank(wantedFields[id]) || id in wantedFields);
        return {
          issueTypeId: null,
          issueType,
          types: offered,
          typeNames: wanted.map((name) => offered.find((each) => each.toLowerCase() === name.toLowerCase()) ?? null),
          fields: fields.map((field) => ({ ...field, isKnown: true, problem: null })),
        };
      }),
    createIssue: (draft) => call('createIssue', () => create(draft)),
    findCreated: ({ requestId, sent }) =>
      call('findCreated', () => {
        const issue = issues.find((each) => requestIdIn(each.property) === requestId);
        if (!issue) return { issue: null, isCertain: fake.isCertain && sent !== null && sent.anchorKey !== null };
        const { id, key, url, issueType } = issue;
        return { issue: { id, key, url, issueType, note: null, due: [] }, isCertain: true };
      }),
    supplement: (key, part, { requestId }) =>
      call('supplement', () => {
        const { added } = findFor(key, requestId);
        if (!added.includes(part)) added.push(part);
        return [];
      }),
    attachFiles: (key, { requestId, files }) =>
      call('attachFiles', () => {
        const { added } = findFor(key, requestId);
        for (const { id } of files) if (!added.includes(id)) added.push(id);
        return null;
      }),
    getIssue: (key) =>
      call('getIssue', () => {
        const { id, summary, status, assignee, updatedAt, label, isOurs, ...issue } = find(key);
        const { key: current, url, issueType, issueTypeId } = issue;
        const view = { id, key: current, url, summary, status, issueType, issueTypeId, assignee };
        return { ...view, updatedAt, label, isOurs };
      }),
    recordDecision: (key, { requestId, correction = null, ...decision }) =>
      call('recordDecision', () => {
        const stands = store(findFor(key, requestId), requestId, { decision, correction });
        return { decision: stands.decision ?? decision, place: placeOf(find(key)) };
      }),
    marksAtOnce: async () => 200,
    readMarks: (asked) =>
      call('readMarks', () => {
        const found: Awaited<ReturnType<IssueTracker['readMarks']>> = new Map();
        for (const { key, requestId } of seal.isReady() ? asked : []) {
          const issue = issues.find(({ key: current, formerKeys }) => current === key || formerKeys.includes(key));
          const owner = requestIdIn(issue?.property);
          if (issue === undefined || (owner !== null && owner !== requestId)) continue;
          const marks = marksIn(issue.property, { requestId, issueId: issue.id }, seal);
          found.set(requestId, { marks, place: placeOf(issue) });
        }
        return found;
      }),
    relabel: (key, { requestId, decision = null, ...correction }, labelToIssueType) =>
      call('relabel', () => {
        const issue = findFor(key, requestId);
        const wanted = labelToIssueType[correction.label];
        store(issue, requestId, { decision, correction });
        const offered = projects[key.replace(/-\d+$/, '')] ?? [];
        const hasType = offered.includes(wanted);
        if (hasType) issue.issueType = wanted;
        const isFine = hasType || issue.issueType === wanted;
        const note = isFine ? null : `The project has no type ${wanted}, so ${key} stays a ${issue.issueType}.`;
        return { ...placeOf(issue), note };
      }),
    projectKey: (project) => call('projectKey', () => project),
    currentKey: (key) => call('currentKey', () => key),
    isGone: (key) =>
      call('isGone', () => {
        if (!issueKeyPattern.test(key)) throw new AppError('invalid_input', 'That is not an issue key.');
        return issues.every((issue) => issue.key !== key);
      }),
    isOwnAddress: (address) => call('isOwnAddress', () => address.startsWith('https://jira.example/')),
    check: () => call('check', () => undefined),
    listIssues: (_project, from) => call('listIssues', () => list(from)),
    clearTest: (key) => call('clearTest', () => clear(key)),
  };
  return fake;
}
