import { expect, it } from 'vitest';
import { aWorld, theTicket } from './desk.ts';

it.each([
  ['a Data Center', { deployment: 'datacenter' as const }, null],
  ['a Cloud without bulk fetch', {}, 'bulkFetchIssues'],
])(
  'a create that did not reach %s is found missing, key by key, in one look, and made',
  async (_what, jira, absent) => {
    const world = await aWorld({ jira });
    if (absent !== null) world.jira.failWhile(({ operation }) => operation === absent, { status: 404, body: {} });
    const { log } = await world.desk();
    world.jira.failNext('createIssue', 'cut');
    await world.slack.slash('/ticket', 'The VPN drops', { user: 'alice', channel: 'support' });
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket.issueKey).toBe('KAN-1');
    expect(world.jira.issues).toHaveLength(1);
    const read = world.jira.requests.filter(({ operation }) => operation === 'getIssue').map(({ path }) => path);
    expect(new Set(read).size).toBeGreaterThanOrEqual(50);
  },
);
