import { MockAgent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import type { LoopbackServer } from '../../../electron/demo/loopback-server.ts';
import { draft } from '../../unit/jira/draft.ts';
import { inTurn, jiraError, ordinaryProject, startScriptedJira, storedIssue, trackerFor } from './scripted-jira.ts';

const requestId = 'a'.repeat(32);
const receivedAt = '2026-01-31T10:00:00.000Z';
const request = { requestId, receivedAt, wantedProject: null };
const now = () => Date.parse('2026-01-31T10:10:30.000Z');
const found = (...issues: unknown[]) => ({ status: 200, body: { isLast: true, issues } });

describe('the Jira tracker', () => {
  let jira: LoopbackServer;
  afterEach(() => jira.close());

  describe('looking for an issue whose creation was not confirmed', () => {
    it('finds it by the property among those with our label, page by page', async () => {
      jira = await startScriptedJira({
        'GET /search/jql': ({ query }) =>
          query.get('nextPageToken') === 'p2'
            ? found(storedIssue('KAN-7', requestId))
            : { status: 200, body: { isLast: false, nextPageToken: 'p2', issues: [storedIssue('KAN-9', 'other')] } },
      });
      const issue = await trackerFor(jira.origin, { now }).findCreated(request);
      expect(issue).toEqual({
        id: '10007',
        key: 'KAN-7',
        url: `${jira.origin}/browse/KAN-7`,
        issueType: 'Bug',
        note: null,
      });
      expect(jira.requests[0]?.query.get('jql')).toBe(
        'project = "KAN" AND labels = "ticket-agent" AND created >= -26m ORDER BY created DESC',
      );
    });

    it('finds one that was made without the label', async () => {
      jira = await startScriptedJira({
        'GET /search/jql': inTurn(found(), found(storedIssue('KAN-8', null), storedIssue('KAN-7', requestId))),
      });
      const issue = await trackerFor(jira.origin, { now }).findCreated(request);
      expect(issue?.key).toBe('KAN-7');
    });

    it('finds one that the index does not know yet by reading the next numbers', async () => {
      jira = await startScriptedJira({
        'GET /search/jql': inTurn(found(), found(storedIssue('KAN-40', 'x'), storedIssue('KAN-38', 'y'))),
        'GET /issue/KAN-42': { status: 200, body: storedIssue('KAN-42', 'other') },
        'GET /issue/KAN-45': { status: 200, body: storedIssue('KAN-45', requestId) },
      });
      const tracker = trackerFor(jira.origin, { now, project: '10001' });
      expect((await tracker.findCreated(request))?.key).toBe('KAN-45');
    });

    it('answers null after five numbers without an issue', async () => {
      jira = await startScriptedJira({ 'GET /search/jql': found() });
      const tracker = trackerFor(jira.origin, { now });
      expect(await tracker.findCreated(request)).toBeNull();
      const read = jira.requests
        .filter(({ path }) => path.includes('/issue/'))
        .map(({ path }) => path.split('/').at(-1));
      expect(read).toEqual(['KAN-1', 'KAN-2', 'KAN-3', 'KAN-4', 'KAN-5']);
    });

    it('reads at most twenty numbers', async () => {
      const issues = Array.from({ length: 30 }, (_, index) => [
        `GET /issue/KAN-${index + 1}`,
        { status: 200, body: storedIssue(`KAN-${index + 1}`, 'other') },
      ]);
      jira = await startScriptedJira({ 'GET /search/jql': found(), ...Object.fromEntries(issues) });
      expect(await trackerFor(jira.origin, { now }).findCreated(request)).toBeNull();
      expect(jira.requests.filter(({ path }) => path.includes('/issue/'))).toHaveLength(20);
    });

    it('does not answer "none" when it could not look', async () => {
      jira = await startScriptedJira({ 'GET /search/jql': jiraError(503, 'Later.') });
      const tracker = trackerFor(jira.origin, { now });
      await expect(tracker.findCreated(request)).rejects.toMatchObject({ code: 'unavailable' });
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
        assignee: 'Ada Lovelace',
        updatedAt: '2026-01-31T08:15:00.000Z',
        label: 'Bug',
      });
    });

    it('takes an issue of somebody else, without assignee and property', async () => {
      const issue = storedIssue('KAN-7', null);
      const body = { ...issue, fields: { ...issue.fields, assignee: null }, properties: undefined };
      jira = await startScriptedJira({ 'GET /issue/KAN-7': { status: 200, body } });
      expect(await trackerFor(jira.origin).getIssue('KAN-7')).toMatchObject({ assignee: null, label: null });
    });

    it('says what is missing when there is none', async () => {
      jira = await startScriptedJira({});
      await expect(trackerFor(jira.origin).getIssue('KAN-404')).rejects.toMatchObject({
        code: 'not_found',
        message: 'Jira has no issue KAN-404, or this account may not see it. Not here.',
      });
    });

    it('sends nothing for what is not a key', async () => {
      jira = await startScriptedJira({});
      for (const key of ['KAN-7/../../myself', 'kan-7', 'KAN-7?x', '']) {
        await expect(trackerFor(jira.origin).getIssue(key)).rejects.toMatchObject({ code: 'invalid_input' });
      }
      expect(jira.requests).toEqual([]);
    });

    it('does not take something else for an issue', async () => {
      jira = await startScriptedJira({ 'GET /issue/KAN-7': { status: 200, body: { hello: 'world' } } });
      await expect(trackerFor(jira.origin).getIssue('KAN-7')).rejects.toMatchObject({ code: 'bad_response' });
    });
  });

  describe('recording a decision', () => {
    const decision = { requestId, status: 'approved', by: 'U2', at: receivedAt } as const;
    const property = '/issue/KAN-7/properties/ticket-agent';

    it('stores it beside what the issue carries', async () => {
      const stored = { requestId, label: 'Bug', added: 'by somebody' };
      jira = await startScriptedJira({
        [`GET ${property}`]: { status: 200, body: { key: 'ticket-agent', value: stored } },
        [`PUT ${property}`]: { status: 200 },
      });
      await trackerFor(jira.origin).recordDecision('KAN-7', decision);
      expect(JSON.parse(jira.requests.at(-1)?.body ?? '')).toEqual({
        ...stored,
        decision: { status: 'approved', by: 'U2', at: receivedAt },
      });
    });

    it('stores it on an issue that carries nothing yet', async () => {
      jira = await startScriptedJira({ [`PUT ${property}`]: { status: 201 } });
      await trackerFor(jira.origin).recordDecision('KAN-7', decision);
      expect(JSON.parse(jira.requests.at(-1)?.body ?? '')).toMatchObject({ requestId, decision: { by: 'U2' } });
    });

    it('names the permission that is missing', async () => {
      jira = await startScriptedJira({ [`PUT ${property}`]: jiraError(403, 'No.') });
      await expect(trackerFor(jira.origin).recordDecision('KAN-7', decision)).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('"Edit issues"'),
      });
    });
  });

  describe('listing our issues', () => {
    it('asks for those with our label, newest first, and goes on where the page before ended', async () => {
      const body = { isLast: false, nextPageToken: 'p2', issues: [storedIssue('KAN-7', requestId)] };
      jira = await startScriptedJira({ 'GET /search/jql': { status: 200, body } });
      const { issues, next } = await trackerFor(jira.origin).listIssues('p1');
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
      const { issues } = await trackerFor(jira.origin).listIssues(null);
      const unknown = { requestId: null, requester: null, channel: null, label: null, decision: null };
      expect(issues).toMatchObject([{ key: 'KAN-7', ...unknown }]);
    });

    it('keeps of a property what can be read', async () => {
      const property = { requestId, requester: { id: 'U1', name: 5 }, channel: { id: 'C1' }, label: 'Bug' };
      const issue = { ...storedIssue('KAN-7', null), properties: { 'ticket-agent': property } };
      jira = await startScriptedJira({ 'GET /search/jql': found(issue) });
      const { issues } = await trackerFor(jira.origin).listIssues(null);
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
      await trackerFor(jira.origin).check();
      expect(jira.requests.at(-1)?.query.get('projectKey')).toBe('KAN');
      await trackerFor(jira.origin, { project: '10001' }).check();
      expect(jira.requests.at(-1)?.query.get('projectId')).toBe('10001');
    });

    it('is content with a visible project where permissions may not be asked for', async () => {
      jira = await startScriptedJira({ ...me, 'GET /project/KAN': { status: 200, body: { id: '1', key: 'KAN' } } });
      await expect(trackerFor(jira.origin).check()).resolves.toBeUndefined();
    });

    it.each([
      ['a refused login', { 'GET /myself': jiraError(401, null) }, 'unauthorized', 'JIRA_API_TOKEN'],
      ['an unknown project', me, 'not_found', 'JIRA_PROJECT_KEY'],
      ['a missing permission', { ...me, ...may(false) }, 'forbidden', '"Create issues"'],
      ['a wrong address', { 'GET /myself': { status: 404, body: '<html>x</html>' } }, 'bad_response', 'JIRA_BASE_URL'],
    ])('says what to change after %s', async (_what, routes, code, setting) => {
      jira = await startScriptedJira(routes);
      await expect(trackerFor(jira.origin).check()).rejects.toMatchObject({
        code,
        message: expect.stringContaining(setting),
      });
    });
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
    const tracker = trackerFor('https://api.atlassian.com/ex/jira/cloud-1', { dispatcher: gateway });
    expect((await tracker.createIssue(draft())).url).toBe('https://acme.atlassian.net/browse/KAN-7');
  });
});
