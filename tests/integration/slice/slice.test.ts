import { describe, expect, it, vi } from 'vitest';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, everyTicket, sureOfBugs, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const isAnnouncement = (message: { blocks: unknown[]; deleted: boolean }) =>
  JSON.stringify(message.blocks).includes(actionIds.approve);

describe('a command', () => {
  it('becomes an issue of the right type, a row and an announcement with buttons', async () => {
    const { slack, jira, desk } = await aWorld();
    const { log } = await desk();

    const { ack } = await slack.slash('/ticket', 'VPN drops & <b>dies</b>\nevery ten minutes', byAlice);
    expect(ack).toEqual({ response_type: 'ephemeral', text: 'Creating your ticket...' });

    const message = await slack.waitForMessage(isAnnouncement);
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket).toMatchObject({
      status: 'created',
      issueKey: 'KAN-1',
      team: slack.team.id,
      text: 'VPN drops & <b>dies</b>\nevery ten minutes',
      summary: 'VPN drops & <b>dies</b>',
      announcement: { via: 'channel', channel: message.channel, ts: message.ts },
    });
    expect(jira.issues).toHaveLength(1);
    expect(jira.issues[0]).toMatchObject({ key: 'KAN-1', issueType: 'Bug', fields: { labels: ['ticket-agent'] } });
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({ requestId: ticket.requestId, label: 'Bug' });
    const { issueKey: issue_key, issueUrl: issue_url } = ticket;
    expect(message.metadata?.event_payload).toEqual({ request_id: ticket.requestId, issue_key, issue_url });
  });

  it('is one request when Slack hands it over twice', async () => {
    const { slack, jira, desk } = await aWorld();
    const { log } = await desk();
    const { triggerId } = await slack.slash('/ticket', 'printer on fire', byAlice);
    await slack.slash('/ticket', 'printer on fire', { ...byAlice, triggerId });
    await theTicket(log, ({ step }) => step === 'announced');
    expect(jira.issues).toHaveLength(1);
    expect(slack.messages('support').filter(isAnnouncement)).toHaveLength(1);
  });

  it('is announced once although Slack’s answer to the message was lost', async () => {
    const { slack, desk } = await aWorld();
    const { log } = await desk();
    slack.failNext('chat.postMessage', 'cut_after_commit');
    await slack.slash('/ticket', 'printer on fire', byAlice);
    await theTicket(log, ({ step }) => step === 'announced');
    expect(slack.messages('support').filter(isAnnouncement)).toHaveLength(1);
  });

  it('that Slack refuses to announce reaches at least its requester', async () => {
    const { slack, desk } = await aWorld();
    const { log } = await desk();
    slack.failNext('chat.postMessage', { error: 'restricted_action' });
    await slack.slash('/ticket', 'printer on fire', byAlice);
    await theTicket(log, ({ step }) => step === 'announced');
    const message = await slack.waitForMessage(isAnnouncement);
    expect(message.ephemeralTo).not.toBeNull();
    expect(JSON.stringify(message.blocks)).toContain('A workspace setting keeps apps from posting in this channel.');
  });

  it('sent twice by a slip of the finger is answered with the first ticket, and filed anyway on request', async () => {
    const { slack, jira, desk } = await aWorld();
    const { log } = await desk();
    await slack.slash('/ticket', 'printer on fire', byAlice);
    await theTicket(log, ({ step }) => step === 'announced');

    const { ack } = await slack.slash('/ticket', 'printer on fire', byAlice);
    expect(JSON.stringify(ack)).toContain('KAN-1');
    expect(jira.issues).toHaveLength(1);

    const offer = await slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes(actionIds.fileAnyway));
    await slack.click(offer, actionIds.fileAnyway, { user: 'alice' });
    await jira.waitForIssue(({ key }) => key === 'KAN-2');
    // The second one waits for its turn in the channel.
    await vi.waitFor(() => expect(slack.messages('support').filter(isAnnouncement)).toHaveLength(2), {
      timeout: 10_000,
    });
  });

  it.each(['help', 'HELP', ' Help '])('of %j is answered with the usage and makes no row', async (text) => {
    const { slack, desk } = await aWorld();
    const { log } = await desk();
    const { ack } = await slack.slash('/ticket', text, byAlice);
    expect(ack).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('/ticket_status') });
    expect(await everyTicket(log)).toEqual([]);
  });

  it('of 10,000 characters keeps every one of them in the description', async () => {
    const { slack, jira, desk } = await aWorld();
    const { log } = await desk();
    const text = `It breaks.\n${'lorem ipsum '.repeat(832)}end`;
    await slack.slash('/ticket', text, byAlice);
    await theTicket(log, ({ step }) => step === 'announced');
    expect(JSON.stringify(jira.issues[0]?.fields['description'])).toContain(text.slice(11));
    expect(jira.issues[0]?.fields['summary']).toBe('It breaks.');
  });

  it('cannot ping anybody', async () => {
    const { slack, desk } = await aWorld();
    const { log } = await desk();
    await slack.slash('/ticket', '<!channel> @here <https://evil.example|KAN-1> & *bold*', byAlice);
    await theTicket(log, ({ step }) => step === 'announced');
    for (const message of slack.messages()) {
      expect(message.broadcasts).toEqual([]);
      expect(JSON.stringify(message.blocks)).not.toMatch(/<!(channel|here|everyone)|<https:\/\/evil/);
    }
  });
});

describe('a decision', () => {
  async function announced() {
    const world = await aWorld();
    const desk = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(desk.log, ({ step }) => step === 'announced');
    const message = await world.slack.waitForMessage(isAnnouncement);
    return { ...world, ...desk, message };
  }

  it.each([
    [actionIds.approve, 'approved'],
    [actionIds.reject, 'rejected'],
  ] as const)('by %s is recorded, locks the message and reaches Jira', async (actionId, status) => {
    const { slack, jira, log, message } = await announced();
    await slack.click(message, actionId, { user: 'bob' });
    const ticket = await theTicket(log, ({ step }) => step === 'done');
    const bob = slack.users.find(({ name }) => name === 'bob')?.id;
    expect(ticket).toMatchObject({ status, decision: { status, by: bob } });
    const locked = await slack.waitForMessage(({ ts, editedTs }) => ts === message.ts && editedTs !== null);
    expect(JSON.stringify(locked.blocks)).toContain(`<@${bob}>`);
    expect(JSON.stringify(locked.blocks)).not.toContain('"actions"');
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({
      requestId: ticket.requestId,
      label: 'Bug',
      decision: { status, by: bob },
    });
  });

  it('is final: a later click is answered and changes nothing', async () => {
    const { slack, jira, log, message } = await announced();
    const before = { ...message, blocks: [...message.blocks] };
    await slack.click(before, actionIds.approve, { user: 'bob' });
    const first = await theTicket(log, ({ step }) => step === 'done');
    await slack.click(before, actionIds.reject, { user: 'alice' });
    await slack.waitForMessage(({ text, ephemeralTo }) => ephemeralTo !== null && text.includes('already approved'));
    expect(await log.find(first.requestId)).toEqual(first);
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({ decision: { status: 'approved' } });
  });

  it('stands although Jira refuses to store it', async () => {
    const { slack, jira, log, message, errors } = await announced();
    jira.setPermission('KAN', 'edit', false);
    await slack.click(message, actionIds.approve, { user: 'bob' });
    const ticket = await theTicket(log, ({ step }) => step === 'done');
    expect(ticket.status).toBe('approved');
    expect(errors.map(({ code }) => code)).toContain('forbidden');
  });

  it('works on a desktop that never saw the ticket', async () => {
    const { slack, jira, desk, message, stop } = await announced();
    await stop();
    await slack.waitForConnections(0);
    const other = await desk({ dataDir: aTemporaryFolder() });
    await slack.click(message, actionIds.approve, { user: 'bob' });
    const ticket = await theTicket(other.log, ({ step }) => step === 'done');
    expect(ticket).toMatchObject({ status: 'approved', issueKey: 'KAN-1', summary: 'VPN is down' });
    const locked = await slack.waitForMessage(({ ts, editedTs }) => ts === message.ts && editedTs !== null);
    expect(JSON.stringify(locked.blocks)).toContain('VPN is down');
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({ decision: { status: 'approved' } });
  });
});

describe('a channel without the bot', () => {
  it('gives the announcement to the requester alone, with how to invite it, and takes the decision there', async () => {
    const { slack, log } = await withStrangeChannel({ isPrivate: false });
    const message = await slack.waitForMessage(isAnnouncement);
    const alice = slack.users.find(({ name }) => name === 'alice')?.id;
    expect(message).toMatchObject({ ephemeralTo: alice, via: 'response_url' });
    expect(JSON.stringify(message.blocks)).toContain('/invite @');

    await slack.click(message, actionIds.approve, { user: 'alice' });
    await theTicket(log, ({ step, status }) => step === 'done' && status === 'approved');
    await slack.waitForMessage(({ ts, blocks }) => ts === message.ts && JSON.stringify(blocks).includes('*Approved*'));
  });

  it('falls back to a direct message once the reply address has expired', async () => {
    const { slack } = await withStrangeChannel({ isPrivate: true, expire: true });
    const message = await slack.waitForMessage(isAnnouncement);
    expect(message).toMatchObject({ via: 'chat.postMessage', ephemeralTo: null });
    expect(message.channel).toMatch(/^D/);
  });

  async function withStrangeChannel({ isPrivate, expire = false }: { isPrivate: boolean; expire?: boolean }) {
    const { slack, desk } = await aWorld();
    slack.addChannel({ id: 'C0STRANGE', name: 'strange', isPrivate, isMember: false });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { log } = await desk({
      classifier: {
        async classify() {
          await held;
          return sureOfBugs;
        },
      },
    });
    await slack.slash('/ticket', 'VPN is down', { user: 'alice', channel: 'strange' });
    if (expire) slack.expireResponseUrls();
    release();
    await theTicket(log, ({ step }) => step === 'announced');
    return { slack, log };
  }
});

describe('the state of Jira', () => {
  it('is told at the start, when a token stops working and when it works again', async () => {
    const { slack, jira, desk } = await aWorld();
    const { agent, lines } = await desk();
    await vi.waitFor(() => expect(lines.jira).toEqual(['ok']));
    const refusal = jira.failWhile(() => true, { status: 401, body: 'Client must be authenticated' });
    await slack.slash('/ticket_status', 'KAN-1', byAlice);
    await vi.waitFor(() => expect(lines.jira).toEqual(['ok', 'unauthorized']));
    // A refused login is probed after a while, or at a wake-up.
    refusal.end();
    agent.wake();
    await vi.waitFor(() => expect(lines.jira).toEqual(['ok', 'unauthorized', 'ok']));
  });

  it('is not ruined by a key that does not exist', async () => {
    const { slack, desk } = await aWorld();
    const { lines } = await desk();
    await vi.waitFor(() => expect(lines.jira).toEqual(['ok']));
    await slack.slash('/ticket_status', 'KAN-99', byAlice);
    await slack.waitForMessage(({ via }) => via === 'response_url');
    expect(lines.jira).toEqual(['ok']);
  });
});

describe('/ticket_status', () => {
  it.each(['kan-1', 'KAN-1', '1', 'SITE/browse/KAN-1?focused=1', '<SITE/browse/KAN-1|KAN-1>'])(
    'takes %s and answers the person alone',
    async (given) => {
      const { slack, jira, desk } = await aWorld();
      jira.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'VPN & more' } });
      await desk();
      const input = given.replace('SITE', jira.baseUrl);
      await slack.slash('/ticket_status', input, byAlice);
      const answer = await slack.waitForMessage(({ via }) => via === 'response_url');
      expect(answer.ephemeralTo).not.toBeNull();
      const shown = JSON.stringify(answer.blocks);
      for (const part of ['KAN-1', 'VPN &amp; more', 'Bug', 'Status', 'Assignee', 'Last update']) {
        expect(shown).toContain(part);
      }
    },
  );

  it('takes a bare number where the project is configured by its id', async () => {
    const { slack, jira, settings, desk } = await aWorld();
    jira.addIssue({ projectKey: 'KAN', issueType: 'Bug', fields: { summary: 'VPN' } });
    const project = jira.projects[0]?.id ?? null;
    await desk({ settings: { ...settings, jira: { ...settings.jira, project } } });
    await slack.slash('/ticket_status', '1', byAlice);
    const answer = await slack.waitForMessage(({ via }) => via === 'response_url');
    expect(JSON.stringify(answer.blocks)).toContain('KAN-1');
  });

  it('is helpful about a key that does not exist', async () => {
    const { slack, desk } = await aWorld();
    await desk();
    await slack.slash('/ticket_status', 'KAN-99', byAlice);
    const answer = await slack.waitForMessage(({ via }) => via === 'response_url');
    expect(answer.text).toContain('There is no ticket KAN-99');
  });

  it.each(['', 'hello world', 'KAN-1/../../x'])('asks for a key when it gets %j', async (input) => {
    const { slack, jira, desk } = await aWorld();
    await desk();
    const { ack } = await slack.slash('/ticket_status', input, byAlice);
    expect(ack).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('KAN-7') });
    expect(jira.requests.filter(({ operation }) => operation === 'getIssue')).toEqual([]);
  });
});
