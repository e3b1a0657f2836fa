import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSlackConnection } from '../../../electron/slack/slack-connection.ts';
import { allTickets } from '../../../shared/ticket-list.ts';
import {
  createSlackWorkspace,
  type SlackWorkspace,
  type SlackWorkspaceOptions,
} from '../../../stand-ins/slack/workspace.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { createServiceOnFakes } from '../../fakes/ticket-service.ts';
import { patienceMs } from '../../patience.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aRelay } from './relay.ts';

interface LineOptions {
  slack?: SlackWorkspace;
  tokens?: { botToken?: string; appToken?: string };
  /** Slack's port, as the program sees it. */
  port?: number;
}

/** A line to a workspace; without `slack` to one of its own, with these options. */
async function aLine(options: SlackWorkspaceOptions = {}, given: LineOptions = {}) {
  const slack = given.slack ?? (await createSlackWorkspace({ ackTimeoutMs: patienceMs, ...options }));
  const lines: string[] = [];
  const messages: string[] = [];
  const complaints: string[] = [];
  const connection = createSlackConnection({
    transferFolder: aTemporaryFolder(),
    tokens: { botToken: slack.botToken, appToken: slack.appToken, ...given.tokens },
    apiUrl: given.port === undefined ? slack.apiUrl : slack.apiUrl.replace(/:\d+/, `:${given.port}`),
    onState(state) {
      lines.push(state.state === 'disconnected' ? `disconnected ${state.code}` : state.state);
      if ('message' in state) messages.push(state.message);
    },
    onError() {},
    retryDelayMs: () => 10,
    guard: (request) => request(),
    beatMs: 100,
    logger: {
      warn: (...parts) => complaints.push(parts.join(' ')),
      error: (...parts) => complaints.push(parts.join(' ')),
    },
  });
  const log = createFakeTicketLog();
  const tickets = createServiceOnFakes(log);
  onTestFinished(async () => {
    await connection.stop();
    await slack.close();
  });
  const sees = (line: string, times = 1) =>
    vi.waitFor(() => expect(lines.filter((seen) => seen === line)).toHaveLength(times), { timeout: 10_000 });
  const say = (text: string) => slack.slash('/ticket', text, { user: 'alice', channel: 'support' });
  return { slack, connection, tickets, log, lines, messages, complaints, sees, say };
}

const acked = { ack: { response_type: 'ephemeral' } };
/** Slack's codes for a token that no longer works. */
const fatalCodes = [
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
  'team_access_not_granted',
  'not_allowed_token_type',
];

describe('the line to Slack', () => {
  it('connects, and closes when it is told to', async () => {
    const { slack, connection, tickets, lines, sees } = await aLine();
    connection.start(tickets);
    await sees('connected');
    expect(slack.connections).toBe(1);
    await connection.stop();
    await slack.waitForConnections(0);
    expect(lines).toEqual(['connecting', 'connected', 'disconnected stopped']);
  });

  it('loses no command while a successor takes over from a socket that Slack warns about', async () => {
    const { slack, connection, tickets, log, lines, sees } = await aLine();
    connection.start(tickets);
    await sees('connected');
    const say = (text: string) => slack.slash('/ticket', text, { user: 'alice', channel: 'support' });
    const sent: Promise<unknown>[] = [];
    slack.onConnections((count) => {
      if (count === 2) for (const number of [1, 2, 3, 4, 5, 6]) sent.push(say(`while both are open ${number}`));
    });
    slack.disconnect('warning');
    sent.push(say('before the successor is open'));
    await sees('connected', 2);
    sent.push(say('afterwards'));
    await vi.waitFor(() => expect(sent).toHaveLength(8));
    await Promise.all(sent);
    expect(lines).toEqual(['connecting', 'connected', 'connected']);
    expect(await log.list({ filter: allTickets, limit: 10 })).toHaveLength(8);
  });

  it('opens one successor for a socket, however often Slack warns about it', async () => {
    const { slack, connection, tickets, sees, lines } = await aLine();
    connection.start(tickets);
    await sees('connected');
    for (const round of [1, 2, 3]) {
      slack.disconnect('warning');
      await sees('connected', round + 1);
    }
    slack.disconnect('refresh_requested');
    await sees('connected', 5);
    await slack.waitForConnections(1);
    expect(lines.filter((line) => line === 'connected')).toHaveLength(5);
  });

  it('loses no command of a stream of them while socket after socket is replaced', async () => {
    const { slack, connection, tickets, log, lines, sees, say } = await aLine();
    connection.start(tickets);
    await sees('connected');
    let sent = 0;
    const connected = () => lines.filter((line) => line === 'connected').length;
    for (let round = 1; round <= 3; round += 1) {
      slack.disconnect('warning');
      while (connected() <= round) {
        sent += 1;
        await expect(say(`command ${sent}`)).resolves.toMatchObject(acked);
      }
      // Where Slack did not, the program itself would end the third, with what is on its way through it.
      slack.endWarned();
      await slack.waitForConnections(1);
    }
    expect((await log.overview()).counts.all).toBe(sent);
    expect(lines).toEqual(['connecting', 'connected', 'connected', 'connected', 'connected']);
  });

  it('keeps a socket that answers when the network changes', async () => {
    const { slack, connection, tickets, lines, sees, say } = await aLine();
    connection.start(tickets);
    await sees('connected');
    connection.wake();
    await expect(say('still there')).resolves.toMatchObject(acked);
    expect(lines).toEqual(['connecting', 'connected']);
    expect(slack.connections).toBe(1);
  });

  it('replaces a socket that does not answer when the network changes', async () => {
    const { slack, connection, tickets, sees, say } = await aLine();
    connection.start(tickets);
    await sees('connected');
    slack.goSilent();
    connection.wake();
    await sees('connected', 2);
    await expect(say('on the new socket')).resolves.toMatchObject(acked);
  });

  it('replaces a socket through which nothing comes any more', async () => {
    const { slack, connection, tickets, lines, sees, say } = await aLine();
    connection.start(tickets);
    await sees('connected');
    slack.goSilent();
    await sees('connected', 2);
    expect(lines).toEqual(['connecting', 'connected', 'disconnected silent', 'connecting', 'connected']);
    await expect(say('on the new socket')).resolves.toMatchObject(acked);
  });

  it('leaves a quiet socket alone as long as Slack answers pings', async () => {
    const { slack, connection, tickets, lines, sees } = await aLine({ pingIntervalMs: 3_600_000 });
    connection.start(tickets);
    await sees('connected');
    // The other socket is found silent after four beats; this one has been quiet for longer by then.
    const other = await aLine({}, { slack: await createSlackWorkspace({ ackTimeoutMs: patienceMs }) });
    other.connection.start(other.tickets);
    await other.sees('connected');
    other.slack.goSilent();
    await other.sees('disconnected silent');
    expect(lines).toEqual(['connecting', 'connected']);
    expect(slack.connections).toBe(1);
  });

  it('notices that Slack closed a socket although the TCP connection stays open', async () => {
    const { slack, connection, tickets, lines, sees, say } = await aLine();
    connection.start(tickets);
    await sees('connected');
    slack.closeAndLinger();
    await sees('connected', 2);
    expect(lines[2]).toBe('disconnected closed');
    await expect(say('on the new socket')).resolves.toMatchObject(acked);
  });

  it('waits with closing for the answer to the command in hand', async () => {
    const { connection, tickets, log, sees, say } = await aLine();
    let received = () => {};
    const arrived = new Promise<void>((resolve) => {
      received = resolve;
    });
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { receive } = log;
    log.receive = async (...request) => {
      received();
      await held;
      return receive(...request);
    };
    connection.start(tickets);
    await sees('connected');
    const answer = say('just before the end');
    await arrived;
    const stopped = connection.stop();
    letGo();
    await expect(answer).resolves.toMatchObject(acked);
    await stopped;
  });

  it('closes for sleep, and is open again after it', async () => {
    const { slack, connection, tickets, lines, sees, say } = await aLine();
    connection.start(tickets);
    await sees('connected');
    await connection.sleep();
    await slack.waitForConnections(0);
    connection.wake();
    await sees('connected', 2);
    expect(lines).toEqual(['connecting', 'connected', 'disconnected stopped', 'connecting', 'connected']);
    await expect(say('good morning')).resolves.toMatchObject(acked);
  });

  it('closes for sleep although Slack does not answer any more', async () => {
    const { slack, connection, tickets, sees, lines } = await aLine();
    connection.start(tickets);
    await sees('connected');
    slack.goSilent();
    await connection.sleep();
    expect(lines.at(-1)).toBe('disconnected stopped');
  });

  it('has another socket at once when Slack asks for a refresh', async () => {
    const { slack, connection, tickets, sees } = await aLine();
    connection.start(tickets);
    await sees('connected');
    slack.disconnect('refresh_requested');
    await sees('connected', 2);
    await vi.waitFor(() => expect(slack.connections).toBe(1));
  });

  it('renews itself before its lifetime ends', async () => {
    // It lives longer than it is said to: a busy machine takes its time to open the next one.
    const { connection, tickets, lines, sees } = await aLine({ approximateConnectionTime: 1, connectionTime: 60 });
    connection.start(tickets);
    await sees('connected', 2);
    expect(lines).not.toContain('disconnected closed');
  });

  it('comes back at once when it is cut without a word', async () => {
    const { slack, connection, tickets, lines, sees } = await aLine();
    connection.start(tickets);
    await sees('connected');
    slack.cutSockets();
    await sees('connected', 2);
    expect(lines).toEqual(['connecting', 'connected', 'disconnected closed', 'connecting', 'connected']);
    await expect(slack.slash('/ticket', 'after the cut', { user: 'alice', channel: 'support' })).resolves.toMatchObject(
      { ack: { response_type: 'ephemeral' } },
    );
  });

  it('is back once the network is, and has not filled the log meanwhile', async () => {
    const slack = await createSlackWorkspace({ ackTimeoutMs: patienceMs });
    const relay = await aRelay(Number(new URL(slack.apiUrl).port));
    const { connection, tickets, lines, complaints, sees, say } = await aLine({}, { slack, port: relay.port });
    connection.start(tickets);
    await sees('connected');
    await relay.down();
    slack.cutSockets();
    await sees('disconnected unavailable');
    const tries = slack.requests.length;
    await relay.up();
    await sees('connected', 2);
    expect(slack.requests.length).toBe(tries + 1);
    expect(lines.slice(2)).toEqual(['disconnected closed', 'connecting', 'disconnected unavailable', 'connected']);
    expect(new Set(complaints).size).toBe(complaints.length);
    await expect(say('back')).resolves.toMatchObject(acked);
  });

  it('goes on after the pause that Slack asks for', async () => {
    const { slack, connection, tickets, lines, sees } = await aLine();
    slack.failNext('apps.connections.open', { status: 429, headers: { 'retry-after': '1' } });
    connection.start(tickets);
    await sees('connected');
    expect(lines).toEqual(['connecting', 'disconnected rate_limited', 'connected']);
  });

  it.each([
    ['link_disabled', 'Socket Mode was turned off'],
    ['too_many_websockets', 'Slack allows 10 connections per app'],
  ] as const)('says what Slack means by closing it with %s', async (reason, words) => {
    const { slack, connection, tickets, lines, messages, sees } = await aLine();
    connection.start(tickets);
    await sees('connected');
    slack.disconnect(reason);
    await slack.waitForConnections(0);
    expect(lines).toEqual(['connecting', 'connected', 'disconnected forbidden']);
    expect(messages.at(-1)).toContain(words);
    // Somebody has mended it; a minute would pass until the program asks by itself.
    connection.wake();
    await sees('connected', 2);
  });

  it.each([
    ['socket_mode_disabled', 'Socket Mode is off'],
    ['too_many_websockets', 'Slack allows 10 connections per app'],
  ])('says what Slack means by refusing it with %s', async (error, words) => {
    const { slack, connection, tickets, lines, messages, sees } = await aLine();
    slack.failNext('apps.connections.open', { error });
    connection.start(tickets);
    await sees('disconnected forbidden');
    expect(messages).toEqual([expect.stringContaining(words)]);
    connection.wake();
    await sees('connected');
    expect(lines[1]).toBe('disconnected forbidden');
  });

  it('has to wait where the app has all its connections, and says so', async () => {
    const first = await aLine({ maxSockets: 1 });
    first.connection.start(first.tickets);
    await first.sees('connected');
    const second = await aLine({}, { slack: first.slack });
    second.connection.start(second.tickets);
    await second.sees('disconnected forbidden');
    expect(second.messages).toEqual([expect.stringContaining('Slack allows 10 connections per app')]);
    await first.connection.stop();
    await first.slack.waitForConnections(0);
    second.connection.wake();
    await second.sees('connected');
  });

  it('keeps trying while Slack fails', async () => {
    const { slack, connection, tickets, lines, sees } = await aLine();
    slack.failNext('auth.test', { status: 503, body: 'down' });
    slack.failNext('apps.connections.open', 'cut');
    connection.start(tickets);
    await sees('connected');
    expect(lines[0]).toBe('connecting');
    expect(lines.filter((line) => line.startsWith('disconnected'))).not.toEqual([]);
  });

  it.each([
    ['bot', { botToken: 'xoxb-wrong' }],
    ['app', { appToken: 'xapp-wrong' }],
  ])('says unauthorized and lets Slack be for a while when the %s token is wrong', async (_, tokens) => {
    const { slack, connection, tickets, lines, sees } = await aLine({}, { tokens });
    connection.start(tickets);
    await sees('unauthorized');
    const requests = slack.requests.length;
    expect(lines).toEqual(['connecting', 'unauthorized']);
    await connection.stop();
    expect(slack.requests).toHaveLength(requests);
  });

  it.each(
    fatalCodes.flatMap((error) => [
      ['auth.test', error],
      ['apps.connections.open', error],
    ]),
  )('waits for %s with %s, which names the token’s trouble, and comes back at a wake-up', async (method, error) => {
    const { slack, connection, tickets, lines, messages, sees } = await aLine();
    slack.failNext(method, { error });
    connection.start(tickets);
    await sees('unauthorized');
    expect(lines).toEqual(['connecting', 'unauthorized']);
    expect(messages[0]).not.toContain(error);
    expect(slack.requests.filter(({ operation }) => operation === method)).toHaveLength(1);
    connection.wake();
    await sees('connected');
  });

  it('says so where a token was revoked, once Slack has closed the line', async () => {
    const { slack, connection, tickets, lines, sees } = await aLine();
    connection.start(tickets);
    await sees('connected');
    for (let times = 0; times < 2; times += 1) slack.failNext('apps.connections.open', { error: 'token_revoked' });
    slack.disconnect('warning');
    await vi.waitFor(() =>
      expect(slack.requests.filter(({ operation }) => operation === 'apps.connections.open')).toHaveLength(2),
    );
    expect(lines).toEqual(['connecting', 'connected']);
    slack.cutSockets();
    await sees('unauthorized');
    expect(lines).toEqual(['connecting', 'connected', 'disconnected closed', 'unauthorized']);
  });
});
