import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { announcement } from '../../electron/slack/blocks.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { aTicket } from '../fakes/ticket.ts';
import { everyDoor } from '../fixtures/slack-manifest.ts';
import { differences, hasContracts, readContract } from './stand-in-contracts.ts';

const actions = {
  type: 'actions',
  elements: [{ type: 'button', text: { type: 'plain_text', text: 'Approve' }, action_id: 'approve', value: 'v' }],
};
const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '*KAN-1*' } }, actions];
const metadata = { event_type: 'ticket', event_payload: { request_id: 'r1' } };

describe.skipIf(!hasContracts)("the demo Slack's answers and envelopes, held against Slack's samples", () => {
  let slack: SlackWorkspace;
  beforeEach(async () => {
    slack = await createSlackWorkspace({ manifest: everyDoor, ackTimeoutMs: 200 });
  });
  afterEach(() => slack.close());

  /** Calls a method with JSON, and fails where the answer has a field or a type that the sample has not. */
  async function call(method: string, args: object, token = slack.botToken): Promise<Record<string, unknown>> {
    const response = await fetch(slack.apiUrl + method, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
      body: JSON.stringify(args),
    });
    const answer: unknown = await response.json();
    const sample = readContract(`slack/api/${method}.json`);
    expect(differences(answer, sample, ['blocks', 'event_payload'])).toEqual([]);
    return Object(answer);
  }

  /** A bare Socket Mode client: what the server sends, parsed, in order; acknowledges where told. */
  async function connect(reply?: (envelope: Record<string, unknown>) => object | null) {
    const { url } = await call('apps.connections.open', {}, slack.appToken);
    const socket = new WebSocket(String(url));
    const frames: Record<string, unknown>[] = [];
    const arrivals: Array<() => void> = [];
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      frames.push(frame);
      arrivals.shift()?.();
      const payload = frame.envelope_id === undefined ? null : (reply?.(frame) ?? null);
      if (payload !== null) socket.send(JSON.stringify({ envelope_id: frame.envelope_id, payload }));
    });
    const next = async (): Promise<Record<string, unknown>> => {
      if (frames.length === 0) await new Promise<void>((resolve) => arrivals.push(resolve));
      return frames.shift() ?? {};
    };
    return { socket, next, closed: new Promise((resolve) => socket.once('close', resolve)) };
  }

  it('answers every method in the shape of the sample', async () => {
    expect(await call('auth.test', {})).toMatchObject({ ok: true, user_id: slack.botUserId });
    const posted = await call('chat.postMessage', { channel: 'C01SUPPORT1', text: 'Hi', blocks, metadata });
    expect(posted).toMatchObject({ ok: true, channel: 'C01SUPPORT1', message: { metadata } });
    const { ts } = posted;
    expect(await call('chat.update', { channel: 'C01SUPPORT1', ts, text: 'Done', blocks: [] })).toMatchObject({
      ok: true,
      ts,
    });
    expect(await call('chat.getPermalink', { channel: 'C01SUPPORT1', message_ts: ts })).toMatchObject({ ok: true });
    const toAlice = { channel: 'C01SUPPORT1', user: 'U01ALICE001', text: 'psst' };
    expect(await call('chat.postEphemeral', toAlice)).toMatchObject({ ok: true });
    expect(await call('conversations.open', { users: 'U01ALICE001', return_im: true })).toMatchObject({ ok: true });
    expect(await call('conversations.info', { channel: 'C01SUPPORT1' })).toMatchObject({
      channel: { name: 'support' },
    });
    expect(await call('users.info', { user: 'U01ALICE001' })).toMatchObject({ user: { name: 'alice' } });
    const history = await call('conversations.history', { channel: 'C01SUPPORT1', include_all_metadata: true });
    expect(history).toMatchObject({ ok: true, messages: [{ text: 'Done', metadata, edited: {} }] });
  });

  it('answers errors in the shape of the sample', async () => {
    expect(await call('chat.postMessage', { channel: 'C0NOWHERE' })).toMatchObject({ error: 'channel_not_found' });
    expect(await call('apps.connections.open', {})).toMatchObject({ error: 'not_allowed_token_type' });
    slack.scopes.length = 0;
    expect(await call('users.info', { user: 'U01ALICE001' })).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read',
    });
  });

  it("stores blocks that Block Kit's own types accept", async () => {
    await call('chat.postMessage', { channel: 'C01SUPPORT1', text: 'Hi', blocks });
    // A summary with marks of Slack stands in a block of its own.
    await call('chat.postMessage', { channel: 'C01SUPPORT1', ...announcement(aTicket({ summary: '*bold* `x' })) });
    const ajv = new Ajv({ strict: false });
    ajv.addSchema(Object(readContract('block-kit/slack-types-3.2.0.generated.schema.json')), 'kit');
    const validate = ajv.compile({ type: 'array', items: { $ref: 'kit#/definitions/KnownBlock' } });
    const stored = slack.messages().map((message) => message.blocks);
    expect(stored).toHaveLength(2);
    for (const each of stored) expect(validate(each), JSON.stringify(validate.errors)).toBe(true);
  });

  it('greets every socket like the sample and counts them', async () => {
    const first = await connect();
    const hello = await first.next();
    expect(differences(hello, readContract('slack/socket-mode/hello.json'))).toEqual([]);
    expect(Object.keys(hello).sort()).toEqual(['connection_info', 'debug_info', 'num_connections', 'type']);
    expect(await (await connect()).next()).toMatchObject({ num_connections: 2 });
  });

  it('sends commands, clicks and events as the samples show them', async () => {
    const envelopes: Record<string, unknown>[] = [];
    const { next } = await connect((envelope) => {
      // The bot's own message makes an event too.
      if (Object(Object(envelope['payload'])['event'])['type'] !== 'message') envelopes.push(envelope);
      return {};
    });
    await next();
    await call('chat.postMessage', { channel: 'C01SUPPORT1', text: 'Hi', blocks });
    const message = await slack.waitForMessage(() => true);
    await slack.slash('/ticket', 'help', { user: 'alice', channel: 'support' });
    await slack.click(message, 'approve', { user: 'bob' });
    await slack.sendEvent({ type: 'app_mention', text: 'hi' });
    const samples = ['slash_commands.command', 'interactive.block_actions', 'events_api.app_mention'];
    for (const [index, name] of samples.entries()) {
      const sample = readContract(`slack/socket-mode/${name}.json`);
      // Everything that the sample shows is sent, in the same types.
      const missing = differences(sample, envelopes[index], ['message', 'event', 'blocks', 'attachments', 'text']);
      expect(missing, name).toEqual([]);
    }
    const slash = Object(envelopes[0])['payload'];
    expect(Object.keys(Object(readContract('slack/app-backend/slash-commands/SlashCommandPayload.json')))).toEqual(
      expect.arrayContaining(Object.keys(slash)),
    );
  });

  it('sends disconnect frames like the samples, and closes after all but a warning', async () => {
    for (const reason of ['warning', 'refresh_requested'] as const) {
      const { next, closed } = await connect();
      await next();
      slack.disconnect(reason);
      const frame = await next();
      expect(frame).toMatchObject({ type: 'disconnect', reason });
      expect(differences(frame, readContract(`slack/socket-mode/disconnect.${reason}.CONSTRUCTED.json`))).toEqual([]);
      if (reason === 'warning') slack.cutSockets();
      await closed;
    }
  });

  it('refuses the eleventh socket', async () => {
    for (let count = 1; count <= 10; count++) await (await connect()).next();
    const { next, closed } = await connect();
    expect(await next()).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    await closed;
    expect(slack.connections).toBe(10);
  });

  it('lets a socket address be used once', async () => {
    const { url } = await call('apps.connections.open', {}, slack.appToken);
    const first = new WebSocket(String(url));
    await new Promise((resolve) => first.once('open', resolve));
    const second = new WebSocket(String(url));
    const error = await new Promise((resolve) => second.once('error', resolve));
    expect(String(error)).toMatch('403');
  });

  it('gives up on a command that nobody acknowledges, and sends an event again', async () => {
    const attempts: unknown[] = [];
    const { next } = await connect((envelope) => {
      if (envelope['type'] !== 'events_api') return null;
      attempts.push(envelope['retry_attempt']);
      return attempts.length === 1 ? null : {};
    });
    await next();
    await expect(slack.slash('/ticket', '', { user: 'alice', channel: 'support' })).rejects.toThrow(
      'operation_timeout',
    );
    expect(await slack.sendEvent({ type: 'app_mention' })).toMatchObject({ attempts: 2 });
    expect(attempts).toEqual([0, 1]);
  });

  it('refuses requests without the secret and requests from web pages', async () => {
    const origin = new URL(slack.apiUrl).origin;
    expect((await fetch(`${origin}/api/auth.test`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${slack.apiUrl}auth.test`, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    const { url } = await call('apps.connections.open', {}, slack.appToken);
    const socket = new WebSocket(String(url), { origin: 'https://evil.example' });
    expect(String(await new Promise((resolve) => socket.once('error', resolve)))).toMatch('403');
  });
});
