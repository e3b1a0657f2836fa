import { describe, expect, it, vi } from 'vitest';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { ackLostNote } from '../../../electron/tickets/late-note.ts';
import type { TicketLog } from '../../../electron/tickets/ports/ticket-log.ts';
import { AppError } from '../../../shared/errors.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, type Desk, theTicket, type World } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const isAnnouncement = (message: { blocks: unknown[] }) => JSON.stringify(message.blocks).includes(actionIds.approve);

describe('a create whose answer is lost', () => {
  it.each(['cut_after_commit', { status: 502, body: '<html>Bad gateway</html>', afterCommit: true }] as const)(
    'by %j is found behind the newest known key, though the index knows nothing, and not filed twice',
    async (fault) => {
      const { slack, jira, desk } = await aWorld({ jira: { indexLagMs: 600_000 } });
      jira.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'Somebody else’s' } });
      jira.setIndexLag(0);
      const { log } = await desk();
      jira.failNext('createIssue', fault);
      await slack.slash('/ticket', 'VPN is down', byAlice);
      expect(await theTicket(log, ({ step }) => step === 'announced')).toMatchObject({ issueKey: 'KAN-2' });
      expect(jira.issues).toHaveLength(2);
    },
  );

  it('is created again once it certainly is not there', async () => {
    const { slack, jira, desk } = await aWorld();
    const { log } = await desk();
    jira.failNext('createIssue', 'cut');
    await slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(log, ({ error }) => error?.code === 'unconfirmed');
    expect(await theTicket(log, ({ step }) => step === 'announced')).toMatchObject({ issueKey: 'KAN-1' });
    expect(jira.issues).toHaveLength(1);
  });

  it('waits for a person where a later key cannot be read, and says so to who asked', async () => {
    const { slack, jira, desk } = await aWorld();
    jira.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'The newest known' } });
    const { log, agent } = await desk();
    await agent.tickets.projectKey();
    jira.failNext('createIssue', 'cut');
    await slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(log, ({ error }) => error?.code === 'unconfirmed');
    // One that is gone again leaves a gap below one that is there.
    const gone = jira.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'Gone' } });
    jira.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'Another' } });
    const authorization = `Basic ${Buffer.from(`${jira.email}:${jira.apiToken}`).toString('base64')}`;
    await fetch(`${jira.baseUrl}/rest/api/3/issue/${gone.key}`, { method: 'DELETE', headers: { authorization } });
    await theTicket(log, ({ step, status }) => step === 'unconfirmed' && status === 'failed');
    await slack.waitForMessage(({ text }) => text.includes('It is not certain whether your ticket is in Jira'));
    expect(jira.requests.filter(({ operation }) => operation === 'createIssue')).toHaveLength(1);
  });

  it('waits for a person where nothing of the project is to be seen', async () => {
    const { slack, jira, desk } = await aWorld();
    const { log } = await desk();
    jira.failNext('createIssue', 'cut_after_commit');
    for (let times = 0; times < 2; times += 1) jira.failNext('bulkFetchIssues', { status: 503 });
    await slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(log, ({ step, error }) => step === 'creating' && error !== null);
    jira.setPermission('KAN', 'browse', false);
    await theTicket(log, ({ step, status }) => step === 'unconfirmed' && status === 'failed');
    expect(jira.issues).toHaveLength(1);
  });

  it('waits for a person where the settings name another site since, and holds up nothing else', async () => {
    const { slack, jira, desk } = await aWorld();
    const first = await desk();
    jira.failNext('createIssue', 'cut');
    jira.failNext('bulkFetchIssues', { status: 503 });
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const { requestId, sent } = await theTicket(first.log, ({ step, error }) => step === 'creating' && error !== null);
    await first.stop();
    await slack.waitForConnections(0);
    const second = await desk({
      around: (log) => ({
        ...log,
        // As if the site had been another one then.
        async resumable() {
          if (sent !== null) await log.update(requestId, { sent: { ...sent, site: 'https://former.example' } });
          return log.resumable();
        },
      }),
    });
    await theTicket(second.log, ({ status, error }) => status === 'failed' && error?.code === 'forbidden');
    await slack.slash('/ticket', 'The printer is broken', byAlice);
    await slack.waitForMessage((message) => isAnnouncement(message) && message.text.includes('The printer is broken'));
    expect(jira.issues).toHaveLength(1);
  });

  it('is looked for where it was sent, whatever project is configured by then', async () => {
    const { slack, jira, desk, settings } = await aWorld({ jira: { projects: [{ key: 'KAN' }, { key: 'OPS' }] } });
    const patient = { ...settings.jira, lookForSeconds: 60 };
    const first = await desk({ settings: { ...settings, jira: patient } });
    jira.failNext('createIssue', 'cut_after_commit');
    await slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(first.log, ({ step, error }) => step === 'creating' && error !== null);
    await first.stop();
    await slack.waitForConnections(0);
    const second = await desk({ settings: { ...settings, jira: { ...patient, project: 'OPS' } } });
    expect(await theTicket(second.log, ({ step }) => step === 'announced')).toMatchObject({ issueKey: 'KAN-1' });
    expect(jira.issues).toHaveLength(1);
  });
});

describe('a dead Jira', () => {
  it('is asked a few times however many tickets wait, and all of them go on when it is back', async () => {
    const { slack, jira, desk } = await aWorld();
    const { log, errors } = await desk();
    jira.goDown();
    for (let count = 0; count < 30; count += 1) await slack.slash('/ticket', `Ticket ${count}`, byAlice);
    await vi.waitFor(
      async () => {
        const waiting = await log.resumable();
        expect(waiting.filter(({ error }) => error?.code === 'unavailable')).toHaveLength(30);
      },
      { timeout: 20_000 },
    );
    // Tickets that ask for the same thing at the same time share a request and its error.
    const asked = new Set(errors.filter(({ message }) => message.includes('cannot be reached')));
    expect(asked.size).toBeGreaterThan(0);
    expect(asked.size).toBeLessThan(10);
    await jira.comeBack();
    await vi.waitFor(() => expect(jira.issues).toHaveLength(30), { timeout: 30_000 });
    expect(new Set(jira.issues.map(({ fields }) => fields['summary'])).size).toBe(30);
  }, 60_000);
});

it('a Jira that accepts the login again has all go on that waited for it, and not only what a person tried again', async () => {
  const { slack, jira, desk } = await aWorld();
  const { agent, log } = await desk();
  const refusal = jira.failWhile(() => true, { status: 401, body: 'Client must be authenticated' });
  for (const text of ['VPN is down', 'The printer is broken']) await slack.slash('/ticket', text, byAlice);
  const parked = await vi.waitFor(async () => {
    const waiting = await log.resumable();
    expect(waiting.map(({ error, nextTryAt }) => [error?.code, nextTryAt])).toEqual(
      Array(2).fill(['unauthorized', null]),
    );
    return waiting;
  });
  refusal.end();
  await agent.tickets.retry(parked[0]?.requestId ?? '', {});
  await vi.waitFor(() => expect(jira.issues).toHaveLength(2), { timeout: 10_000 });
});

/** Writes a ticket down, then cuts the line to Slack, so that its acknowledgement is lost. */
function receivedButCutOff(log: TicketLog, slack: World['slack'], lines: () => Desk['lines']): TicketLog['receive'] {
  return async (request, within) => {
    const receipt = await log.receive(request, within);
    // Not back before the acknowledgement has failed: then the ticket would be gone on with at once.
    slack.failNext('apps.connections.open', { status: 503 });
    slack.cutSockets();
    // The client has learnt of it by then.
    await vi.waitFor(() => expect(lines().slack).toContain('disconnected closed'));
    return receipt;
  };
}

describe('an acknowledgement that Slack did not get', () => {
  it('does not stop the ticket, whose message then says that it was received', async () => {
    const { slack, jira, desk } = await aWorld({ slack: { ackTimeoutMs: 500 } });
    const here: Desk = await desk({
      dataDir: aTemporaryFolder(),
      around: (log) => ({
        ...log,
        receive: receivedButCutOff(log, slack, () => here.lines),
      }),
    });
    await slack.slash('/ticket', 'VPN is down', byAlice).catch(() => {});
    const message = await slack.waitForMessage(isAnnouncement);
    expect(JSON.stringify(message.blocks)).toContain('Your ticket was received although Slack showed an error.');
    expect(jira.issues).toHaveLength(1);
  });

  it('does not stop it either where that cannot be written down', async () => {
    const { slack, jira, desk } = await aWorld({ slack: { ackTimeoutMs: 500 } });
    const busy = new AppError('storage_failed', 'The log is busy.');
    const here: Desk = await desk({
      around: (log) => ({
        ...log,
        receive: receivedButCutOff(log, slack, () => here.lines),
        // Nor would the new line bring it back.
        resumable: async () => [],
        update: (requestId, change) =>
          log.update(requestId, (ticket, at) => {
            const changes = typeof change === 'function' ? change(ticket, at) : change;
            if (changes?.note === ackLostNote) throw busy;
            return changes;
          }),
      }),
    });
    await slack.slash('/ticket', 'VPN is down', byAlice).catch(() => {});
    await slack.waitForMessage(isAnnouncement);
    expect(here.errors).toContain(busy);
    expect(jira.issues).toHaveLength(1);
  });
});

describe('a line to Slack that is back', () => {
  it('has what waited for other settings tried again, since Slack may have been the reason', async () => {
    const { slack, desk } = await aWorld();
    const { log, lines } = await desk();
    const refusal = slack.failWhile(({ operation }) => ['chat.postMessage', 'auth.test'].includes(operation), {
      error: 'account_inactive',
    });
    await slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(log, ({ error }) => error?.code === 'unauthorized');
    refusal.end();
    slack.cutSockets();
    await theTicket(log, ({ step }) => step === 'announced');
    // The line is there before Slack has said that it accepts the token again.
    const afterwards = ['disconnected closed', 'connecting', 'unauthorized', 'connected'];
    expect(lines.slack).toEqual(['connecting', 'connected', 'unauthorized', ...afterwards]);
  });

  it.each(['a wake-up', 'a new line'] as const)('by %s is not refused because of what failed before', async (how) => {
    const { slack, desk } = await aWorld();
    const { agent, log, lines } = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    const address = () => agent.messenger().permalink(ticket);
    for (let times = 0; times < 5; times += 1) {
      slack.failNext('chat.getPermalink', { status: 503 });
      await expect(address()).rejects.toMatchObject({ code: 'unconfirmed' });
    }
    await expect(address()).rejects.toThrow('failed several times in a row');
    if (how === 'a wake-up') agent.wake();
    else {
      slack.cutSockets();
      await vi.waitFor(() => expect(lines.slack.slice(-3)).toEqual(['disconnected closed', 'connecting', 'connected']));
    }
    expect(await address()).toMatch(/^http/);
  });
});
