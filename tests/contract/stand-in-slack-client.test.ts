import { LogLevel, SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackWorkspace, type SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { everyDoor } from '../fixtures/slack-manifest.ts';

const support = 'C01SUPPORT1';
const button = (action_id: string) => ({
  type: 'button' as const,
  text: { type: 'plain_text' as const, text: 'Approve' },
  action_id,
  value: 'v',
});
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

/** These tests provoke errors; the clients need not print them. */
const logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

interface Delivery {
  ack(response?: object): Promise<void>;
  body: Record<string, string>;
}

describe("the demo Slack, used by Slack's own clients", () => {
  let slack: SlackWorkspace;
  let web: WebClient;
  const clients: SocketModeClient[] = [];

  beforeEach(async () => {
    slack = await createSlackWorkspace({ manifest: everyDoor, ackTimeoutMs: 500 });
    web = connectWeb(slack.botToken);
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.disconnect()));
    await slack.close();
  });

  function connectWeb(token: string | undefined): WebClient {
    const quiet = { logger, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
    return new WebClient(token, { slackApiUrl: slack.apiUrl, ...quiet });
  }

  async function connectSocket(listen: (client: SocketModeClient) => void = () => {}): Promise<SocketModeClient> {
    const client = new SocketModeClient({
      appToken: slack.appToken,
      autoReconnectEnabled: false,
      logger,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    listen(client);
    await client.start();
    clients.push(client);
    return client;
  }

  const post = (args: object) => web.apiCall('chat.postMessage', { channel: support, text: 'Hi', ...args });

  it('tells the scopes with every answer', async () => {
    const { response_metadata } = await web.auth.test();
    expect(response_metadata?.scopes).toContain('chat:write');
  });

  it('tells each token its own scopes, and a token that it does not know none', async () => {
    const scopesOf = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', headers })).headers.get('x-oauth-scopes');
    };
    expect((await scopesOf(slack.botToken))?.split(',')).toEqual(slack.scopes);
    expect(await scopesOf(slack.appToken)).toBe('connections:write');
    expect(await scopesOf('xoxb-1-2-wrong')).toBeNull();
  });

  it('opens no connection for a wrong token, or one that lacks the scope', async () => {
    const refusalOf = (token: string) =>
      connectWeb(token)
        .apps.connections.open({})
        .catch(({ data }) => data);
    expect(await refusalOf('xapp-1-A-2-wrong')).toMatchObject({ error: 'invalid_auth' });
    expect(await refusalOf(slack.botToken)).toMatchObject({ error: 'not_allowed_token_type' });
    slack.appScopes.splice(0, 1, 'authorizations:read');
    expect(await refusalOf(slack.appToken)).toMatchObject({ error: 'missing_scope', needed: 'connections:write' });
  });

  it.each([
    ['not_authed', undefined],
    ['invalid_auth', 'xoxb-1-2-wrong'],
  ])('refuses a call with %s', async (error, token) => {
    await expect(connectWeb(token).auth.test()).rejects.toMatchObject({ data: { error } });
  });

  it('refuses the app token where the bot token belongs, and the reverse', async () => {
    const wrong = { data: { error: 'not_allowed_token_type' } };
    await expect(connectWeb(slack.appToken).chat.postMessage({ channel: support, text: 'x' })).rejects.toMatchObject(
      wrong,
    );
    await expect(web.apiCall('apps.connections.open')).rejects.toMatchObject(wrong);
  });

  it('keeps the bot out of channels it is not in, and denies private ones', async () => {
    slack.addChannel({ id: 'C01ARCHIVED', name: 'old', isArchived: true });
    const refusals = { C01RANDOM01: 'not_in_channel', C01PRIVATE1: 'channel_not_found', C01ARCHIVED: 'is_archived' };
    for (const [channel, error] of Object.entries(refusals)) {
      await expect(post({ channel })).rejects.toMatchObject({ data: { error } });
    }
    slack.scopes.push('chat:write.public');
    await expect(post({ channel: 'C01RANDOM01' })).resolves.toMatchObject({ ok: true });
  });

  it('opens a direct message where a user is the channel', async () => {
    const { channel } = await web.chat.postMessage({ channel: 'U01ALICE001', text: 'Hi' });
    expect(channel).toMatch(/^D/);
    expect(await web.conversations.open({ users: 'U01ALICE001' })).toMatchObject({
      already_open: true,
      channel: { id: channel },
    });
  });

  it.each([
    ['no_text', { text: '' }],
    ['msg_too_long', { text: 'x'.repeat(40_001) }],
    ['msg_blocks_too_long', { blocks: Array.from({ length: 5 }, () => section('x'.repeat(2900))) }],
    ['invalid_blocks', { blocks: [section('x'.repeat(3001))] }],
    ['invalid_blocks', { blocks: Array.from({ length: 51 }, () => section('x')) }],
    ['invalid_blocks', { blocks: [{ type: 'actions', elements: [button('a'), button('a')] }] }],
    ['invalid_blocks_format', { blocks: '{' }],
    ['invalid_metadata_schema', { metadata: { event_type: 'x' } }],
  ])('refuses a message with %s', async (error, args) => {
    await expect(post(args)).rejects.toMatchObject({ data: { error } });
    expect(slack.messages()).toEqual([]);
  });

  it('names what is wrong with a block and where', async () => {
    const refused = post({ blocks: [section('')] });
    const messages = ['[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]'];
    await expect(refused).rejects.toMatchObject({ data: { response_metadata: { messages } } });
  });

  it("edits only the bot's own messages, and keeps what an edit does not mention", async () => {
    const { ts = '' } = await web.chat.postMessage({ channel: support, text: 'Hi', blocks: [section('a')] });
    await web.chat.update({ channel: support, ts, text: 'Bye' });
    expect(slack.messages('support')[0]).toMatchObject({ text: 'Bye', blocks: [{ type: 'section' }] });
    const other = slack.say('mine', { user: 'alice', channel: 'support' });
    const edit = (at: string) => web.chat.update({ channel: support, ts: at, text: 'x' });
    await expect(edit(other.ts)).rejects.toMatchObject({ data: { error: 'cant_update_message' } });
    await expect(edit('1.000000')).rejects.toMatchObject({ data: { error: 'message_not_found' } });
  });

  it('limits posting by channel when asked to', async () => {
    const strict = await createSlackWorkspace({ quota: { perSecond: 0.001, burst: 2 } });
    const client = new WebClient(strict.botToken, {
      slackApiUrl: strict.apiUrl,
      rejectRateLimitedCalls: true,
      logger,
    });
    await client.chat.postMessage({ channel: support, text: '1' });
    await client.chat.postMessage({ channel: support, text: '2' });
    await expect(client.chat.postMessage({ channel: support, text: '3' })).rejects.toMatchObject({
      retryAfter: expect.any(Number),
    });
    await client.chat.postMessage({ channel: 'U01ALICE001', text: 'elsewhere' });
    await strict.close();
  });

  it('limits methods by their tier when asked to', async () => {
    const strict = await createSlackWorkspace({ manifest: everyDoor, rateLimits: true });
    const client = new WebClient(strict.botToken, {
      slackApiUrl: strict.apiUrl,
      rejectRateLimitedCalls: true,
      logger,
    });
    for (let count = 0; count < 20; count++) await client.conversations.list({});
    const refused = client.conversations.list({}).catch(({ retryAfter }) => retryAfter);
    expect(await refused).toBeGreaterThan(0);
    expect(await refused).toBeLessThanOrEqual(60);
    await client.conversations.info({ channel: support });
    await strict.close();
  });

  it('fails as told', async () => {
    slack.failNext('chat.postMessage', { error: 'fatal_error' });
    await expect(post({})).rejects.toMatchObject({ data: { error: 'fatal_error' } });
    slack.failNext('chat.postMessage', 'cut_after_commit');
    await expect(post({})).rejects.toThrow();
    expect(slack.messages()).toHaveLength(1);
  });

  it('carries a command to the app and its ack back, the text escaped', async () => {
    const texts: string[] = [];
    await connectSocket((client) => {
      client.on('slash_commands', async ({ ack, body }: Delivery) => {
        texts.push(body['text'] ?? '');
        await ack({ response_type: 'ephemeral', text: 'On it' });
      });
    });
    const { ack } = await slack.slash('/ticket', 'a < b & @alice', { user: 'bob', channel: 'random' });
    expect(ack).toEqual({ response_type: 'ephemeral', text: 'On it' });
    expect(texts).toEqual(['a &lt; b &amp; <@U01ALICE001|alice>']);
    expect(slack.messages('random')).toMatchObject([{ text: 'On it', ephemeralTo: 'U01BOB00001', via: 'ack' }]);
  });

  it('takes answers at the response URL five times, and replaces a clicked message there', async () => {
    const urls: string[] = [];
    const payloads: object[] = [];
    await connectSocket((client) => {
      client.on('slash_commands', async ({ ack, body }: Delivery) => {
        urls.push(body['response_url'] ?? '');
        await ack();
      });
      client.on('interactive', async ({ ack, body }: Delivery) => {
        urls.push(body['response_url'] ?? '');
        payloads.push(body);
        await ack();
      });
    });
    const answer = (url: string | undefined, body: object) =>
      fetch(url ?? '', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    await slack.slash('/ticket', 'x', { user: 'alice', channel: 'board' });
    const blocks = [{ type: 'actions', elements: [button('approve')] }];
    expect((await answer(urls[0], { text: 'Approve?', blocks })).status).toBe(200);
    const message = await slack.waitForMessage(({ blocks: stored }) => stored.length > 0);
    expect(message).toMatchObject({ ephemeralTo: 'U01ALICE001', channel: 'C01PRIVATE1' });
    await expect(slack.click(message, 'approve', { user: 'bob' })).rejects.toThrow('cannot see');
    await slack.click(message, 'approve', { user: 'alice' });
    expect(payloads[0]).not.toHaveProperty('message');
    expect(payloads[0]).toMatchObject({ container: { is_ephemeral: true } });
    expect((await answer(urls[1], { replace_original: true, text: 'Approved' })).status).toBe(200);
    expect(slack.messages('board')).toMatchObject([{ text: 'Approved', blocks: [] }]);
    for (let use = 2; use <= 5; use++) expect((await answer(urls[0], { text: 'more' })).status).toBe(200);
    const sixth = await answer(urls[0], { text: 'too much' });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
    slack.expireResponseUrls();
    expect((await answer(urls[1], { text: 'late' })).status).toBe(404);
  });

  it('takes turns between sockets, and says when none is there', async () => {
    const seen: string[] = [];
    for (const name of ['one', 'two']) {
      await connectSocket((client) => {
        client.on('slash_commands', async ({ ack }: Delivery) => {
          seen.push(name);
          await ack();
        });
      });
    }
    for (let count = 0; count < 4; count++) await slack.slash('/ticket', '', { user: 'alice', channel: 'support' });
    expect(new Set(seen)).toEqual(new Set(['one', 'two']));
    slack.cutSockets();
    await slack.waitForConnections(0);
    await expect(slack.slash('/ticket', '', { user: 'alice', channel: 'support' })).rejects.toThrow('dispatch_failed');
  });

  it('recycles a connection after the time that hello announced', async () => {
    const shortLived = await createSlackWorkspace({ approximateConnectionTime: 0.05 });
    const client = new SocketModeClient({
      appToken: shortLived.appToken,
      autoReconnectEnabled: false,
      logger,
      clientOptions: { slackApiUrl: shortLived.apiUrl },
    });
    const disconnected = new Promise((resolve) => client.once('disconnected', resolve));
    await client.start();
    await disconnected;
    await shortLived.close();
  });
});
