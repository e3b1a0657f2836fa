import { afterEach, describe, expect, it } from 'vitest';
import { requestLabel } from '../../../electron/jira/api/jira-api.ts';
import type { IssueTracker } from '../../../electron/tickets/ports/issue-tracker.ts';
import { createJiraSite, type JiraSite, type JiraSiteOptions } from '../../../stand-ins/jira/site.ts';
import { dataCenters } from '../../contract/data-centers.ts';
import { draft } from '../../unit/jira/draft.ts';
import { trackerFor } from './scripted-jira.ts';

const { requestId, receivedAt } = draft();
const label = requestLabel(requestId);
const property = { 'ticket-agent': { requestId } };
const others = { 'ticket-agent': { requestId: 'b'.repeat(32) } };
const unlabelled = { projects: [{ key: 'KAN', labels: false }] };

let site: JiraSite;
afterEach(() => site.close());

async function start(options: JiraSiteOptions) {
  site = await createJiraSite(options);
  return restarted();
}

/** The tracker of a program that knows nothing of the server yet. */
function restarted() {
  const { baseUrl, email, apiToken } = site;
  return trackerFor(baseUrl, { deployment: null, email, apiToken });
}

/** What the program knows before its first create in an empty project. */
function lost() {
  const sent = { site: site.baseUrl, project: 'KAN', anchorKey: 'KAN-0', lookUntil: receivedAt };
  return { requestId, receivedAt, project: 'KAN', sent };
}

const labelsOf = (index: number) => site.issues[index]?.fields['labels'];
const an = (fields: Record<string, unknown>, properties: Record<string, unknown> = {}) =>
  site.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'x', ...fields }, properties });
const operations = () => site.requests.map(({ operation }) => operation);

describe('a create in Data Center', () => {
  /** Files an issue and puts on it what is due; gives the requests of the one, and of the other. */
  async function file(tracker: IssueTracker, of = requestId) {
    const from = site.requests.length;
    const { key, due } = await tracker.createIssue(draft({ requestId: of }));
    const created = operations().slice(from);
    for (const part of due) await tracker.supplement(key, part, draft({ requestId: of }));
    return { created, due, followed: operations().slice(from + created.length) };
  }
  const third = 'c'.repeat(32);

  it('carries the request’s label until the server was seen to keep the property of a create', async () => {
    const tracker = await start(dataCenters.keeping);
    expect(await file(tracker)).toMatchObject({ due: ['property'], followed: ['getIssueProperty'] });
    expect(await file(tracker, third)).toMatchObject({ due: [], followed: [] });
    expect(labelsOf(0)).toEqual(['ticket-agent', label]);
    expect(labelsOf(1)).toEqual(['ticket-agent']);
    expect(site.issues.map(({ properties }) => properties)).toMatchObject([property, { 'ticket-agent': {} }]);
  });

  it('carries it always where the server ignores the property, which is set afterwards', async () => {
    const tracker = await start(dataCenters.forgetful);
    for (const each of [requestId, third]) {
      const { due, followed } = await file(tracker, each);
      expect({ due, followed }).toEqual({ due: ['property'], followed: ['getIssueProperty', 'setIssueProperty'] });
    }
    expect(labelsOf(1)).toEqual(['ticket-agent', 'ticket-agent-cccccccccccc']);
    expect(site.issues[0]?.properties).toMatchObject({ 'ticket-agent': { requestId, label: 'Bug' } });
    expect((await tracker.listIssues('KAN', null)).issues.map((issue) => issue.requestId)).toContain(requestId);
    expect(await tracker.getIssue('KAN-1')).toMatchObject({ isOurs: true, label: 'Bug' });
  });

  it('asks nothing more once the issue is there, so that it is known at once', async () => {
    const tracker = await start(dataCenters.forgetful);
    expect((await file(tracker)).created.at(-1)).toBe('createIssue');
  });

  it('is not taken for one that kept its property where that was set in another way', async () => {
    const tracker = await start(dataCenters.forgetful);
    // The answer to setting it is lost.
    await tracker.createIssue(draft());
    site.failNext('setIssueProperty', 'cut_after_commit');
    await expect(tracker.supplement('KAN-1', 'property', draft())).rejects.toThrow();
    await tracker.supplement('KAN-1', 'property', draft());
    // Another desktop sets it, or stores a decision, before anybody looks here.
    for (const [index, each] of [third, 'd'.repeat(32)].entries()) {
      const { key } = await tracker.createIssue(draft({ requestId: each }));
      const other = restarted();
      if (index === 0) await other.supplement(key, 'property', draft({ requestId: each }));
      else await other.recordDecision(key, { requestId: each, status: 'approved', by: 'U2', at: receivedAt });
      await tracker.supplement(key, 'property', draft({ requestId: each }));
    }
    expect(await file(tracker, 'e'.repeat(32))).toMatchObject({ due: ['property'] });
    expect(labelsOf(3)).toEqual(['ticket-agent', 'ticket-agent-eeeeeeeeeeee']);
  });

  it('goes without properties to a server that refuses them', async () => {
    const tracker = await start(dataCenters.forgetful);
    const body = { errorMessages: ['Unrecognized field "properties" (class IssueUpdateBean)'], errors: {} };
    site.failNext('createIssue', { status: 400, body });
    await file(tracker);
    await file(tracker, third);
    const bodies = site.requests.filter(({ operation }) => operation === 'createIssue').map((each) => each.body);
    expect(bodies.map((each) => each.includes('"properties"'))).toEqual([true, false, false]);
    expect(site.issues.map(({ properties }) => properties)).toMatchObject([property, {}]);
  });

  it('has no label in Cloud, which keeps properties as documented', async () => {
    const tracker = await start({});
    await tracker.createIssue(draft());
    expect(labelsOf(0)).toEqual(['ticket-agent']);
    expect(operations()).not.toContain('getIssueProperty');
  });
});

describe('a create whose labels are refused', () => {
  const body = { errorMessages: [], errors: { labels: 'The label is not allowed here.' } };
  it.each<[string, JiraSiteOptions, boolean]>([
    ['Data Center, which may keep no property', dataCenters.forgetful, false],
    ['a Data Center that was not seen to keep properties yet', dataCenters.keeping, false],
    ['Cloud, which keeps them', {}, true],
  ])('says before it is sent without a mark to %s', async (_name, options, isMarked) => {
    const tracker = await start(options);
    // Once with other labels, once with ours alone, and then without.
    site.failWhile((request) => request.operation === 'createIssue' && request.body.includes('"labels"'), {
      status: 400,
      body,
    });
    const issuesBefore: number[] = [];
    await tracker.createIssue(draft({ labels: ['x'] }), async () => void issuesBefore.push(site.issues.length));
    expect(site.issues).toHaveLength(1);
    expect(issuesBefore).toEqual(isMarked ? [] : [0]);
  });

  it('does not say so where the form has no labels, nor of a server that keeps properties', async () => {
    const tracker = await start({ ...dataCenters.forgetful, ...unlabelled });
    const never = () => Promise.reject(new Error('asked'));
    await tracker.createIssue(draft(), never);
    expect(site.issues).toHaveLength(1);
  });
});

describe('a create whose answer was lost', () => {
  it.each([
    ['Cloud', {}],
    ['a Data Center', dataCenters.keeping],
    ['one behind a path', dataCenters.behindPath],
    ['one that ignores properties', dataCenters.forgetful],
    ['one that ignores properties, and whose index lags', { ...dataCenters.forgetful, indexLagMs: 600_000 }],
    ['one that keeps properties, without labels', { ...dataCenters.keeping, ...unlabelled }],
  ])('is found after a restart on %s', async (_name, options) => {
    const tracker = await start(options);
    site.failNext('createIssue', 'cut_after_commit');
    await expect(tracker.createIssue(draft())).rejects.toMatchObject({ code: 'unconfirmed' });
    expect(site.issues).toHaveLength(1);
    const { issue, isCertain } = await restarted().findCreated(lost());
    const hasProperty = site.issues[0]?.properties['ticket-agent'] !== undefined;
    expect({ issue, isCertain }).toMatchObject({
      issue: { key: 'KAN-1', url: `${site.baseUrl}/browse/KAN-1`, due: hasProperty ? [] : ['property'] },
      isCertain: true,
    });
  });

  it('is found by one search on Data Center, in whichever project it is now', async () => {
    const tracker = await start({ ...dataCenters.forgetful, projects: [{ key: 'KAN' }, { key: 'OPS' }] });
    site.failNext('createIssue', 'cut_after_commit');
    await expect(tracker.createIssue(draft())).rejects.toMatchObject({ code: 'unconfirmed' });
    site.moveIssue('KAN-1', 'OPS');
    const asked = site.requests.length;
    expect((await tracker.findCreated(lost())).issue?.key).toBe('OPS-1');
    expect(operations().slice(asked)).toEqual(['search', 'getIssueProperty']);
  });

  it.each([{ status: 500 }, { status: 200, body: '<html>Blocked</html>' }, 'cut' as const])(
    'is found by its key where the search fails (%o), which is made again before anybody says that there is none',
    async (fault) => {
      const tracker = await start(dataCenters.forgetful);
      site.failNext('search', fault);
      expect(await tracker.findCreated(lost())).toEqual({ issue: null, isCertain: true });
      expect(operations().filter((operation) => operation === 'search').length).toBeGreaterThanOrEqual(2);
      an({ labels: [label] });
      site.failWhile(({ operation }) => operation === 'search', fault);
      expect((await tracker.findCreated(lost())).issue?.key).toBe('KAN-1');
      site.removeIssue('KAN-1');
      await expect(tracker.findCreated(lost())).rejects.toThrow();
    },
  );

  it('is found by its old key where it moved before the index knew it', async () => {
    const tracker = await start({
      ...dataCenters.forgetful,
      indexLagMs: 1e9,
      projects: [{ key: 'KAN' }, { key: 'OPS' }],
    });
    an({ labels: ['ticket-agent', label] });
    site.moveIssue('KAN-1', 'OPS');
    expect((await tracker.findCreated(lost())).issue?.key).toBe('OPS-1');
  });

  it('is found whoever reported and made it, and however late', async () => {
    const tracker = await start({ ...dataCenters.forgetful, indexLagMs: 0 });
    site.addPerson({ displayName: 'Eve', email: 'eve@example.com' });
    site.addIssue({
      projectKey: 'KAN',
      issueType: 'Bug',
      fields: { summary: 'x', labels: ['ticket-agent', label] },
      reporter: 'eve@example.com',
    });
    expect((await tracker.findCreated(lost())).issue?.key).toBe('KAN-1');
    const asked = site.requests.map(({ query }) => query.get('jql') ?? '').join(' ');
    expect(asked).not.toMatch(/reporter|creator|project|currentUser/);
  });
});

describe('a create in a project that was tidied up before', () => {
  it.each<[string, JiraSiteOptions, number]>([
    ['whose first 60 issues were deleted, on Data Center', dataCenters.keeping, 0],
    ['whose first 190 issues were deleted, on a Data Center without properties', dataCenters.forgetful, 130],
    ['whose first 60 issues were deleted, in Cloud', {}, 0],
  ])('is found %s, though the index does not know it', async (_name, options, more) => {
    const tracker = await start({ ...options, indexLagMs: 600_000 });
    for (const { key } of Array.from({ length: 60 + more }, () => an({}))) site.removeIssue(key);
    const before = await tracker.beforeCreate('KAN');
    site.failNext('createIssue', 'cut_after_commit');
    await expect(tracker.createIssue(draft())).rejects.toMatchObject({ code: 'unconfirmed' });
    const { issue } = await restarted().findCreated({ ...lost(), sent: { ...before, lookUntil: receivedAt } });
    expect(issue?.key).toBe(`KAN-${61 + more}`);
  });
});

describe('what a look costs a Data Center', () => {
  it('is little while the create may take effect yet, and some hundred keys at the end', async () => {
    const tracker = await start({ ...dataCenters.forgetful, indexLagMs: 600_000 });
    an({});
    const cost = async (isOpen: boolean) => {
      const before = site.requests.length;
      const { isCertain } = await tracker.findCreated({ ...lost(), isOpen });
      return { isCertain, operations: operations().slice(before) };
    };
    const early = await cost(true);
    expect(early.isCertain).toBe(false);
    expect(early.operations.length).toBeLessThanOrEqual(15);
    expect(early.operations.join()).not.toContain('CreateIssueMeta');
    const last = await cost(false);
    expect(last.isCertain).toBe(true);
    expect(last.operations.filter((operation) => operation === 'getIssue').length).toBeLessThanOrEqual(101);
  });

  it('finds the issue all the same where others follow the key that was known', async () => {
    const tracker = await start({ ...dataCenters.forgetful, indexLagMs: 600_000 });
    for (let count = 0; count < 15; count += 1) an({}, others);
    an({ labels: [label] });
    expect((await tracker.findCreated({ ...lost(), isOpen: true })).issue?.key).toBe('KAN-16');
  });
});

describe('whose issue one is', () => {
  it.each([0, 600_000])('says the property, not the label that a clone copies (index lag %d)', async (indexLagMs) => {
    const tracker = await start({ ...dataCenters.forgetful, indexLagMs });
    an({ labels: [label] }, others);
    expect(await tracker.findCreated(lost())).toEqual({ issue: null, isCertain: true });
    an({ labels: [label] });
    an({ labels: [label] }, property);
    expect((await tracker.findCreated(lost())).issue?.key).toBe('KAN-3');
  });

  it('says the first of two that have the label alone', async () => {
    const tracker = await start(dataCenters.forgetful);
    an({ labels: [label] });
    an({ labels: [label] });
    expect((await tracker.findCreated(lost())).issue?.key).toBe('KAN-1');
  });
});

describe('that there is no issue', () => {
  const bare = { ...dataCenters.forgetful, ...unlabelled };
  it.each<[string, JiraSiteOptions, () => void, boolean]>([
    ['where no later key exists', bare, () => {}, true],
    ['where all later ones are other requests’', bare, () => an({}, others), true],
    ['where a later one says nothing, and a create carries no mark', bare, () => an({}), false],
    ['where a later one says nothing, and a create carries a label', dataCenters.forgetful, () => an({}), true],
    ['where a later one says nothing, in Cloud', unlabelled, () => an({}, {}), true],
    [
      'where a later one is hidden',
      dataCenters.forgetful,
      () => {
        const { key } = an({});
        an({}, others);
        site.removeIssue(key);
      },
      false,
    ],
  ])('is known %s: %s', async (_name, options, fill, isCertain) => {
    const tracker = await start({ ...options, indexLagMs: 600_000 });
    fill();
    expect(await tracker.findCreated(lost())).toEqual({ issue: null, isCertain });
  });

  it.each([dataCenters.keeping, dataCenters.forgetful])(
    'is not known where a later one has our summary (%o)',
    async (options) => {
      const tracker = await start({ ...options, indexLagMs: 600_000 });
      an({ summary: ' The  printer is broken' });
      const look = (summary: string) => tracker.findCreated({ ...lost(), summary });
      expect(await look('The printer is broken ')).toEqual({ issue: null, isCertain: false });
      expect(await look('The scanner is broken')).toEqual({ issue: null, isCertain: true });
    },
  );

  it('is known of a server without labels once it was seen to keep properties', async () => {
    const tracker = await start({ ...dataCenters.keeping, ...unlabelled, indexLagMs: 600_000 });
    an({});
    expect((await tracker.findCreated(lost())).isCertain).toBe(false);
    const another = draft({ requestId: 'c'.repeat(32) });
    await tracker.supplement((await tracker.createIssue(another)).key, 'property', another);
    expect((await tracker.findCreated(lost())).isCertain).toBe(true);
  });
});
