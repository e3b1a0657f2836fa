import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JiraApi } from '../../electron/jira/api/jira-api.ts';
import { openJira } from '../../electron/jira/api/open-jira.ts';
import { plainText, type RichText } from '../../electron/rich-text/rich-text.ts';
import { createJiraSite, type JiraSite, type JiraSiteOptions } from '../../stand-ins/jira/site.ts';
import { dataCenters } from './data-centers.ts';

const absent = { code: 'not_found' };

/** What each call gives, in the order in which they are made. A method of `JiraApi` that is missing here does not compile. */
const calls: { [Method in keyof JiraApi]: (jira: JiraApi, site: JiraSite) => Promise<void> } = {
  async baseUrl(jira, site) {
    expect(jira.baseUrl).toBe(site.baseUrl);
  },
  async siteUrl(jira, site) {
    expect(await jira.siteUrl()).toBe(site.baseUrl);
  },
  async ownUrl(jira, site) {
    expect(await jira.ownUrl()).toBe(site.baseUrl);
  },
  async checkLogin(jira, site) {
    expect(await jira.checkLogin()).toBe(site.account.displayName);
    site.account.apiToken = 'another one';
    await expect(jira.checkLogin()).rejects.toMatchObject({ code: 'unauthorized' });
    site.account.apiToken = site.apiToken;
  },
  async projects(jira) {
    expect(await jira.projects()).toMatchObject({ projects: [{ key: 'KAN' }], isCut: false });
  },
  async projectKey(jira) {
    expect(await jira.projectKey('10000')).toBe('KAN');
    await expect(jira.projectKey('NONE')).rejects.toMatchObject(absent);
  },
  async mayCreate(jira, site) {
    expect(await jira.mayCreate('KAN')).toBe(true);
    site.setPermission('KAN', 'create', false);
    expect(await jira.mayCreate('KAN')).toBe(false);
    await expect(jira.mayCreate('NONE')).rejects.toMatchObject(absent);
  },
  async mayEdit(jira, site) {
    expect(await jira.mayEdit('KAN')).toBe(true);
    site.setPermission('KAN', 'edit', false);
    expect(await jira.mayEdit('KAN')).toBe(false);
  },
  async isEmpty(jira) {
    expect(await jira.isEmpty('KAN')).toBe(true);
    await anIssue(jira);
    expect(await jira.isEmpty('KAN')).toBe(false);
  },
  async issueTypes(jira, site) {
    const types = await jira.issueTypes('KAN');
    expect(types).toContainEqual({
      id: expect.any(String),
      name: 'Bug',
      untranslatedName: site.deployment === 'cloud' ? 'Bug' : null,
      standard: true,
      subtask: false,
    });
    expect(types.some(({ subtask }) => subtask)).toBe(true);
  },
  async createScreen(jira) {
    const fields = await jira.createScreen('KAN', await bugType(jira));
    expect(fields.map(({ id }) => id)).toEqual(expect.arrayContaining(['summary', 'description', 'labels']));
  },
  async createIssue(jira, site) {
    const due = site.deployment === 'cloud' ? [] : ['property'];
    expect(await anIssue(jira)).toEqual({ id: expect.any(String), key: 'KAN-1', due });
    expect(site.issues[0]).toMatchObject({ properties: { 'ticket-agent': { requestId: 'r1' } } });
    site.failNext('createIssue', 'cut_after_commit');
    await expect(anIssue(jira)).rejects.toMatchObject({ code: 'unconfirmed' });
  },
  async lengthOf(jira) {
    expect(await jira.lengthOf(plainText('VPN is down\nagain'))).toBe(17);
  },
  async descriptionOf(jira) {
    const { key } = await anIssue(jira, plainText('The *VPN*\nis down'));
    expect(await jira.descriptionOf(key)).toEqual(plainText('The *VPN*\nis down'));
    expect(await jira.descriptionOf((await anIssue(jira)).key)).toEqual([]);
    await expect(jira.descriptionOf('KAN-99')).rejects.toMatchObject(absent);
  },
  async getIssue(jira) {
    const { id, key } = await anIssue(jira);
    const issue = { id, key, summary: 'VPN is down', issueType: 'Bug', status: 'To Do', assignee: null };
    expect(await jira.getIssue(key)).toMatchObject({ ...issue, property: { requestId: 'r1' } });
    await expect(jira.getIssue('KAN-99')).rejects.toMatchObject(absent);
  },
  async readIssues(jira) {
    const { key } = await anIssue(jira);
    const read = await jira.readIssues([key, 'KAN-99']);
    expect([...read.keys()]).toEqual([key]);
  },
  async search(jira) {
    await anIssue(jira);
    await anIssue(jira);
    const jql = 'project = KAN ORDER BY created DESC';
    const first = await jira.search(jql, { size: 1, from: null, withProperty: true });
    expect(first.issues.map(({ key }) => key)).toEqual(['KAN-2']);
    const last = await jira.search(jql, { size: 1, from: first.next, withProperty: false });
    expect(last).toMatchObject({ issues: [{ key: 'KAN-1' }], next: null });
  },
  async readsAtOnce(jira, site) {
    expect(await jira.readsAtOnce()).toBe(site.deployment === 'cloud' ? 200 : 30);
  },
  async requestClause(jira) {
    const { key } = await anIssue(jira);
    const { jql } = await jira.requestClause('r1', 15);
    const { issues } = await jira.search(jql, { size: 50, from: null, withProperty: true });
    expect(issues).toMatchObject([{ key, property: { requestId: 'r1' } }]);
  },
  async marksCreates(jira) {
    expect(await jira.marksCreates('KAN')).toBe(true);
  },
  async getProperty(jira) {
    expect(await jira.getProperty((await anIssue(jira)).key)).toEqual({ requestId: 'r1' });
    expect(await jira.getProperty('KAN-99')).toBeUndefined();
  },
  async setProperty(jira) {
    const { key } = await anIssue(jira);
    await jira.setProperty(key, { requestId: 'r2' });
    expect(await jira.getProperty(key)).toEqual({ requestId: 'r2' });
  },
  async addLabel(jira, site) {
    await jira.addLabel((await anIssue(jira)).key, 'test');
    expect(site.issues[0]?.fields['labels']).toContain('test');
  },
  async setIssueType(jira) {
    const { key } = await anIssue(jira);
    const task = (await jira.issueTypes('KAN')).find(({ name }) => name === 'Task');
    await jira.setIssueType(key, task?.id ?? '');
    expect((await jira.getIssue(key)).issueType).toBe('Task');
    await expect(jira.setIssueType(key, '99999')).rejects.toMatchObject({ code: 'invalid_input' });
  },
  async addComment(jira, site) {
    const { key } = await anIssue(jira);
    await jira.addComment(key, plainText('The text'), { requestId: 'r1' });
    expect(site.issues[0]?.comments).toHaveLength(1);
    site.failNext('addComment', 'cut_after_commit');
    const lost = jira.addComment(key, plainText('The text'), { requestId: 'r1' });
    await expect(lost).rejects.toMatchObject({ code: 'unconfirmed' });
  },
  async findComment(jira) {
    const { key } = await anIssue(jira);
    expect(await jira.findComment(key, 'r1', 'Asked by [Ada] (U1)')).toBeNull();
    await jira.addComment(key, plainText('Asked by [Ada] (U1)\nThe text'), { requestId: 'r1' });
    const found = await jira.findComment(key, 'r1', 'Asked by [Ada] (U1)');
    expect(JSON.stringify(found)).toMatch(/Asked by \[Ada\].*The text/);
    expect(await jira.findComment(key, 'r2', 'Asked by Eve')).toBeNull();
  },
  async attach(jira, site) {
    const { key } = await anIssue(jira);
    await jira.attach(key, { name: 'request.txt', content: 'Grüße' });
    expect(site.issues[0]?.attachments).toMatchObject([{ name: 'request.txt' }]);
  },
  async attachmentNames(jira) {
    const { key } = await anIssue(jira);
    expect(await jira.attachmentNames(key)).toEqual([]);
    await jira.attach(key, { name: 'request.txt', content: 'Grüße' });
    expect(await jira.attachmentNames(key)).toEqual(['request.txt']);
  },
  async attachmentRules(jira) {
    expect(await jira.attachmentRules()).toEqual({ areOn: true, mostBytes: 10 * 1024 * 1024 });
  },
  async findAccount(jira, site) {
    const { accountId, name } = site.addPerson({ displayName: 'Ada', email: 'ada@example.com' });
    const isCloud = site.deployment === 'cloud';
    expect(await jira.findAccount('ada@example.com')).toEqual(isCloud ? { accountId } : { name });
    expect(await jira.findAccount('nobody@example.com')).toBeNull();
    site.setPeopleVisible(false);
    expect(await jira.findAccount('ada@example.com')).toBeNull();
  },
  async ownAccount(jira, site) {
    const { accountId, name } = site.account;
    expect(await jira.ownAccount()).toEqual(site.deployment === 'cloud' ? { accountId } : { name });
  },
  async closingTransitions(jira) {
    expect(await jira.closingTransitions((await anIssue(jira)).key)).toHaveLength(1);
  },
  async transition(jira) {
    const { key } = await anIssue(jira);
    const [closing = ''] = await jira.closingTransitions(key);
    await jira.transition(key, closing);
    expect((await jira.getIssue(key)).status).toBe('Done');
  },
  async deleteIssue(jira, site) {
    await jira.deleteIssue((await anIssue(jira)).key);
    expect(site.issues).toEqual([]);
  },
};

async function bugType(jira: JiraApi): Promise<string> {
  return (await jira.issueTypes('KAN')).find(({ name }) => name === 'Bug')?.id ?? '';
}

async function anIssue(jira: JiraApi, description?: RichText): Promise<{ id: string; key: string }> {
  const labels = ['ticket-agent'];
  const fields = { project: { key: 'KAN' }, issuetype: { id: await bugType(jira) }, summary: 'VPN is down', labels };
  const texts = description === undefined ? {} : { description };
  const property = { requestId: 'r1' };
  const created = await jira.createIssue({ fields, texts, property });
  if (created.due.includes('property')) await jira.setProperty(created.key, property);
  return created;
}

describe.each<[string, JiraSiteOptions]>([
  ['Jira Cloud', {}],
  ['a Data Center', { deployment: 'datacenter' }],
  ['a Data Center behind a path, with other lists', dataCenters.behindPath],
  ['a Data Center that ignores properties', dataCenters.forgetful],
])('the API of %s', (_name, options) => {
  let site: JiraSite;
  beforeEach(async () => {
    site = await createJiraSite(options);
  });
  afterEach(() => site.close());

  it.each(Object.entries(calls))('%s', async (_, call) => {
    const { baseUrl, email, apiToken } = site;
    await call(openJira({ deployment: null, baseUrl, email, apiToken }), site);
    expect(site.basicLogins).toEqual([]);
  });
});
