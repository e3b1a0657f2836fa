import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJiraSite, type JiraSite } from '../../stand-ins/jira/site.ts';
import { hasContracts } from './stand-in-contracts.ts';
import { type JiraContract, openJiraContract } from './stand-in-jira-openapi.ts';

const document = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hi' }] }] };

describe.skipIf(!hasContracts)("the demo Jira's answers, held against Atlassian's OpenAPI document", () => {
  let site: JiraSite;
  let contract: JiraContract;

  beforeAll(async () => {
    contract = openJiraContract('cloud');
    site = await createJiraSite({
      projects: [
        { key: 'KAN' },
        { key: 'OPS', labels: false, customFields: [{ id: 'customfield_10050', name: 'Team', required: true }] },
        { key: 'HID' },
      ],
    });
    site.setPermission('HID', 'browse', false);
    site.setPermission('OPS', 'edit', false);
    site.addIssue({ projectKey: 'OPS', issueType: 'Task', fields: { summary: 'Old' } });
    site.addIssue({ projectKey: 'HID', issueType: 'Task', fields: { summary: 'Secret' } });
    site.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'First' }, assignee: 'Ann Example' });
  });
  afterAll(() => site.close());

  /** Makes the call, and fails where the request or the answer is not what the document says. */
  async function call(method: string, target: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    expect(contract.requestFaults(method, target, body)).toEqual([]);
    const response = await fetch(site.baseUrl + target, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${site.email}:${site.apiToken}`).toString('base64')}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    expect(contract.responseFaults(method, target, response.status, answer)).toEqual([]);
    return { status: response.status, body: answer };
  }

  it.each([
    '/rest/api/3/myself',
    '/rest/api/3/serverInfo',
    '/rest/api/3/project/KAN',
    '/rest/api/3/project/10000',
    '/rest/api/3/project/search?keys=KAN',
    '/rest/api/3/mypermissions?permissions=CREATE_ISSUES,EDIT_ISSUES&projectKey=OPS',
    '/rest/api/3/issue/createmeta/OPS/issuetypes',
    '/rest/api/3/issue/createmeta/OPS/issuetypes/10100',
    '/rest/api/3/issue/KAN-1',
    '/rest/api/3/issue/kan-1?fields=summary,status&properties=a',
    '/rest/api/3/issue/KAN-1/properties',
    '/rest/api/3/issue/KAN-1/transitions',
    '/rest/api/3/search/jql?jql=project%20%3D%20KAN',
    '/rest/api/3/search/jql?jql=project%20%3D%20KAN&fields=*all',
  ])('GET %s', async (target) => {
    expect((await call('GET', target)).status).toBe(200);
  });

  it.each([
    ['/rest/api/3/project/NOPE', 404],
    ['/rest/api/3/project/HID', 404],
    ['/rest/api/3/issue/KAN-99', 404],
    ['/rest/api/3/issue/HID-1', 404],
    ['/rest/api/3/issue/KAN-1/properties/none', 404],
    ['/rest/api/3/mypermissions', 400],
    ['/rest/api/3/issue/createmeta/OPS/issuetypes?maxResults=201', 400],
    ['/rest/api/3/search/jql?jql=order%20by%20created', 400],
  ])('GET %s is refused with %d', async (target, status) => {
    expect((await call('GET', target)).status).toBe(status);
  });

  it('creates, shows, changes, finds and deletes an issue', async () => {
    const fields = { project: { key: 'KAN' }, issuetype: { name: 'Bug' }, summary: 'VPN', labels: ['ticket-agent'] };
    const properties = [{ key: 'ticket-agent', value: { requestId: 'r1' } }];
    const created = await call('POST', '/rest/api/3/issue', {
      fields: { ...fields, description: document },
      properties,
    });
    expect(created).toMatchObject({ status: 201, body: { key: 'KAN-2' } });
    const issue = '/rest/api/3/issue/KAN-2';
    expect(await call('GET', `${issue}/properties/ticket-agent`)).toMatchObject({
      body: { value: { requestId: 'r1' } },
    });
    expect(await call('PUT', `${issue}/properties/ticket-agent`, { requestId: 'r2' })).toMatchObject({ status: 200 });
    expect(await call('PUT', `${issue}/properties/another`, true)).toMatchObject({ status: 201 });
    expect(await call('POST', `${issue}/transitions`, { transition: { id: '31' } })).toMatchObject({ status: 204 });
    const labels = [{ add: 'test' }, { remove: 'nothing' }];
    expect(await call('PUT', issue, { update: { labels } })).toMatchObject({ status: 204 });
    expect(await call('GET', `${issue}?fields=labels`)).toMatchObject({
      body: { fields: { labels: ['ticket-agent', 'test'] } },
    });
    expect(await call('PUT', issue, { update: { labels: [{ add: 'two words' }] } })).toMatchObject({ status: 400 });
    // In the order of their ids; what is not there or not to be seen is in neither list.
    const many = { issueIdsOrKeys: ['KAN-2', 'KAN-99', 'HID-1', 'kan-1'], fields: ['status'] };
    const stored = { 'ticket-agent': { requestId: 'r2' } };
    expect(await call('POST', '/rest/api/3/issue/bulkfetch', { ...many, properties: ['ticket-agent'] })).toMatchObject({
      body: {
        issues: [{ key: 'KAN-1' }, { key: 'KAN-2', fields: { status: { name: 'Done' } }, properties: stored }],
        issueErrors: [],
      },
    });
    const jql =
      'project = KAN AND labels = ticket-agent AND created >= -5m AND reporter = currentUser() ORDER BY created DESC';
    expect(await call('POST', '/rest/api/3/search/jql', { jql, fields: ['summary'] })).toMatchObject({
      body: { isLast: true, issues: [{ key: 'KAN-2' }] },
    });
    expect(await call('DELETE', issue)).toMatchObject({ status: 204 });
    expect((await call('GET', issue)).status).toBe(404);
  });

  it.each([
    ['a field that is not on the screen', { labels: ['a'] }, { labels: /not on the appropriate screen/ }],
    ['a missing required field', { customfield_10050: undefined }, { customfield_10050: /^Team is required\.$/ }],
    ['a summary of two lines', { summary: 'a\nb' }, { summary: /newline/ }],
    ['a summary of 256 characters', { summary: 'a'.repeat(256) }, { summary: /can't exceed 255/ }],
    ['text instead of ADF', { description: 'text' }, { description: /Atlassian Document/ }],
    ['an unknown issue type', { issuetype: { name: 'Epic' } }, { issuetype: /valid issue type/ }],
    ['an unknown project', { project: { key: 'NOPE' } }, { project: /valid project/ }],
  ])('refuses %s by the name of the field', async (_what, wrong, errors) => {
    const right = { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'x', customfield_10050: 'Network' };
    const { status, body } = await call('POST', '/rest/api/3/issue', { fields: { ...right, ...wrong } });
    expect(status).toBe(400);
    for (const [field, message] of Object.entries(errors)) {
      expect(body).toMatchObject({ errors: { [field]: expect.stringMatching(message) } });
    }
  });

  it('refuses with 403 what the account may not do', async () => {
    expect((await call('PUT', '/rest/api/3/issue/OPS-1/properties/a', 1)).status).toBe(403);
    const update = { labels: [{ add: 'test' }] };
    expect((await call('PUT', '/rest/api/3/issue/OPS-1', { update })).status).toBe(403);
    site.setPermission('OPS', 'create', false);
    const fields = { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'x' };
    expect((await call('POST', '/rest/api/3/issue', { fields })).status).toBe(403);
    site.setPermission('OPS', 'create', true);
  });

  it('agrees with the ADF schema about what a document is', () => {
    expect(contract.adfFaults(document)).toEqual([]);
    expect(contract.adfFaults({ ...document, content: [{ type: 'text', text: 'loose' }] })).not.toEqual([]);
  });
});
