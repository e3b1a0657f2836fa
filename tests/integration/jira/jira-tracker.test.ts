import { MockAgent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createMarkSeal } from '../../../electron/jira/marks/mark-seal.ts';
import { withMarks } from '../../../electron/jira/marks/ticket-property.ts';
import type { IssueMarks } from '../../../electron/tickets/ports/issue-tracker.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';
import type { LoopbackServer, ReceivedRequest } from '../../../stand-ins/loopback-server.ts';
import { draft } from '../../unit/jira/draft.ts';
import {
  inTurn,
  jiraError,
  ordinaryProject,
  scriptedSeal,
  startScriptedJira,
  storedIssue,
  trackerFor,
} from './scripted-jira.ts';

const requestId = 'a'.repeat(32);
const receivedAt = '2026-01-31T10:00:00.000Z';
const request = { requestId, receivedAt, project: 'KAN' };
/** The property of KAN-7 with what people said, as a desktop seals it. */
const sealed = (said: Partial<IssueMarks>) =>
  withMarks({}, { decision: null, correction: null, ...said }, { requestId, issueId: '10007' }, scriptedSeal);
const now = () => Date.parse('2026-01-31T10:10:30.000Z');
const found = (...issues: unknown[]) => ({ status: 200, body: { isLast: true, issues } });

describe('the Jira tracker', () => {
  let jira: LoopbackServer;
  afterEach(() => jira.close());

  describe('looking for an issue whose creation was not confirmed', () => {
    const sentTo = (anchorKey: string | null) => {
      const sent = { site: jira.origin, project: 'KAN', anchorKey, lookUntil: receivedAt };
      return { ...request, sent };
    };
    const readable =
      (...issues: Array<ReturnType<typeof storedIssue>>) =>
      (asked: ReceivedRequest) => {
        const { issueIdsOrKeys } = JSON.parse(asked.body);
        return { status: 200, body: { issues: issues.filter(({ key }) => issueIdsOrKeys.includes(key)) } };
      };
    const nothing = { 'GET /search/jql': found() };

    it('reads the keys that follow the newest known one, in bulk, before it asks the index', async () => {
      jira = await startScriptedJira({
        'POST /issue/bulkfetch': readable(storedIssue('KAN-40', 'x'), storedIssue('KAN-45', requestId)),
      });
      const { issue } = await trackerFor(jira.origin, { now }).findCreated(sentTo('KAN-40'));
      expect(issue).toEqual({
        id: '100045',
        key: 'KAN-45',
        url: `${jira.origin}/browse/KAN-45`,
        issueType: 'Bug',
        note: null,
        due: [],
      });
      expect(jira.requests).toHaveLength(1);
      const { issueIdsOrKeys, properties } = JSON.parse(jira.requests[0]?.body ?? '');
      expect(properties).toEqual(['ticket-agent']);
      expect(issueIdsOrKeys.slice(0, 2)).toEqual(['KAN-40', 'KAN-41']);
    });

    it('then searches for our label in any project, whoever made and reported it, page by page', async () => {
      jira = await startScriptedJira({
        'POST /issue/bulkfetch': readable(storedIssue('KAN-40', 'x')),
        'GET /search/jql': ({ query }) =>
          query.get('nextPageToken') === 'p2'
            ? found(storedIssue('KAN-7', requestId))
            : { status: 200, body: { isLast: false, nextPageToken: 'p2', issues: [storedIssue('KAN-9', 'other')] } },
      });
      const { issue } = await trackerFor(jira.origin, { now }).findCreated(sentTo('KAN-40'));
      expect(issue?.key).toBe('KAN-7');
      const search = jira.requests.find(({ operation }) => operation === 'GET /search/jql');
      expect(search?.query.get('jql')).toBe('labels = "ticket-agent" AND created >= -26m ORDER BY created ASC');
    });

    it.each([
      ['no later key exists', 'KAN-40', [40], true],
      ['every later one was read and is another’s', 'KAN-40', [40, 41, 42], true],
      ['one below a later one cannot be read', 'KAN-40', [40, 42], false],
      ['the newest known one cannot be read any more', 'KAN-40', [], false],
      ['no key was known before', null, [], false],
    ])('where %s, says how certain it is that there is none', async (_what, anchorKey, numbers, isCertain) => {
      const others = numbers.map((number) => storedIssue(`KAN-${number}`, 'other'));
      jira = await startScriptedJira({ ...nothing, 'POST /issue/bulkfetch': readable(...others) });
      const findings = await trackerFor(jira.origin, { now }).findCreated(sentTo(anchorKey));
      expect(findings).toEqual({ issue: null, isCertain });
    });

    const visible = (...projects: unknown[]) => ({ status: 200, body: { values: projects, total: projects.length } });
    const kan = (insight?: unknown) => ({ id: '1', key: 'KAN', name: 'Kanban', insight });
    const browsing = (havePermission: boolean) => {
      return { status: 200, body: { permissions: { BROWSE_PROJECTS: { havePermission } } } };
    };

    it.each([
      ['Jira counts none and lets us browse', visible(kan({ totalIssueCount: 0 })), true, true],
      ['Jira counts some, which are hidden', visible(kan({ totalIssueCount: 3 })), true, false],
      ['this account may not browse', visible(kan({ totalIssueCount: 0 })), false, false],
      ['Jira does not count', visible(kan()), true, true],
      ['Jira refuses to count', jiraError(403, 'No.'), true, true],
      ['Jira refuses to count, and to browse', jiraError(403, 'No.'), false, false],
    ])(
      'where nothing of a project can be read and %s, says how certain it is',
      async (_what, shown, may, isCertain) => {
        jira = await startScriptedJira({
          ...nothing,
          'POST /issue/bulkfetch': readable(),
          'GET /project/search': shown,
          'GET /mypermissions': browsing(may),
        });
        const findings = await trackerFor(jira.origin, { now }).findCreated(sentTo('KAN-0'));
        expect(findings).toEqual({ issue: null, isCertain });
      },
    );

    it('is certain without asking where others’ issues can be read behind an empty start', async () => {
      jira = await startScriptedJira({ ...nothing, 'POST /issue/bulkfetch': readable(storedIssue('KAN-1', 'other')) });
      const findings = await trackerFor(jira.origin, { now }).findCreated(sentTo('KAN-0'));
      expect(findings).toEqual({ issue: null, isCertain: true });
      expect(jira.requests.some(({ operation }) => operation === 'GET /project/search')).toBe(false);
    });

    it('goes on window by window until there is nothing more', async () => {
      const others = Array.from({ length: 120 }, (_, index) => storedIssue(`KAN-${index + 1}`, 'other'));
      jira = await startScriptedJira({
        ...nothing,
        'POST /issue/bulkfetch': readable(...others, storedIssue('KAN-121', requestId)),
      });
      const { issue } = await trackerFor(jira.origin, { now }).findCreated(sentTo('KAN-0'));
      expect(issue?.key).toBe('KAN-121');
    });

    it('reads one by one where the site cannot read in bulk, over gaps of any length', async () => {
      jira = await startScriptedJira({
        ...nothing,
        'GET /issue/KAN-40': { status: 200, body: storedIssue('KAN-40', 'x') },
        'GET /issue/KAN-89': { status: 200, body: storedIssue('KAN-89', requestId) },
      });
      const tracker = trackerFor(jira.origin, { now });
      expect((await tracker.findCreated(sentTo('KAN-40'))).issue?.key).toBe('KAN-89');
      await tracker.findCreated(sentTo('KAN-90'));
      expect(jira.requests.filter(({ operation }) => operation === 'POST /issue/bulkfetch')).toHaveLength(1);
    });

    it('reads fewer at once where the site cannot read in bulk, which one passing refusal does not say', async () => {
      let status = 400;
      jira = await startScriptedJira({
        ...nothing,
        'POST /issue/bulkfetch': () => jiraError(status, 'No.'),
        'GET /issue/KAN-40': { status: 200, body: storedIssue('KAN-40', 'x') },
      });
      const tracker = trackerFor(jira.origin, { now });
      const read = () => tracker.readMarks([{ key: 'KAN-40', requestId: 'x' }]);
      expect(await tracker.marksAtOnce()).toBe(200);
      for (const [next, atOnce] of [
        [400, 200],
        [403, 200],
        [404, 30],
      ] as const) {
        status = next;
        expect((await read()).size).toBe(1);
        expect(await tracker.marksAtOnce()).toBe(atOnce);
      }
      const again = trackerFor(jira.origin, { now });
      status = 403;
      for (const atOnce of [200, 30]) {
        await again.readMarks([{ key: 'KAN-40', requestId: 'x' }]);
        expect(await again.marksAtOnce()).toBe(atOnce);
      }
    });

    it.each([
      ['could not look', { 'POST /issue/bulkfetch': jiraError(503, 'Later.') }],
      [
        'could not look at one key where it reads one by one',
        {
          'GET /issue/KAN-40': { status: 200, body: storedIssue('KAN-40', 'x') },
          'GET /issue/KAN-41': jiraError(503, 'Later.'),
          'GET /search/jql': found(),
        },
      ],
      [
        'could not read an issue that is there',
        { 'POST /issue/bulkfetch': { status: 200, body: { issues: [], issueErrors: [{ id: '10041' }] } } },
      ],
      ['could not search', { 'POST /issue/bulkfetch': readable(), 'GET /search/jql': jiraError(503, 'Later.') }],
    ])('does not answer "none" when it %s', async (_what, routes) => {
      jira = await startScriptedJira(routes);
      const tracker = trackerFor(jira.origin, { now });
      await expect(tracker.findCreated(sentTo('KAN-40'))).rejects.toMatchObject({ code: 'unavailable' });
    });

    it('looks for what an older program sent among the newest of the project', async () => {
      jira = await startScriptedJira({
        'GET /search/jql': found(storedIssue('KAN-40', 'x'), storedIssue('KAN-38', requestId)),
      });
      const { issue } = await trackerFor(jira.origin, { now }).findCreated({
        ...request,
        project: '10001',
        sent: null,
      });
      expect(issue?.key).toBe('KAN-38');
    });

    it('then reads the keys behind the newest one that the index knows', async () => {
      jira = await startScriptedJira({
        'GET /search/jql': found(storedIssue('KAN-40', 'x')),
        'POST /issue/bulkfetch': readable(storedIssue('KAN-40', 'x'), storedIssue('KAN-42', requestId)),
      });
      const { issue } = await trackerFor(jira.origin, { now }).findCreated({ ...request, sent: null });
      expect(issue?.key).toBe('KAN-42');
    });

    it('asks no other site than the one that the ticket was sent to', async () => {
      jira = await startScriptedJira({});
      const sent = { ...sentTo('KAN-40').sent, site: 'https://former.example' };
      await expect(trackerFor(jira.origin).findCreated({ ...request, sent })).rejects.toMatchObject({
        // About this ticket alone: `not_configured` would stop all of Jira.
        code: 'forbidden',
        message: expect.stringContaining('https://former.example'),
      });
      expect(jira.requests).toEqual([]);
    });
  });

  describe('before a create', () => {
    it('asks for the newest key once in five minutes, and remembers its own', async () => {
      let time = now();
      jira = await startScriptedJira({
        ...ordinaryProject,
        'GET /search/jql': found(storedIssue('KAN-4', 'x'), storedIssue('OPS-90', 'moved'), storedIssue('KAN-6', 'y')),
      });
      const tracker = trackerFor(jira.origin, { now: () => time });
      const expected = { site: jira.origin, project: 'KAN', anchorKey: 'KAN-6' };
      expect(await tracker.beforeCreate('KAN')).toEqual(expected);
      await tracker.createIssue(draft());
      expect(await tracker.beforeCreate('KAN')).toEqual({ ...expected, anchorKey: 'KAN-7' });
      const searches = () => jira.requests.filter(({ operation }) => operation === 'GET /search/jql').length;
      expect(searches()).toBe(1);
      time += 5 * 60_000;
      await tracker.beforeCreate('KAN');
      expect(searches()).toBe(2);
    });

    it('goes without where the search is refused, but not where Jira is in trouble', async () => {
      const answers = inTurn(jiraError(503, 'Later.'), jiraError(400, 'No such project.'));
      jira = await startScriptedJira({ 'GET /search/jql': answers });
      const tracker = trackerFor(jira.origin, { now });
      await expect(tracker.beforeCreate('KAN')).rejects.toMatchObject({ code: 'unavailable' });
      expect(await tracker.beforeCreate('KAN')).toMatchObject({ anchorKey: null });
    });
  });

  describe('showing an issue', () => {
    it('gives what people ask for, with the time in UTC', async () => {
      jira = await startScriptedJira({ 'GET /issue/KAN-7': { status: 200, body: storedIssue('KAN-7', requestId) } });
      expect(await trackerFor(jira.origin).getIssue('KAN-7')).toEqual({
        id: '10007',
        key: 'KAN-7',
        url: `${jira.origin}/browse/KAN-7`,
        summary: 'Summary of KAN-7',
        status: 'In Progress',
        issueType: 'Bug',
        issueTypeId: '2',
        assignee: 'Ada Lovelace',
        updatedAt: '2026-01-31T08:15:00.000Z',
        label: 'Bug',
        isOurs: true,
      });
    });

    it('takes an issue of somebody else, without assignee and property', async () => {
      const issue = storedIssue('KAN-7', null);
      const fields = { ...issue.fields, assignee: null, issuetype: { name: 'Bug' } };
      const body = { ...issue, fields, properties: undefined };
      jira = await startScriptedJira({ 'GET /issue/KAN-7': { status: 200, body } });
      const strange = { assignee: null, issueTypeId: null, label: null, isOurs: false };
      expect(await trackerFor(jira.origin).getIssue('KAN-7')).toMatchObject(strange);
    });

    it('says what is missing when there is none', async () => {
      jira = await startScriptedJira({});
      await expect(trackerFor(jira.origin).getIssue('KAN-404')).rejects.toMatchObject({
        code: 'not_found',
        message: 'Jira has no issue KAN-404, or this account may not see it. Not here.',
      });
    });

    it('does not take a missing time for 1970', async () => {
      const issue = storedIssue('KAN-7', requestId);
      const body = { ...issue, fields: { ...issue.fields, updated: null } };
      jira = await startScriptedJira({ 'GET /issue/KAN-7': { status: 200, body } });
      await expect(trackerFor(jira.origin).getIssue('KAN-7')).rejects.toMatchObject({ code: 'bad_response' });
    });

    it('does not take something else for an issue', async () => {
      jira = await startScriptedJira({ 'GET /issue/KAN-7': { status: 200, body: { hello: 'world' } } });
      await expect(trackerFor(jira.origin).getIssue('KAN-7')).rejects.toMatchObject({ code: 'bad_response' });
    });
  });

  it('sends nothing for what is no key and no project, since paths are not escaped', async () => {
    jira = await startScriptedJira({});
    const tracker = trackerFor(jira.origin);
    const word = { requestId, by: 'U2', at: receivedAt };
    for (const key of ['KAN-7/../../myself', 'kan-7', 'KAN-7?x', '']) {
      for (const asked of [
        tracker.getIssue(key),
        tracker.recordDecision(key, { ...word, status: 'approved' }),
        tracker.relabel(key, { ...word, label: 'Task', from: 'Bug', via: 'slack' }, defaultLabelToIssueType),
        tracker.readMarks([{ key, requestId }]),
        tracker.clearTest(key),
      ]) {
        await expect(asked).rejects.toMatchObject({ code: 'invalid_input' });
      }
    }
    for (const [project, code] of [
      ['KAN/../../x', 'invalid_input'],
      ['', 'not_configured'],
    ] as const) {
      for (const asked of [
        tracker.check(project),
        tracker.listIssues(project, null),
        tracker.projectKey(project),
        tracker.beforeCreate(project),
        tracker.createIssue(draft({ project })),
      ]) {
        await expect(asked).rejects.toMatchObject({ code });
      }
    }
    expect(jira.requests).toEqual([]);
  });

  describe('recording a decision', () => {
    const decision = { requestId, status: 'approved', by: 'U2', at: receivedAt } as const;
    const property = '/issue/KAN-7/properties/ticket-agent';
    const issue = { 'GET /issue/KAN-7': { status: 200, body: storedIssue('KAN-7', requestId) } };

    it('stores it beside what the issue carries', async () => {
      const stored = { requestId, label: 'Bug', added: 'by somebody' };
      jira = await startScriptedJira({
        ...issue,
        [`GET ${property}`]: { status: 200, body: { key: 'ticket-agent', value: stored } },
        [`PUT ${property}`]: { status: 200 },
      });
      await trackerFor(jira.origin).recordDecision('KAN-7', decision);
      expect(JSON.parse(jira.requests.find(({ method }) => method === 'PUT')?.body ?? '')).toEqual({
        ...stored,
        decision: { status: 'approved', by: 'U2', at: receivedAt },
        mac: { key: expect.any(String), value: expect.any(String) },
      });
      // Before and after the write: another desktop may write at the same time.
      const reads = jira.requests.filter(({ operation }) => operation === `GET ${property}`);
      expect(reads.length).toBeGreaterThan(1);
    });

    it('writes its decision again where a later click’s was written over it', async () => {
      const later = sealed({ decision: { status: 'rejected', by: 'U9', at: receivedAt, actionTs: '20.5' } });
      const value = (stored: unknown) => ({ status: 200, body: { key: 'ticket-agent', value: stored } });
      const early = { ...decision, actionTs: '20.4' };
      const { requestId: _, ...word } = early;
      const ours = sealed({ decision: word });
      jira = await startScriptedJira({
        ...issue,
        [`GET ${property}`]: inTurn(value({ requestId }), value(later), value(ours)),
        [`PUT ${property}`]: { status: 200 },
      });
      expect((await trackerFor(jira.origin).recordDecision('KAN-7', early)).decision).toEqual(word);
      const writes = jira.requests.filter(({ method }) => method === 'PUT').map(({ body }) => JSON.parse(body));
      expect(writes).toEqual([ours, ours]);
    });

    it('stores it on an issue that carries nothing yet', async () => {
      jira = await startScriptedJira({ ...issue, [`PUT ${property}`]: { status: 201 } });
      await trackerFor(jira.origin).recordDecision('KAN-7', decision);
      expect(JSON.parse(jira.requests.find(({ method }) => method === 'PUT')?.body ?? '')).toMatchObject({
        requestId,
        decision: { by: 'U2' },
      });
    });

    it('keeps a correction that was written meanwhile, or erased', async () => {
      const correction = { label: 'Task', from: 'Bug', by: 'U9', at: receivedAt, via: 'slack' } as const;
      const value = (stored: unknown) => ({ status: 200, body: { key: 'ticket-agent', value: stored } });
      const { requestId: _, ...word } = decision;
      const both = sealed({ decision: word, correction });
      const ours = { ...sealed({ decision: word }), label: 'Bug' };
      jira = await startScriptedJira({
        ...issue,
        [`GET ${property}`]: inTurn(
          value({ requestId, label: 'Bug' }),
          value(sealed({ correction })),
          value(ours),
          value(both),
        ),
        [`PUT ${property}`]: { status: 200 },
      });
      expect((await trackerFor(jira.origin).recordDecision('KAN-7', decision)).decision).toEqual(word);
      const writes = jira.requests.filter(({ method }) => method === 'PUT').map(({ body }) => JSON.parse(body));
      expect(writes).toEqual([ours, both, both]);
    });

    it('asks Jira nothing of what people said before that can be sealed and proven', async () => {
      jira = await startScriptedJira(issue);
      const tracker = trackerFor(jira.origin, { seal: createMarkSeal(() => null) });
      const word = { requestId, label: 'Task', from: 'Bug', by: 'U2', at: receivedAt, via: 'slack' } as const;
      await expect(tracker.recordDecision('KAN-7', decision)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(tracker.relabel('KAN-7', word, defaultLabelToIssueType)).rejects.toMatchObject({
        code: 'unavailable',
      });
      expect(await tracker.readMarks([{ key: 'KAN-7', requestId }])).toEqual(new Map());
      expect(jira.requests).toEqual([]);
    });

    it('names the permission that is missing', async () => {
      jira = await startScriptedJira({ ...issue, [`PUT ${property}`]: jiraError(403, 'No.') });
      await expect(trackerFor(jira.origin).recordDecision('KAN-7', decision)).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('"Edit issues"'),
      });
    });
  });

  describe('reading decisions and corrections', () => {
    const decision = { status: 'approved', by: 'U2', at: receivedAt } as const;
    const answering = (...issues: unknown[]) => ({ 'POST /issue/bulkfetch': { status: 200, body: { issues } } });

    it('knows an issue that moved to another project by its request', async () => {
      const moved = {
        ...storedIssue('OPS-3', null),
        id: '10007',
        properties: { 'ticket-agent': sealed({ decision }) },
      };
      jira = await startScriptedJira(answering(storedIssue('OPS-4', 'other'), moved));
      const marks = await trackerFor(jira.origin).readMarks([{ key: 'KAN-7', requestId }]);
      const place = { key: 'OPS-3', url: `${jira.origin}/browse/OPS-3`, issueType: 'Bug' };
      expect(marks.get(requestId)).toMatchObject({ marks: { decision }, place });
    });

    it('says nothing of a request whose key is another one’s issue now', async () => {
      jira = await startScriptedJira(answering(storedIssue('KAN-7', 'other')));
      expect(await trackerFor(jira.origin).readMarks([{ key: 'KAN-7', requestId }])).toEqual(new Map());
    });
  });

  describe('correcting a label', () => {
    const word = { from: 'Bug', by: 'U2', at: receivedAt, via: 'slack' } as const;
    const correction = { requestId, label: 'Task', ...word } as const;
    const decision = { status: 'approved', by: 'U9', at: receivedAt } as const;
    const ours = sealed({ correction: { label: 'Task', ...word } });
    const theirs = sealed({ decision });
    const both = sealed({ decision, correction: { label: 'Task', ...word } });
    const property = '/issue/KAN-7/properties/ticket-agent';
    const value = (stored: unknown) => ({ status: 200, body: { key: 'ticket-agent', value: stored } });
    const start = async (...stored: unknown[]) => {
      jira = await startScriptedJira({
        ...ordinaryProject,
        [`GET ${property}`]: inTurn(...stored.map(value)),
        [`PUT ${property}`]: { status: 200 },
        'GET /issue/KAN-7': { status: 200, body: storedIssue('KAN-7', requestId) },
        'PUT /issue/KAN-7': { status: 204 },
      });
      return trackerFor(jira.origin);
    };
    const bodiesTo = (path: string) =>
      jira.requests.filter(({ operation }) => operation === `PUT ${path}`).map(({ body }) => JSON.parse(body));

    it('writes it again beside a decision that was written over it', async () => {
      const tracker = await start({ requestId }, theirs, both);
      expect(await tracker.relabel('KAN-7', correction, defaultLabelToIssueType)).toMatchObject({
        issueType: 'Task',
        note: null,
      });
      expect(bodiesTo(property)).toEqual([ours, both]);
    });

    it('writes a decision again that was there and is gone', async () => {
      const tracker = await start(theirs, ours, both);
      await tracker.relabel('KAN-7', correction, defaultLabelToIssueType);
      expect(bodiesTo(property)).toEqual([both, both]);
    });

    it('leaves a later one alone, and gives the issue that one’s type', async () => {
      const later = { label: 'Bug', ...word, by: 'U9', at: '2026-01-31T10:00:01.000Z' } as const;
      const tracker = await start(sealed({ correction: later }));
      expect(await tracker.relabel('KAN-7', correction, defaultLabelToIssueType)).toMatchObject({
        issueType: 'Bug',
        note: null,
      });
      expect(bodiesTo(property)).toEqual([]);
    });

    const typeIs = (name: string) => {
      const issue = storedIssue('KAN-7', requestId);
      return {
        'GET /issue/KAN-7': { status: 200, body: { ...issue, fields: { ...issue.fields, issuetype: { name } } } },
      };
    };

    it('says nothing where the issue has a type already that the project does not offer', async () => {
      jira = await startScriptedJira({
        ...ordinaryProject,
        ...typeIs('incident'),
        [`PUT ${property}`]: { status: 200 },
      });
      const incident = { ...correction, label: 'Incident' } as const;
      expect(await trackerFor(jira.origin).relabel('KAN-7', incident, defaultLabelToIssueType)).toMatchObject({
        issueType: 'incident',
        note: null,
      });
    });

    it.each([
      [401, 'unauthorized'],
      [429, 'rate_limited'],
      [503, 'unavailable'],
    ])('does not take %i for a refusal of the type', async (status, code) => {
      jira = await startScriptedJira({
        ...ordinaryProject,
        ...typeIs('Bug'),
        [`PUT ${property}`]: { status: 200 },
        'PUT /issue/KAN-7': jiraError(status, 'No.'),
      });
      await expect(trackerFor(jira.origin).relabel('KAN-7', correction, defaultLabelToIssueType)).rejects.toMatchObject(
        { code },
      );
    });

    it('ends after three writes, whatever another program stores', async () => {
      const tracker = await start({ requestId });
      await tracker.relabel('KAN-7', correction, defaultLabelToIssueType);
      expect(bodiesTo(property)).toHaveLength(3);
    });
  });

  describe('listing our issues', () => {
    it('asks for those with our label, newest first, and goes on where the page before ended', async () => {
      const body = { isLast: false, nextPageToken: 'p2', issues: [storedIssue('KAN-7', requestId)] };
      jira = await startScriptedJira({ 'GET /search/jql': { status: 200, body } });
      const { issues, next } = await trackerFor(jira.origin).listIssues('KAN', 'p1');
      expect(next).toBe('p2');
      expect(issues).toEqual([
        {
          id: '10007',
          key: 'KAN-7',
          url: `${jira.origin}/browse/KAN-7`,
          summary: 'Summary of KAN-7',
          issueType: 'Bug',
          requestId,
          requester: null,
          channel: null,
          label: 'Bug',
          decision: null,
          createdAt: '2026-01-31T08:00:00.000Z',
        },
      ]);
      const query = jira.requests[0]?.query;
      expect(query?.get('jql')).toBe('project = "KAN" AND labels = "ticket-agent" ORDER BY created DESC');
      expect(query?.get('nextPageToken')).toBe('p1');
    });

    it.each([
      ['nothing', undefined],
      ['a text', 'hello'],
      ['a list', [1, 2]],
      [
        'other people’s values',
        { requestId: 7, requester: 'U1', channel: { id: '!channel' }, label: 'Chore', decision: {} },
      ],
      ['a request id that is too long', { requestId: 'x'.repeat(101) }],
    ])('takes an issue whose property holds %s', async (_what, property) => {
      const issue = { ...storedIssue('KAN-7', null), properties: property && { 'ticket-agent': property } };
      jira = await startScriptedJira({ 'GET /search/jql': found(issue) });
      const { issues } = await trackerFor(jira.origin).listIssues('KAN', null);
      const unknown = { requestId: null, requester: null, channel: null, label: null, decision: null };
      expect(issues).toMatchObject([{ key: 'KAN-7', ...unknown }]);
    });

    it('keeps of a property what can be read', async () => {
      const property = { requestId, requester: { id: 'U1', name: 5 }, channel: { id: 'C1' }, label: 'Bug' };
      const issue = { ...storedIssue('KAN-7', null), properties: { 'ticket-agent': property } };
      jira = await startScriptedJira({ 'GET /search/jql': found(issue) });
      const { issues } = await trackerFor(jira.origin).listIssues('KAN', null);
      expect(issues).toMatchObject([
        { requestId, requester: { id: 'U1', name: null }, channel: { id: 'C1', name: null } },
      ]);
    });
  });

  describe('clearing a test', () => {
    const transition = (id: string, key: string) => ({ id, name: id, to: { statusCategory: { key } } });
    const open = { 'DELETE /issue/KAN-7': jiraError(403, 'No.') };
    const transitions = [transition('1', 'new'), transition('2', 'done'), transition('3', 'done')];

    it('tries every transition that closes the issue, and no other', async () => {
      jira = await startScriptedJira({
        ...open,
        'GET /issue/KAN-7/transitions': { status: 200, body: { transitions } },
        'POST /issue/KAN-7/transitions': inTurn(jiraError(400, null, { resolution: 'Needed.' }), { status: 204 }),
      });
      expect(await trackerFor(jira.origin).clearTest('KAN-7')).toBe('closed');
      const sent = jira.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
      expect(sent).toEqual([{ transition: { id: '2' } }, { transition: { id: '3' } }]);
    });

    it('adds a label where nothing closes the issue', async () => {
      jira = await startScriptedJira({
        ...open,
        'GET /issue/KAN-7/transitions': { status: 200, body: { transitions: [] } },
        'PUT /issue/KAN-7': { status: 204 },
      });
      expect(await trackerFor(jira.origin).clearTest('KAN-7')).toBe('labelled');
      expect(JSON.parse(jira.requests.at(-1)?.body ?? '')).toEqual({ update: { labels: [{ add: 'test' }] } });
    });

    it('goes on where only a scope of the token is missing', async () => {
      jira = await startScriptedJira({
        'DELETE /issue/KAN-7': { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } },
      });
      expect(await trackerFor(jira.origin).clearTest('KAN-7')).toBe('left');
    });

    it('does not take trouble on the way for a refusal', async () => {
      jira = await startScriptedJira({ 'DELETE /issue/KAN-7': jiraError(503, 'Later.') });
      await expect(trackerFor(jira.origin).clearTest('KAN-7')).rejects.toMatchObject({ code: 'unavailable' });
    });
  });

  describe('checking the settings', () => {
    const me = { 'GET /myself': { status: 200, body: { accountId: '1' } } };
    const may = (havePermission: boolean) => ({
      'GET /mypermissions': { status: 200, body: { permissions: { CREATE_ISSUES: { havePermission } } } },
    });

    it('is content where the account may create issues', async () => {
      jira = await startScriptedJira({ ...me, ...may(true) });
      await trackerFor(jira.origin).check('KAN');
      expect(jira.requests.at(-1)?.query.get('projectKey')).toBe('KAN');
      await trackerFor(jira.origin).check('10001');
      expect(jira.requests.at(-1)?.query.get('projectId')).toBe('10001');
    });

    it('is content with a visible project where permissions may not be asked for', async () => {
      jira = await startScriptedJira({ ...me, 'GET /project/KAN': { status: 200, body: { id: '1', key: 'KAN' } } });
      await expect(trackerFor(jira.origin).check('KAN')).resolves.toBeUndefined();
    });

    it('is content where Jira says nothing of the permission', async () => {
      jira = await startScriptedJira({ ...me, 'GET /mypermissions': { status: 200, body: { permissions: {} } } });
      await expect(trackerFor(jira.origin).check('KAN')).resolves.toBeUndefined();
    });

    it.each([
      ['a refused login', { 'GET /myself': jiraError(401, null) }, 'unauthorized', 'JIRA_API_TOKEN'],
      ['nobody’s account', { 'GET /myself': { status: 200, body: { status: 'UP' } } }, 'bad_response', 'account'],
      ['an unknown project', me, 'not_found', 'JIRA_PROJECT_KEY'],
      ['a missing permission', { ...me, ...may(false) }, 'forbidden', '"Create issues"'],
      ['a wrong address', { 'GET /myself': { status: 404, body: '<html>x</html>' } }, 'bad_response', 'JIRA_BASE_URL'],
    ])('says what to change after %s', async (_what, routes, code, setting) => {
      jira = await startScriptedJira(routes);
      await expect(trackerFor(jira.origin).check('KAN')).rejects.toMatchObject({
        code,
        message: expect.stringContaining(setting),
      });
    });
  });

  it('knows the site by its own name too, and takes an address for strange where it does not tell', async () => {
    const serverInfo = { status: 200, body: { baseUrl: 'https://support.acme.example/jira/' } };
    jira = await startScriptedJira({ 'GET /serverInfo': serverInfo });
    const tracker = trackerFor(jira.origin);
    expect(await tracker.isOwnAddress(`${jira.origin}/browse/KAN-7`)).toBe(true);
    expect(jira.requests).toEqual([]);
    expect(await tracker.isOwnAddress('https://support.acme.example/jira/browse/KAN-7')).toBe(true);
    expect(await tracker.isOwnAddress('https://other.example/jira/browse/KAN-7')).toBe(false);
    expect(jira.requests).toHaveLength(1);
    await jira.close();
    jira = await startScriptedJira({});
    expect(await trackerFor(jira.origin).isOwnAddress('https://support.acme.example/browse/KAN-7')).toBe(false);
  });

  it.each([{}, { baseUrl: '/jira' }, { baseUrl: 'ftp://jira.example' }])(
    'knows a site that says %j of its address by the one where it is asked',
    async (said) => {
      const body = { deploymentType: 'Server', version: '9.12.4', ...said };
      jira = await startScriptedJira({ 'GET /rest/api/2/serverInfo': { status: 200, body } });
      const tracker = trackerFor(jira.origin, { deployment: 'datacenter', email: null });
      expect(await tracker.isOwnAddress('https://other.example/browse/X-1')).toBe(false);
      expect(await tracker.isOwnAddress(`${jira.origin}/browse/X-1`)).toBe(true);
    },
  );

  it('asks the same through the gateway whether an issue is there or not', async () => {
    const asked: Record<string, string[]> = { there: [], absent: [] };
    for (const [what, requests] of Object.entries(asked)) {
      const gateway = new MockAgent();
      gateway.disableNetConnect();
      const reply = (where: RegExp, status: number, body: object) =>
        gateway
          .get('https://api.atlassian.com')
          .intercept({ method: 'GET', path: (path) => where.test(path) })
          .reply(status, () => {
            requests.push(where.source);
            return body;
          });
      reply(/serverInfo/, 200, { baseUrl: 'https://acme.atlassian.net' });
      const refusal = { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} };
      if (what === 'there') reply(/issue/, 200, storedIssue('HR-7', 'x'));
      else reply(/issue/, 404, refusal);
      const tracker = trackerFor('https://api.atlassian.com/ex/jira/cloud-1', { dispatcher: gateway });
      await tracker.getIssue('HR-7').catch(() => {});
    }
    expect(asked).toEqual({ there: ['serverInfo', 'issue'], absent: ['serverInfo', 'issue'] });
  });

  it('knows the key that a project has now, asked once', async () => {
    jira = await startScriptedJira({ 'GET /project/OLD': { status: 200, body: { id: '1', key: 'NEW' } } });
    const tracker = trackerFor(jira.origin);
    expect(await tracker.currentKey('OLD')).toBe('NEW');
    expect(await tracker.currentKey('OLD')).toBe('NEW');
    expect(await tracker.projectKey('OLD')).toBe('OLD');
    expect(jira.requests).toHaveLength(1);
    await expect(tracker.currentKey('../x')).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('asks for a project’s key again after five minutes, and goes by the former one where Jira does not tell', async () => {
    let time = now();
    const answers = inTurn(
      ...['KAN', 'NEW'].map((key) => ({ status: 200, body: { id: '10001', key } })),
      jiraError(503, 'Later.'),
    );
    jira = await startScriptedJira({ 'GET /project/10001': answers });
    const tracker = trackerFor(jira.origin, { now: () => time });
    for (const key of ['KAN', 'NEW', 'NEW']) {
      expect(await tracker.projectKey('10001')).toBe(key);
      expect(await tracker.currentKey('10001')).toBe(key);
      time += 5 * 60_000;
    }
    await expect(tracker.currentKey('OTHER')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('works through the gateway for scoped tokens, and links to the site that people see', async () => {
    jira = await startScriptedJira(ordinaryProject);
    const gateway = new MockAgent();
    gateway.disableNetConnect();
    const pool = gateway.get('https://api.atlassian.com');
    const path = '/ex/jira/cloud-1/rest/api/3';
    const reply = (method: string, where: RegExp, body: object) =>
      pool.intercept({ method, path: (asked) => asked.startsWith(path) && where.test(asked) }).reply(200, body);
    reply('GET', /serverInfo/, { baseUrl: 'https://acme.atlassian.net' });
    reply('GET', /issuetypes\?/, { total: 1, issueTypes: [{ id: '2', name: 'Bug' }] });
    reply('GET', /issuetypes\/2/, { total: 0, fields: [] });
    reply('POST', /issue$/, { id: '10007', key: 'KAN-7' });
    reply('GET', /search/, { issues: [storedIssue('KAN-7', 'x')] });
    reply('POST', /bulkfetch$/, { issues: [storedIssue('KAN-8', requestId)] });
    const tracker = trackerFor('https://api.atlassian.com/ex/jira/cloud-1', { dispatcher: gateway });
    expect((await tracker.createIssue(draft())).url).toBe('https://acme.atlassian.net/browse/KAN-7');
    const sent = { ...(await tracker.beforeCreate('KAN')), lookUntil: receivedAt };
    expect(sent).toMatchObject({ site: 'https://acme.atlassian.net', anchorKey: 'KAN-7' });
    expect((await tracker.findCreated({ ...request, sent })).issue?.key).toBe('KAN-8');
  });
});
