import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJiraSite, type JiraSite } from '../../stand-ins/jira/site.ts';
import { createJiraCaller, type JiraCaller, loginOf } from './stand-in-jira-caller.ts';

describe.each([
  ['Jira Cloud', 'cloud'],
  ['Jira Data Center', 'datacenter'],
] as const)('the demo’s %s', (_name, deployment) => {
  let site: JiraSite;
  let call: JiraCaller;

  beforeEach(async () => {
    site = await createJiraSite({ deployment, projects: [{ key: 'KAN' }, { key: 'OPS', issueTypes: ['Bug'] }] });
    site.addIssue({ projectKey: 'KAN', issueType: 'Task', fields: { summary: 'First' } });
    call = createJiraCaller(site);
  });
  afterEach(() => site.close());

  const jqlOf = (jql: string) => encodeURIComponent(jql);
  const searchFor = (jql: string) =>
    call('GET', `${deployment === 'cloud' ? '/search/jql' : '/search'}?jql=${jqlOf(jql)}&fields=summary`);

  it('keeps comments with what programs note on them', async () => {
    const properties = [{ key: 'ticket-agent', value: { requestId: 'r1' } }];
    const body = site.toText('ann: it is back');
    const created = await call('POST', '/issue/KAN-1/comment', { body, properties });
    expect(created).toMatchObject({ status: 201, body: { body, author: { displayName: 'Demo Account' } } });
    const [{ id = '' } = {}] = site.issues[0]?.comments ?? [];
    expect(await call('POST', '/issue/KAN-1/comment', { body })).toMatchObject({ status: 201 });
    const all = await call('GET', '/issue/KAN-1/comment?expand=properties&orderBy=-created');
    expect(all.body).toMatchObject({ total: 2, comments: [{ properties: [] }, { id, properties }] });
    const plain = await call('GET', `/issue/KAN-1/comment/${id}`);
    expect(plain.body).not.toHaveProperty('properties');
    const property = `/comment/${id}/properties/ticket-agent`;
    expect((await call('GET', property)).body).toMatchObject({ value: { requestId: 'r1' } });
    expect((await call('PUT', property, { requestId: 'r2' })).status).toBe(200);
    expect(site.issues[0]?.comments[0]?.properties).toEqual({ 'ticket-agent': { requestId: 'r2' } });
    expect((await call('GET', `/comment/${id}/properties/none`)).status).toBe(404);
    expect((await call('POST', '/issue/KAN-1/comment', { body: site.toText('') })).status).toBe(400);
    expect((await call('POST', '/issue/KAN-99/comment', { body })).status).toBe(404);
    site.setPermission('KAN', 'comment', false);
    expect((await call('POST', '/issue/KAN-1/comment', { body })).status).toBe(403);
  });

  it('keeps attached files, and only from forms that no web page can send', async () => {
    const form = new FormData();
    form.append('file', new Blob(['Zeile 1\r\n\r\nä ö ü\n'], { type: 'text/plain' }), 'rest.txt');
    const path = '/issue/KAN-1/attachments';
    const attached = await call('POST', path, form);
    expect(attached).toMatchObject({ status: 200, body: [{ filename: 'rest.txt', mimeType: 'text/plain' }] });
    expect(site.issues[0]?.attachments).toMatchObject([{ name: 'rest.txt', content: 'Zeile 1\r\n\r\nä ö ü\n' }]);
    const issue = await call('GET', '/issue/KAN-1?fields=attachment');
    expect(issue.body).toMatchObject({ fields: { attachment: [{ filename: 'rest.txt', size: 20 }] } });
    const url = `${site.baseUrl}/rest/api/${deployment === 'cloud' ? 3 : 2}${path}`;
    const refused = await fetch(url, { method: 'POST', headers: { authorization: loginOf(site) }, body: form });
    expect([refused.status, await refused.text()]).toEqual([403, 'XSRF check failed']);
    site.setPermission('KAN', 'attach', false);
    expect((await call('POST', path, form)).status).toBe(403);
  });

  it('finds people by their address as far as they show it', async () => {
    site.addPerson({ email: 'ann@example.com', displayName: 'Ann Example' });
    site.addPerson({ email: 'bob@example.com', emailVisibility: 'searched' });
    site.addPerson({ email: 'eve@example.com', emailVisibility: 'hidden' });
    site.addPerson({ email: 'old@example.com', active: false });
    const parameter = deployment === 'cloud' ? 'query' : 'username';
    const find = async (words: string) => (await call('GET', `/user/search?${parameter}=${words}`)).body;
    expect(await find('ann@example.com')).toMatchObject([{ emailAddress: 'ann@example.com' }]);
    expect(await find('Example')).toHaveLength(1);
    expect(await find('bob@example.com')).toEqual([expect.not.objectContaining({ emailAddress: expect.anything() })]);
    expect(await find('eve@example.com')).toEqual([]);
    expect(await find('old@example.com')).toEqual([]);
    expect((await call('GET', '/user/search')).status).toBe(400);
    site.setPeopleVisible(false);
    expect(await find('ann@example.com')).toEqual([]);
  });

  it('answers under the new key where an issue was moved, and its number is given to no other', async () => {
    expect(site.moveIssue('KAN-1', 'OPS')).toMatchObject({ key: 'OPS-1', issueType: 'Bug' });
    expect((await call('GET', '/issue/KAN-1?fields=issuetype')).body).toMatchObject({
      key: 'OPS-1',
      fields: { issuetype: { name: 'Bug' } },
    });
    expect((await searchFor('key = KAN-1')).body).toMatchObject({ issues: [{ key: 'OPS-1' }] });
    expect((await searchFor('project = KAN')).body).toMatchObject({ issues: [] });
    const fields = { project: { key: 'KAN' }, issuetype: { name: 'Task' }, summary: 'Next' };
    expect((await call('POST', '/issue', { fields })).body).toMatchObject({ key: 'KAN-2' });
    const page = await fetch(`${site.baseUrl}/browse/KAN-1`);
    expect(await page.text()).toContain('OPS-1');
  });

  it('knows a renamed project and its issues by their old keys, too', async () => {
    site.renameProject('KAN', 'SUP');
    expect((await call('GET', '/project/KAN')).body).toMatchObject({ key: 'SUP' });
    expect((await call('GET', '/issue/KAN-1?fields=project')).body).toMatchObject({ key: 'SUP-1' });
    expect((await searchFor('project = KAN')).body).toMatchObject({ issues: [{ key: 'SUP-1' }] });
    const fields = { project: { key: 'KAN' }, issuetype: { name: 'Task' }, summary: 'Next' };
    expect((await call('POST', '/issue', { fields })).body).toMatchObject({ key: 'SUP-2' });
  });

  it('shows an archived issue by its key alone, and lets nobody change it', async () => {
    site.archiveIssue('KAN-1');
    expect((await call('GET', '/issue/KAN-1?fields=summary')).body).toMatchObject({ key: 'KAN-1' });
    expect((await searchFor('project = KAN')).body).toMatchObject({ issues: [] });
    expect((await call('PUT', '/issue/KAN-1/properties/a', 1)).status).toBe(403);
    expect((await call('POST', '/issue/KAN-1/comment', { body: site.toText('Hi') })).status).toBe(403);
  });

  it('has no issue any more that was deleted, and gives its number to no other', async () => {
    site.removeIssue('KAN-1');
    expect((await call('GET', '/issue/KAN-1')).status).toBe(404);
    expect((await call('PUT', '/issue/KAN-1/properties/a', 1)).status).toBe(404);
    const fields = { project: { key: 'KAN' }, issuetype: { name: 'Task' }, summary: 'Next' };
    expect((await call('POST', '/issue', { fields })).body).toMatchObject({ key: 'KAN-2' });
  });
});
