import { describe, expect, it, onTestFinished } from 'vitest';
import { createJiraSite, type JiraSite } from '../../../stand-ins/jira/site.ts';
import { createSlackWorkspace } from '../../../stand-ins/slack/workspace.ts';
import { patienceMs } from '../../patience.ts';

async function aSite(): Promise<{ site: JiraSite; create(summary: string): Promise<number> }> {
  const site = await createJiraSite();
  onTestFinished(site.close);
  const authorization = `Basic ${Buffer.from(`${site.email}:${site.apiToken}`).toString('base64')}`;
  return {
    site,
    async create(summary) {
      const response = await fetch(`${site.baseUrl}/rest/api/3/issue`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ fields: { project: { key: 'KAN' }, issuetype: { name: 'Task' }, summary } }),
      });
      await response.arrayBuffer();
      return response.status;
    },
  };
}

describe('a fault of the demo', () => {
  it('cuts the connection and lets the request take effect later', async () => {
    const { site, create } = await aSite();
    const fault = site.failNext('createIssue', { landAfterMs: 50 });
    expect(fault.met).toBe(false);
    await expect(create('late')).rejects.toThrow('fetch failed');
    expect(fault.met).toBe(true);
    expect(site.issues).toHaveLength(0);
    await site.landed();
    expect(site.issues).toHaveLength(1);
  });

  it('lets the request take effect at once and answers later', async () => {
    const { site, create } = await aSite();
    site.failNext('createIssue', { delayMs: 50 });
    const created = create('slow');
    await site.waitForIssue(({ fields }) => fields['summary'] === 'slow');
    expect(await create('another')).toBe(201);
    expect(await created).toBe(201);
    expect(site.issues).toHaveLength(2);
  });

  it('refuses connections until the site comes back', async () => {
    const { site, create } = await aSite();
    expect(await create('before')).toBe(201);
    site.goDown();
    await expect(create('down')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await site.comeBack();
    expect(await create('after')).toBe(201);
    expect(site.issues).toHaveLength(2);
  });
});

describe('a fault that lasts', () => {
  it('meets every request of its kind until it ends, and no other', async () => {
    const { site, create } = await aSite();
    const firewall = site.failWhile(({ body }) => body.includes('xp_cmdshell'), {
      status: 403,
      body: '<html>No</html>',
    });
    expect(await create('exec xp_cmdshell')).toBe(403);
    expect(await create('please exec xp_cmdshell')).toBe(403);
    expect(await create('the VPN drops')).toBe(201);
    expect(firewall.struck).toBe(2);
    firewall.end();
    expect(await create('exec xp_cmdshell')).toBe(201);
    expect(site.issues).toHaveLength(2);
  });

  it('stands before those that wait for one request', async () => {
    const { site, create } = await aSite();
    const single = site.failNext('createIssue', { status: 503 });
    const portal = site.failWhile(() => true, { status: 511 });
    expect(await create('behind a portal')).toBe(511);
    expect(single.met).toBe(false);
    portal.end();
    expect(await create('behind a portal')).toBe(503);
  });

  it('resets connections', async () => {
    const { site, create } = await aSite();
    site.failNext('createIssue', 'reset');
    await expect(create('reset')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(site.issues).toHaveLength(0);
  });

  it('refuses in Slack’s own words', async () => {
    const slack = await createSlackWorkspace({ ackTimeoutMs: patienceMs });
    onTestFinished(slack.close);
    const ask = async (method: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${slack.botToken}` };
      return (await fetch(slack.apiUrl + method, { method: 'POST', headers })).json();
    };
    const refusal = slack.failWhile(({ operation }) => operation === 'auth.test', { error: 'account_inactive' });
    expect(await ask('auth.test')).toEqual({ ok: false, error: 'account_inactive' });
    expect(await ask('auth.test')).toMatchObject({ ok: false });
    refusal.end();
    expect(await ask('auth.test')).toMatchObject({ ok: true });
  });
});

describe('a clock of its own', () => {
  const hour = 3_600_000;
  const ahead = (header: string | null) => Math.round((Date.parse(header ?? '') - Date.now()) / hour);

  it('is Jira’s in its answers, its issues and its searches', async () => {
    const { site, create } = await aSite();
    site.setClock(-hour);
    expect(await create('behind')).toBe(201);
    expect(ahead(new Date(site.issues[0]?.createdAt ?? 0).toISOString())).toBe(-1);
    const authorization = `Basic ${Buffer.from(`${site.email}:${site.apiToken}`).toString('base64')}`;
    const jql = encodeURIComponent('project = KAN AND created >= -15m');
    const answer = await fetch(`${site.baseUrl}/rest/api/3/search/jql?jql=${jql}`, { headers: { authorization } });
    expect(ahead(answer.headers.get('date'))).toBe(-1);
    expect(await answer.json()).toMatchObject({ issues: [expect.anything()] });
  });

  it('is Slack’s in its answers and its messages', async () => {
    const slack = await createSlackWorkspace({ ackTimeoutMs: patienceMs });
    onTestFinished(slack.close);
    slack.setClock(hour);
    const { ts } = slack.say('hello', { user: 'alice', channel: 'support' });
    expect(ahead(new Date(Number(ts) * 1000).toISOString())).toBe(1);
    expect(ahead((await fetch(`${slack.apiUrl}auth.test`)).headers.get('date'))).toBe(1);
  });
});
