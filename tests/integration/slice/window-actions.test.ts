import { describe, expect, it } from 'vitest';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, everyTicket, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const isAnnouncement = (message: { blocks: unknown[] }) => JSON.stringify(message.blocks).includes(actionIds.approve);

describe('a ticket that waits for fields', () => {
  it('is filed and announced once a person has corrected it', async () => {
    const { slack, jira, desk } = await aWorld({
      jira: {
        projects: [
          { key: 'KAN', customFields: [{ id: 'customfield_10050', name: 'Team', required: true }] },
          { key: 'OPS', issueTypes: ['Task', 'Incident'] },
        ],
      },
    });
    const { agent, log } = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const failed = await theTicket(log, ({ step, announcement }) => step === 'needs_fields' && announcement !== null);
    expect(failed.error?.message).toContain('The field Team is missing: KAN takes no Bug without it.');
    await slack.waitForMessage(({ ephemeralTo, text }) => ephemeralTo !== null && text.includes('*Team* is missing'));

    await agent.tickets.retry(failed.requestId, { issueType: 'incident', project: 'OPS', summary: 'VPN down in Rome' });
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket).toMatchObject({ status: 'created', issueKey: 'OPS-1', issueType: 'Incident', error: null });
    expect(jira.issues).toMatchObject([{ key: 'OPS-1', fields: { summary: 'VPN down in Rome' } }]);
    expect(JSON.stringify((await slack.waitForMessage(isAnnouncement)).blocks)).toContain('OPS-1');
  });
});

describe('a decision in the window', () => {
  it('rewrites the message in Slack and is stored in Jira', async () => {
    const { slack, jira, desk } = await aWorld();
    const { agent, log } = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const { requestId } = await theTicket(log, ({ step }) => step === 'announced');
    const message = await slack.waitForMessage(isAnnouncement);
    expect(await agent.tickets.permalink(requestId)).toContain(`/archives/${message.channel}/p`);

    const by = slack.users.find(({ name }) => name === 'bob')?.id ?? '';
    await agent.tickets.decideHere(requestId, { status: 'rejected', by, at: '2026-01-31T10:15:00.000Z' });
    await theTicket(log, ({ step, status }) => step === 'done' && status === 'rejected');
    const locked = await slack.waitForMessage(({ ts, editedTs }) => ts === message.ts && editedTs !== null);
    expect(JSON.stringify(locked.blocks)).toContain(`<@${by}>`);
    expect(isAnnouncement(locked)).toBe(false);
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({ decision: { status: 'rejected', by } });
  });
});

describe('a desktop with an empty log', () => {
  it('loads the tickets of the others from Jira, and can decide them', async () => {
    const { slack, jira, desk } = await aWorld();
    const first = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const filed = await theTicket(first.log, ({ step }) => step === 'announced');
    jira.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'Somebody else’s' } });
    const message = await slack.waitForMessage(isAnnouncement);
    await first.stop();
    await slack.waitForConnections(0);

    const { agent, log } = await desk({ dataDir: aTemporaryFolder() });
    expect(await agent.tickets.loadRest(null)).toEqual({ seen: 1, added: 1, next: null });
    expect(await everyTicket(log)).toMatchObject([
      { requestId: filed.requestId, issueKey: 'KAN-1', origin: 'jira', user: filed.user, channel: filed.channel },
    ]);
    expect(await agent.tickets.loadRest(null)).toMatchObject({ added: 0 });

    const by = slack.users.find(({ name }) => name === 'bob')?.id ?? '';
    await agent.tickets.decideHere(filed.requestId, { status: 'approved', by, at: '2026-01-31T10:15:00.000Z' });
    await theTicket(log, ({ step, status }) => step === 'done' && status === 'approved');
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({ decision: { status: 'approved', by } });
    const locked = await slack.waitForMessage(({ ts, editedTs }) => ts === message.ts && editedTs !== null);
    expect(isAnnouncement(locked)).toBe(false);
  });
});

describe('a test ticket', () => {
  it('is gone from Jira where the account may delete it, and closed where it may not', async () => {
    const { jira, desk } = await aWorld();
    const { agent, log } = await desk();
    expect(await agent.tickets.testTicket('VPN is down')).toMatchObject({ key: 'KAN-1', outcome: 'deleted' });
    expect(jira.issues).toEqual([]);
    jira.setPermission('KAN', 'delete', false);
    expect(await agent.tickets.testTicket('VPN is down')).toMatchObject({ key: 'KAN-2', outcome: 'closed' });
    expect(jira.issues).toMatchObject([{ status: { name: 'Done' }, fields: { summary: 'Test: VPN is down' } }]);
    expect(await agent.tickets.loadRest(null)).toMatchObject({ added: 0 });
    expect(await everyTicket(log)).toEqual([]);
  });
});
