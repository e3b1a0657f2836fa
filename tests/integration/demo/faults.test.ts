import { describe, expect, it, onTestFinished } from 'vitest';
import { createJiraSite, type JiraSite } from '../../../electron/demo/jira-site.ts';

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
