import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSlackWorkspace, type SlackWorkspaceOptions } from '../../../electron/demo/slack-workspace.ts';
import { createSlackConnection } from '../../../electron/slack/slack-connection.ts';
import { allTickets } from '../../../shared/ticket-list.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { createServiceOnFakes } from '../../fakes/ticket-service.ts';

async function aLine(options: SlackWorkspaceOptions = {}, tokens: { botToken?: string; appToken?: string } = {}) {
  const slack = await createSlackWorkspace(options);
  const lines: string[] = [];
  const connection = createSlackConnection({
    tokens: { botToken: slack.botToken, appToken: slack.appToken, ...tokens },
    apiUrl: slack.apiUrl,
    onState: (state) => lines.push(state.state === 'disconnected' ? `disconnected ${state.code}` : state.state),
    onError() {},
    retryDelayMs: () => 10,
    logger: { warn() {}, error() {} },
  });
  const log = createFakeTicketLog();
  const tickets = createServiceOnFakes(log);
  onTestFinished(async () => {
    await connection.stop();
    await slack.close();
  });
  const sees = (line: string, times = 1) =>
    vi.waitFor(() => expect(lines.filter((seen) => seen === line)).toHaveLength(times), { timeout: 10_000 });
  return { slack, connection, tickets, log, lines, sees };
}

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

  it('opens a fresh socket when the machine wakes up', async () => {
    const { connection, tickets, sees } = await aLine();
    connection.start(tickets);
    await sees('connected');
    connection.wake();
    await sees('connected', 2);
  });

  it('notices a Slack that went silent', async () => {
    const { connection, tickets, sees, slack } = await aLine();
    connection.start(tickets);
    await sees('connected');
    slack.goSilent();
    await sees('disconnected closed');
    await sees('connected', 2);
  }, 30_000);

  it('has another socket at once when Slack asks for a refresh', async () => {
    const { slack, connection, tickets, sees } = await aLine();
    connection.start(tickets);
    await sees('connected');
    slack.disconnect('refresh_requested');
    await sees('connected', 2);
    await vi.waitFor(() => expect(slack.connections).toBe(1));
  });

  it('renews itself before its lifetime ends', async () => {
    const { connection, tickets, lines, sees } = await aLine({ approximateConnectionTime: 1 });
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
  ])('says unauthorized and stops trying when the %s token is wrong', async (_, tokens) => {
    const { slack, connection, tickets, lines, sees } = await aLine({}, tokens);
    connection.start(tickets);
    await sees('unauthorized');
    const requests = slack.requests.length;
    expect(lines).toEqual(['connecting', 'unauthorized']);
    await connection.stop();
    expect(slack.requests).toHaveLength(requests);
  });
});
