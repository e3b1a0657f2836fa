import { createHash } from 'node:crypto';
import { createCloudClient } from 'jira.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toPlainAdf } from '../../stand-ins/jira/adf.ts';
import { createJiraSite, type JiraSite } from '../../stand-ins/jira/site.ts';

describe('the demo Jira, asked by jira.js', () => {
  let site: JiraSite;
  beforeEach(async () => {
    site = await createJiraSite();
  });
  afterEach(() => site.close());

  const connect = (apiToken = site.apiToken) =>
    createCloudClient({
      host: site.baseUrl,
      auth: { type: 'basic', email: site.email, apiToken },
      onSchemaMismatch: 'throw',
    });
  const aBug = { project: { key: 'KAN' }, issuetype: { name: 'Bug' }, summary: 'VPN is down' };

  it("satisfies the client's own schemas in every operation", async () => {
    const jira = connect();
    expect((await jira.myself.getCurrentUser()).accountId).toBe(site.account.accountId);
    expect((await jira.serverInfo.getServerInfo()).deploymentType).toBe('Cloud');
    expect((await jira.projects.getProject({ projectIdOrKey: 'KAN' })).id).toBe('10000');
    expect((await jira.projects.searchProjects()).total).toBe(1);
    await jira.permissions.getMyPermissions({ projectKey: 'KAN', permissions: 'CREATE_ISSUES' });
    const types = await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'KAN' });
    expect(types.issueTypes?.map(({ name }) => name)).toContain('Sub-task');
    await jira.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: 'KAN', issueTypeId: '10000' });
    const { key } = await jira.issues.createIssue({ fields: aBug, properties: [{ key: 'a', value: 1 }] });
    expect(key).toBe('KAN-1');
    await jira.issueProperties.setIssueProperty({ issueIdOrKey: 'KAN-1', propertyKey: 'a', body: { b: 2 } });
    const property = await jira.issueProperties.getIssueProperty({ issueIdOrKey: 'KAN-1', propertyKey: 'a' });
    expect(property.value).toEqual({ b: 2 });
    const issue = await jira.issues.getIssue({
      issueIdOrKey: 'KAN-1',
      fields: ['summary', 'status'],
      properties: ['a'],
    });
    expect(issue).toMatchObject({ fields: { summary: 'VPN is down' }, properties: { a: { b: 2 } } });
    const { transitions } = await jira.issues.getTransitions({ issueIdOrKey: 'KAN-1' });
    expect(transitions).toHaveLength(3);
    await jira.issues.doTransition({ issueIdOrKey: 'KAN-1', transition: { id: '21' } });
    expect(site.issues[0]?.status.name).toBe('In Progress');
    const jql = 'project = KAN ORDER BY created DESC';
    const found = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql, fields: ['summary'] });
    expect(found.issues).toHaveLength(1);
    const many = await jira.issues.bulkFetchIssues({ issueIdsOrKeys: ['KAN-1'], fields: ['summary'] });
    expect(many.issues?.[0]?.key).toBe('KAN-1');
    await jira.issues.editIssue({ issueIdOrKey: 'KAN-1', update: { labels: [{ add: 'test' }] } });
    expect(site.issues[0]?.fields['labels']).toEqual(['test']);
    await jira.issues.deleteIssue({ issueIdOrKey: 'KAN-1' });
    expect(site.issues).toHaveLength(0);
  });

  it('refuses a wrong token with 401 and HTML', async () => {
    await expect(connect('wrong').myself.getCurrentUser()).rejects.toMatchObject({ status: 401 });
    const response = await fetch(`${site.baseUrl}/rest/api/3/myself`, { headers: { authorization: 'Basic eDp5' } });
    expect(response.headers.get('content-type')).toMatch('text/html');
  });

  it('answers the removed search with 410 and unknown paths with 404', async () => {
    const authorization = `Basic ${Buffer.from(`${site.email}:${site.apiToken}`).toString('base64')}`;
    const ask = (path: string) => fetch(site.baseUrl + path, { headers: { authorization } });
    expect((await ask('/rest/api/3/search?jql=project=KAN')).status).toBe(410);
    expect((await ask('/rest/api/2/issue/KAN-1')).status).toBe(404);
  });

  it('is there only for who knows its path', async () => {
    const { origin } = new URL(site.baseUrl);
    const authorization = `Basic ${Buffer.from(`${site.email}:${site.apiToken}`).toString('base64')}`;
    for (const path of ['/rest/api/3/myself', '/_edge/tenant_info', '/browse/KAN-1']) {
      expect((await fetch(origin + path, { headers: { authorization } })).status).toBe(404);
    }
  });

  it('tells everybody the id of its cloud, and that it is one', async () => {
    const tenant = await fetch(`${site.baseUrl}/_edge/tenant_info`);
    expect(await tenant.json()).toEqual({ cloudId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const server = await fetch(`${site.baseUrl}/rest/api/2/serverInfo`);
    expect(await server.json()).toMatchObject({ deploymentType: 'Cloud' });
  });

  it('shows an issue to a browser, as text that can do nothing', async () => {
    site.addIssue({
      projectKey: 'KAN',
      issueType: 'Bug',
      fields: {
        summary: '<script>alert("1")</script> & co',
        labels: ["o'clock"],
        description: toPlainAdf('a < b\n\nc'),
      },
    });
    const response = await fetch(`${site.baseUrl}/browse/KAN-1`);
    expect(response.headers.get('content-type')).toMatch('text/html');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+';/);
    expect(policy).not.toMatch(/unsafe/);
    const page = await response.text();
    expect(page).toContain('<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co</h1>');
    expect(page).toContain('<dt>Type</dt><dd>Bug</dd><dt>Status</dt><dd>To Do</dd><dt>Labels</dt><dd>o&#39;clock</dd>');
    expect(page).toContain('<p>a &lt; b</p>');
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
    expect(policy).toContain(createHash('sha256').update(style).digest('base64'));
    expect((await fetch(`${site.baseUrl}/browse/KAN-2`)).status).toBe(404);
    const foreign = await fetch(`${site.baseUrl}/browse/KAN-1`, { headers: { origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
  });

  it('offers the projects in which the account may create', async () => {
    site.addProject({ key: 'OPS' });
    site.setPermission('OPS', 'create', false);
    const keys = async (ask: object) => (await connect().projects.searchProjects(ask)).values.map(({ key }) => key);
    expect(await keys({})).toEqual(['KAN', 'OPS']);
    expect(await keys({ action: 'create' })).toEqual(['KAN']);
  });

  it('numbers go on after the highest one ever, also after one that came with its number or is deleted', async () => {
    site.addIssue({ projectKey: 'KAN', key: 'KAN-41', id: '30000', issueType: 'Task', fields: { summary: 'Old' } });
    site.addIssue({ projectKey: 'KAN', key: 'KAN-7', id: '20007', issueType: 'Task', fields: { summary: 'Older' } });
    const jira = connect();
    expect(await jira.issues.createIssue({ fields: aBug })).toMatchObject({ key: 'KAN-42', id: '30001' });
    await jira.issues.deleteIssue({ issueIdOrKey: 'KAN-42' });
    expect(await jira.issues.createIssue({ fields: aBug })).toMatchObject({ key: 'KAN-43', id: '30002' });
  });

  it('tells of every issue that appears, changes or goes', async () => {
    const seen: string[] = [];
    const stop = site.onIssue(({ key, properties }) => seen.push(`${key} ${Object.keys(properties)}`));
    const jira = connect();
    await jira.issues.createIssue({ fields: aBug });
    await jira.issueProperties.setIssueProperty({ issueIdOrKey: 'KAN-1', propertyKey: 'a', body: {} });
    await jira.issues.deleteIssue({ issueIdOrKey: 'KAN-1' });
    stop();
    await jira.issues.createIssue({ fields: aBug });
    expect(seen).toEqual(['KAN-1 ', 'KAN-1 a', 'KAN-1 a']);
  });

  it('refuses requests from web pages', async () => {
    const response = await fetch(`${site.baseUrl}/rest/api/3/serverInfo`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).toBe(403);
  });

  it('keeps new issues out of searches until the index has caught up', async () => {
    site.setIndexLag(60_000);
    const jira = connect();
    const { id } = await jira.issues.createIssue({ fields: aBug });
    const jql = 'project = KAN';
    expect((await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql })).issues).toEqual([]);
    const reconciled = { jql, reconcileIssues: [Number(id)] };
    expect((await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost(reconciled)).issues).toHaveLength(1);
  });

  it('gives pages with a token for the next', async () => {
    for (const summary of ['one', 'two', 'three'])
      site.addIssue({ projectKey: 'KAN', issueType: 'Task', fields: { summary } });
    const ask = { jql: 'project = KAN ORDER BY key', fields: ['summary'], maxResults: 2 };
    const jira = connect();
    const first = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost(ask);
    expect(first.isLast).toBe(false);
    const token = first.nextPageToken ?? '';
    const second = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({ ...ask, nextPageToken: token });
    expect(second.issues?.map(({ key }) => key)).toEqual(['KAN-3']);
  });

  it('fails as told: before or after the issue exists', async () => {
    const jira = connect();
    site.failNext('createIssue', { status: 429, headers: { 'retry-after': '7' }, body: { errorMessages: ['slow'] } });
    await expect(jira.issues.createIssue({ fields: aBug })).rejects.toMatchObject({ status: 429, retryAfterMs: 7000 });
    site.failNext('createIssue', 'cut');
    await expect(jira.issues.createIssue({ fields: aBug })).rejects.toThrow();
    expect(site.issues).toHaveLength(0);
    site.failNext('createIssue', 'cut_after_commit');
    await expect(jira.issues.createIssue({ fields: aBug })).rejects.toThrow();
    site.failNext('createIssue', { status: 502, body: '<html>Bad gateway</html>', afterCommit: true });
    await expect(jira.issues.createIssue({ fields: aBug })).rejects.toMatchObject({ status: 502 });
    expect(site.issues).toHaveLength(2);
  });

  it('hangs as told, and tells those who wait what came', async () => {
    site.failNext('createIssue', 'hang_after_commit');
    const abandoned = new AbortController();
    const request = fetch(`${site.baseUrl}/rest/api/3/issue`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${site.email}:${site.apiToken}`).toString('base64')}`,
      },
      body: JSON.stringify({ fields: aBug }),
      signal: abandoned.signal,
    });
    await site.waitForIssue(({ fields }) => fields['summary'] === aBug.summary);
    abandoned.abort();
    await expect(request).rejects.toThrow();
  });
});
