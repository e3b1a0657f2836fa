import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { dataCenterFaults } from '../../stand-ins/jira/datacenter-faults.ts';
import type { DataCenterMake } from '../../stand-ins/jira/make.ts';
import { createJiraSite, type JiraSite } from '../../stand-ins/jira/site.ts';
import { createJiraCaller, type JiraCaller, loginOf } from './stand-in-jira-caller.ts';

async function aDataCenter(make: DataCenterMake = {}): Promise<{ site: JiraSite; call: JiraCaller }> {
  const site = await createJiraSite({
    deployment: 'datacenter',
    ...make,
    projects: [
      { key: 'KAN', issueTypes: ['Task', { name: 'Fehler', untranslatedName: 'Bug' }] },
      { key: 'OPS', labels: false, description: false },
      { key: 'HID' },
    ],
  });
  onTestFinished(site.close);
  site.setPermission('HID', 'browse', false);
  site.setPermission('OPS', 'edit', false);
  site.addIssue({ projectKey: 'OPS', issueType: 'Task', fields: { summary: 'Old' } });
  site.addIssue({ projectKey: 'HID', issueType: 'Task', fields: { summary: 'Secret' } });
  site.addIssue({ projectKey: 'KAN', issueType: 'Fehler', fields: { summary: 'First' }, assignee: 'Ann Example' });
  return { site, call: createJiraCaller(site) };
}

const aTask = { project: { key: 'KAN' }, issuetype: { name: 'Task' }, summary: 'VPN' };
const raw = (site: JiraSite, path: string, init: RequestInit = {}) =>
  fetch(site.baseUrl + path, {
    redirect: 'manual',
    ...init,
    headers: { authorization: loginOf(site), ...init.headers },
  });

describe("the demo Data Center's answers, held against Atlassian's OpenAPI document", () => {
  it.each([
    '/myself',
    '/serverInfo',
    '/project',
    '/project/KAN',
    '/project/10000',
    '/mypermissions?projectKey=OPS',
    '/issue/createmeta/OPS/issuetypes',
    '/issue/createmeta/OPS/issuetypes/10100?startAt=0&maxResults=50',
    '/issue/KAN-1',
    '/issue/kan-1?fields=summary,status&properties=a',
    '/issue/KAN-1/properties',
    '/issue/KAN-1/transitions',
    '/search?jql=project%20%3D%20KAN&startAt=0&maxResults=5&validateQuery=false&fields=summary',
    '/search',
  ])('GET %s', async (target) => {
    const { call } = await aDataCenter();
    expect((await call('GET', target)).status).toBe(200);
  });

  it.each([
    ['/project/NOPE', 404],
    ['/project/HID', 404],
    ['/mypermissions?projectKey=NOPE', 404],
    ['/issue/KAN-99', 404],
    ['/issue/HID-1', 404],
    ['/issue/KAN-1/properties/none', 404],
    ['/issue/createmeta/NOPE/issuetypes', 400],
    ['/issue/createmeta/KAN/issuetypes/99', 400],
    ['/search?jql=project%20%3D%20NOPE', 400],
    ['/search?jql=color%20%3D%20red&validateQuery=false', 400],
  ])('GET %s is refused with %d', async (target, status) => {
    const { call } = await aDataCenter();
    expect((await call('GET', target)).status).toBe(status);
  });

  it('creates, shows, changes, finds and deletes an issue', async () => {
    const { call } = await aDataCenter();
    const properties = [{ key: 'ticket-agent', value: { requestId: 'r1' } }];
    const fields = { ...aTask, labels: ['ticket-agent'], description: 'h1. Hi\n\n{quote}a{quote}' };
    expect(await call('POST', '/issue', { fields, properties })).toMatchObject({ status: 201, body: { key: 'KAN-2' } });
    const issue = '/issue/KAN-2';
    const shown = await call('GET', `${issue}?properties=ticket-agent`);
    expect(shown.body).toMatchObject({
      fields: { description: fields.description, reporter: { name: 'demo', key: expect.any(String) } },
      properties: { 'ticket-agent': { requestId: 'r1' } },
    });
    expect(await call('PUT', `${issue}/properties/ticket-agent`, { requestId: 'r2' })).toMatchObject({ status: 200 });
    expect(await call('POST', `${issue}/transitions`, { transition: { id: '31' } })).toMatchObject({ status: 204 });
    expect(await call('PUT', issue, { update: { labels: [{ add: 'test' }] } })).toMatchObject({ status: 204 });
    expect(await call('PUT', issue, { fields: { issuetype: { id: '10001' } } })).toMatchObject({ status: 204 });
    const jql = 'labels = ticket-agent AND created >= -5m ORDER BY created DESC';
    const post = { jql, fields: ['summary', 'issuetype'], startAt: 0, maxResults: 1, validateQuery: false };
    const found = [{ key: 'KAN-2', fields: { issuetype: { name: 'Fehler' } } }];
    expect(await call('POST', '/search', post)).toMatchObject({ body: { total: 1, startAt: 0, issues: found } });
    expect(await call('DELETE', issue)).toMatchObject({ status: 204 });
    expect((await call('GET', issue)).status).toBe(404);
  });

  it('pages by numbers, and knows nothing of properties in a search', async () => {
    const { site, call } = await aDataCenter();
    site.addIssue({ projectKey: 'KAN', issueType: 'Task', fields: { summary: 'Second' } });
    const ask = { jql: 'project = KAN ORDER BY key', fields: ['summary'], maxResults: 1 };
    const second = await call('POST', '/search', { ...ask, startAt: 1 });
    expect(second.body).toMatchObject({ startAt: 1, maxResults: 1, total: 2, issues: [{ key: 'KAN-2' }] });
    expect((await call('POST', '/search', { ...ask, properties: ['ticket-agent'] })).status).toBe(400);
    // What is not there is nothing, where the query is not to be validated.
    const absent = { jql: 'project = NOPE', validateQuery: false };
    expect((await call('POST', '/search', absent)).body).toMatchObject({ total: 0 });
    site.setIndexLag(60_000);
    expect((await call('POST', '/search', ask)).body).toMatchObject({ total: 0 });
  });

  it('shows create screens to those who may create, in lists that its version names', async () => {
    const { site, call } = await aDataCenter();
    const types = '/issue/createmeta/KAN/issuetypes';
    const { body } = await call('GET', types);
    expect(body).toMatchObject({ isLast: true, values: [{ name: 'Task' }, { name: 'Fehler' }] });
    expect(JSON.stringify(body)).not.toContain('untranslatedName');
    site.setPermission('KAN', 'create', false);
    expect((await call('GET', types)).body).toMatchObject({ total: 0, values: [] });
    expect((await call('POST', '/issue', { fields: aTask })).status).toBe(400);
    const newer = await aDataCenter({ metaLists: 'named', deploymentType: 'Data Center', version: '11.0.1' });
    expect((await newer.call('GET', types)).body).toMatchObject({ issueTypes: [{ name: 'Task' }, {}] });
    expect((await newer.call('GET', `${types}/10000`)).body).toMatchObject({ fields: expect.any(Array) });
    const info = await newer.call('GET', '/serverInfo');
    expect(info.body).toMatchObject({ deploymentType: 'Data Center', versionNumbers: [11, 0, 1] });
  });
});

describe('a Data Center of another make', () => {
  it('drops the properties of a create without a word, and keeps those that are set later', async () => {
    const { site, call } = await aDataCenter({ createProperties: false });
    const properties = [{ key: 'a', value: 1 }];
    expect((await call('POST', '/issue', { fields: aTask, properties })).status).toBe(201);
    expect(site.issues.at(-1)?.properties).toEqual({});
    expect((await call('PUT', '/issue/KAN-2/properties/a', 1)).status).toBe(201);
  });

  it('knows no properties of comments', async () => {
    const { call } = await aDataCenter({ commentProperties: false });
    const comment = await call('POST', '/issue/KAN-1/comment', { body: 'Hi', properties: [{ key: 'a', value: 1 }] });
    const { id } = Object(comment.body);
    expect((await call('GET', '/issue/KAN-1/comment?expand=properties')).body).not.toMatchObject({
      comments: [{ properties: expect.anything() }],
    });
    expect((await call('PUT', `/comment/${id}/properties/a`, 1)).status).toBe(404);
  });

  it('has another limit for texts, or none', async () => {
    const { call } = await aDataCenter({ textLimit: 1000 });
    const fields = { ...aTask, description: 'x'.repeat(1001) };
    const words = 'The entered text is too long. It exceeds the allowed limit of 1,000 characters.';
    expect(await call('POST', '/issue', { fields })).toMatchObject({
      status: 400,
      body: { errors: { description: words } },
    });
    const unlimited = await aDataCenter({ textLimit: 0 });
    const long = { ...aTask, description: 'x'.repeat(100_000) };
    expect((await unlimited.call('POST', '/issue', { fields: long })).status).toBe(201);
  });

  it('sits behind a path', async () => {
    const { site, call } = await aDataCenter({ contextPath: '/jira' });
    expect(site.baseUrl).toMatch(/\/[0-9a-f]{32}\/jira$/);
    expect((await call('GET', '/serverInfo')).body).toMatchObject({ baseUrl: site.baseUrl });
    expect((await fetch(`${site.baseUrl}/browse/KAN-1`)).status).toBe(200);
    const { origin, pathname } = new URL(site.baseUrl);
    expect((await fetch(origin + pathname.replace(/\/jira$/, '/rest/api/2/serverInfo'))).status).toBe(404);
  });
});

describe('the login of a Data Center', () => {
  const wrong = { authorization: 'Bearer wrong' };
  let site: JiraSite;
  afterEach(() => expect(site.issues).toHaveLength(3));

  it('is no matter for what it tells everybody', async () => {
    ({ site } = await aDataCenter());
    const info = await fetch(`${site.baseUrl}/rest/api/2/serverInfo`);
    expect(await info.json()).toMatchObject({ deploymentType: 'Server', version: '10.3.5' });
    expect((await fetch(`${site.baseUrl}/rest/api/2/myself`)).status).toBe(401);
    expect((await raw(site, '/rest/api/3/myself')).status).toBe(404);
    expect((await raw(site, '/rest/api/2/search/jql?jql=project=KAN')).status).toBe(404);
    expect((await fetch(`${site.baseUrl}/_edge/tenant_info`)).status).toBe(404);
  });

  it('takes a bearer alone, and remembers who showed the token by Basic', async () => {
    ({ site } = await aDataCenter());
    const basic = `Basic ${Buffer.from(`${site.email}:${site.apiToken}`).toString('base64')}`;
    const refused = await raw(site, '/rest/api/2/myself', { headers: { authorization: basic } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('content-type')).toMatch('text/html');
    expect(site.basicLogins).toMatchObject([{ path: expect.stringMatching(/myself$/) }]);
    expect((await raw(site, '/rest/api/2/myself')).status).toBe(200);
  });

  it('asks for a captcha after some that failed, and then nothing but a browser helps', async () => {
    ({ site } = await aDataCenter({ captchaAfter: 2 }));
    for (let time = 0; time < 2; time += 1) {
      const refused = await raw(site, '/rest/api/2/myself', { headers: wrong });
      expect([refused.status, refused.headers.get('x-seraph-loginreason')]).toEqual([401, 'AUTHENTICATED_FAILED']);
    }
    const denied = await raw(site, '/rest/api/2/myself');
    expect([denied.status, denied.headers.get('x-seraph-loginreason')]).toEqual([403, 'AUTHENTICATION_DENIED']);
    const reason = `CAPTCHA_CHALLENGE; login-url=${site.baseUrl}/login.jsp`;
    expect(denied.headers.get('x-authentication-denied-reason')).toBe(reason);
    expect((await fetch(`${site.baseUrl}/rest/api/2/serverInfo`)).status).toBe(200);
    site.setCaptcha(false);
    expect((await raw(site, '/rest/api/2/myself')).status).toBe(200);
  });

  it('is a gateway’s matter where one stands in front, also for what everybody may know', async () => {
    ({ site } = await aDataCenter());
    const redirect = site.failWhile(() => true, dataCenterFaults.ssoRedirect);
    const info = await raw(site, '/rest/api/2/serverInfo');
    expect([info.status, info.headers.get('location')]).toEqual([302, expect.stringContaining('sso')]);
    redirect.end();
    const page = site.failWhile(() => true, dataCenterFaults.ssoPage);
    expect((await raw(site, '/rest/api/2/serverInfo')).headers.get('content-type')).toMatch('text/html');
    page.end();
    site.failNext('getCurrentUser', dataCenterFaults.rateLimited);
    const limited = await raw(site, '/rest/api/2/myself');
    expect([limited.status, limited.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
  });
});
