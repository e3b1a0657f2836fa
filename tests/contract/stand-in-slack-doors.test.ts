import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../stand-ins/record.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { everyDoor } from '../fixtures/slack-manifest.ts';
import { patienceMs } from '../patience.ts';
import { aSlackApp } from './slack-app.ts';

const alice = { user: 'alice' };
const inSupport = { ...alice, channel: 'support' };

describe('the doors of the stand-in Slack', () => {
  let slack: SlackWorkspace;
  beforeEach(async () => {
    slack = await createSlackWorkspace({ manifest: everyDoor, ackTimeoutMs: patienceMs });
  });
  afterEach(() => slack.close());

  it('sends a mention as app_mention and as a message of its channel, with the same ts', async () => {
    const app = await aSlackApp(slack);
    const message = await slack.mention('the VPN is down', inSupport);
    const [mention] = app.payloads('app_mention');
    const [plain] = app.payloads('message');
    expect(mention).toMatchObject({
      type: 'event_callback',
      event: {
        user: 'U01ALICE001',
        ts: message.ts,
        text: `<@${slack.botUserId}> the VPN is down`,
        channel: 'C01SUPPORT1',
      },
    });
    expect(plain).toMatchObject({ event: { channel_type: 'channel', ts: message.ts } });
    expect(mention?.['event_id']).not.toBe(plain?.['event_id']);
  });

  it('says of a reply in which thread it stands', async () => {
    const app = await aSlackApp(slack);
    const root = slack.say('the VPN is down', inSupport);
    const reply = await slack.mention('file this', { ...inSupport, thread: root });
    expect(app.payloads('app_mention')[0]).toMatchObject({
      event: { ts: reply.ts, thread_ts: root.ts, parent_user_id: 'U01ALICE001' },
    });
  });

  it('says that somebody comes from another workspace', async () => {
    const app = await aSlackApp(slack);
    slack.addUser({ id: 'U01EVE00001', name: 'eve', teamId: 'T0ELSEWHERE' });
    await slack.mention('let me in', { user: 'eve', channel: 'support' });
    expect(app.payloads('app_mention')[0]).toMatchObject({
      team_id: slack.team.id,
      is_ext_shared_channel: true,
      event: { user: 'U01EVE00001', team: 'T0ELSEWHERE', user_team: 'T0ELSEWHERE', source_team: 'T0ELSEWHERE' },
    });
  });

  it('sends nothing from where the bot is not', async () => {
    const app = await aSlackApp(slack);
    const message = await slack.mention('help', { ...alice, channel: 'random' });
    await slack.react(message, 'ticket', alice);
    expect(app.envelopes).toEqual([]);
  });

  it.each([
    ['app_mentions:read', 'app_mention', () => slack.mention('help', inSupport)],
    ['channels:history', 'message', () => slack.mention('help', inSupport)],
    ['im:history', 'message', () => slack.direct('help', alice)],
    ['reactions:read', 'reaction_added', () => slack.react(slack.say('x', inSupport), 'ticket', alice)],
  ])('without %s sends no %s', async (scope, type, act) => {
    const app = await aSlackApp(slack);
    slack.scopes.splice(slack.scopes.indexOf(scope), 1);
    await act();
    expect(app.payloads(type)).toEqual([]);
  });

  it('sends direct messages, emoji, edits and deletions', async () => {
    const app = await aSlackApp(slack);
    const message = await slack.direct('my laptop is slow', alice);
    await slack.react(message, 'ticket', alice);
    await slack.edit(message, 'my laptop is very slow');
    await slack.remove(message);
    expect(app.envelopes.map(({ payload }) => Object(payload).event)).toMatchObject([
      { type: 'message', channel_type: 'im', text: 'my laptop is slow' },
      { type: 'reaction_added', reaction: 'ticket', user: 'U01ALICE001', item: { type: 'message', ts: message.ts } },
      { subtype: 'message_changed', message: { text: 'my laptop is very slow', edited: {} }, previous_message: {} },
      { subtype: 'message_deleted', deleted_ts: message.ts },
    ]);
  });

  it('sends an event that nobody acknowledged again, three times at most', async () => {
    const impatient = await createSlackWorkspace({
      manifest: everyDoor,
      ackTimeoutMs: 10,
      eventRetryDelaysMs: [0, 0, 0],
    });
    const app = await aSlackApp(impatient, () => null);
    await impatient.direct('hello', alice);
    await impatient.waitForEvent(({ attempts }) => attempts === 4);
    expect(app.envelopes.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    expect(new Set(app.payloads('message').map(({ event_id }) => event_id)).size).toBe(1);
    await impatient.close();
  });

  it('sends shortcuts, which open modals', async () => {
    const app = await aSlackApp(slack);
    const message = slack.say('the VPN is down', { ...alice, channel: 'random' });
    await slack.shortcut('New ticket', alice);
    await slack.messageShortcut(message, 'file_message', alice);
    expect(app.payloads('shortcut')).toMatchObject([{ callback_id: 'new_ticket', user: { id: 'U01ALICE001' } }]);
    expect(app.payloads('message_action')).toMatchObject([
      {
        callback_id: 'file_message',
        message_ts: message.ts,
        channel: { name: 'random' },
        message: { text: message.text },
      },
    ]);
    await expect(slack.shortcut('file_message', alice)).rejects.toThrow('no global shortcut');
  });

  it('has no door that the manifest does not ask for', async () => {
    const { features, ...rest } = everyDoor;
    const bare = await createSlackWorkspace({
      manifest: { ...rest, features: { slash_commands: features.slash_commands }, settings: {} },
      ackTimeoutMs: patienceMs,
    });
    const app = await aSlackApp(bare);
    const message = await bare.mention('help', inSupport);
    await bare.react(message, 'ticket', alice);
    expect(app.envelopes).toEqual([]);
    await expect(bare.slash('/other', '', inSupport)).rejects.toThrow('not a valid command');
    await expect(bare.shortcut('New ticket', alice)).rejects.toThrow('not configured to handle interactive');
    await expect(bare.direct('help', alice)).rejects.toThrow('turned off');
    await expect(bare.openHome(alice)).rejects.toThrow('no Home');
    const home = { user_id: 'U01ALICE001', view: { type: 'home', blocks: [] } };
    expect(await app.call('views.publish', home)).toMatchObject({ error: 'not_enabled' });
    const word = { channel: 'U01ALICE001', text: 'hi' };
    expect(await app.call('chat.postMessage', word)).toMatchObject({ error: 'messages_tab_disabled' });
    await bare.close();
  });

  it('opens Home and shows there what was published', async () => {
    const app = await aSlackApp(slack);
    expect(await slack.openHome(alice)).toBeNull();
    const home = { type: 'home', blocks: [{ type: 'divider' }] };
    expect(await app.call('views.publish', { user_id: 'U01ALICE001', view: home })).toMatchObject({ ok: true });
    expect((await slack.openHome(alice))?.blocks).toMatchObject([{ type: 'divider' }]);
    expect(app.payloads('app_home_opened')).toMatchObject([
      { event: { tab: 'home', user: 'U01ALICE001' } },
      { event: { view: { type: 'home', blocks: [{ type: 'divider' }] } } },
    ]);
  });

  it('reads a thread, and leaves it out of the history', async () => {
    const app = await aSlackApp(slack);
    const root = slack.say('the VPN is down', inSupport);
    const replies = ['me too', 'and me'].map((text) => slack.say(text, { ...inSupport, thread: root }));
    const read = (method: string, args: object) => app.call(method, { channel: 'C01SUPPORT1', ...args });
    const texts = ({ messages }: Json) => Object(messages).map(({ text }: Json) => text);
    expect(texts(await read('conversations.history', {}))).toEqual(['the VPN is down']);
    expect(texts(await read('conversations.replies', { ts: root.ts }))).toEqual([
      'the VPN is down',
      'me too',
      'and me',
    ]);
    const [first] = replies;
    expect(texts(await read('conversations.replies', { ts: first?.ts }))).toEqual(['me too']);
    const page = await read('conversations.replies', { ts: root.ts, limit: 2 });
    expect(page).toMatchObject({ has_more: true, messages: [{ reply_count: 2, thread_ts: root.ts }, {}] });
    const { next_cursor: cursor } = Object(page['response_metadata']);
    expect(texts(await read('conversations.replies', { ts: root.ts, cursor }))).toEqual(['and me']);
    expect(await read('conversations.replies', { ts: '1.000000' })).toMatchObject({ error: 'thread_not_found' });
    expect(await read('conversations.history', { channel: 'C01RANDOM01' })).toMatchObject({ error: 'not_in_channel' });
  });

  it('reads only conversations of the kinds that the scopes name', async () => {
    const app = await aSlackApp(slack);
    const { channel, ts } = await slack.direct('help', alice);
    slack.scopes.splice(slack.scopes.indexOf('im:history'), 1);
    expect(await app.call('conversations.replies', { channel, ts })).toMatchObject({
      error: 'missing_scope',
      needed: 'im:history',
    });
  });

  it('lists the channels that the bot sees, page by page', async () => {
    const app = await aSlackApp(slack);
    slack.addChannel({ id: 'C01SECRET01', name: 'secret', isPrivate: true });
    const list = (args: object) => app.call('conversations.list', args);
    const names = ({ channels }: Json) => Object(channels).map(({ name }: Json) => name);
    expect(names(await list({}))).toEqual(['support', 'random']);
    const types = 'public_channel,private_channel';
    const first = await list({ types, limit: 2 });
    expect(names(first)).toEqual(['support', 'random']);
    const { next_cursor: cursor } = Object(first['response_metadata']);
    expect(await list({ types, limit: 2, cursor })).toMatchObject({
      channels: [{ name: 'secret', is_member: true, is_private: true }],
      response_metadata: { next_cursor: '' },
    });
    slack.scopes.splice(slack.scopes.indexOf('groups:read'), 1);
    expect(await list({ types })).toMatchObject({ error: 'missing_scope', needed: 'groups:read' });
  });

  it('posts into threads, and gives links that lead there', async () => {
    const app = await aSlackApp(slack);
    const root = slack.say('the VPN is down', inSupport);
    const post = (thread_ts: unknown) =>
      app.call('chat.postMessage', { channel: 'C01SUPPORT1', text: 'Filed', thread_ts });
    const { ts } = await post(root.ts);
    expect(await post(ts)).toMatchObject({ error: 'cannot_reply_to_message' });
    expect(await post('1.000000')).toMatchObject({ error: 'thread_not_found' });
    const link = await app.call('chat.getPermalink', { channel: 'C01SUPPORT1', message_ts: ts });
    expect(link['permalink']).toMatch(
      new RegExp(`/archives/C01SUPPORT1/p\\d+\\?thread_ts=${root.ts}&cid=C01SUPPORT1$`),
    );
    const whisper = { channel: 'C01SUPPORT1', user: 'U01ALICE001', text: 'psst', thread_ts: root.ts };
    expect(await app.call('chat.postEphemeral', whisper)).toMatchObject({ ok: true });
    expect(slack.messages('support').at(-1)).toMatchObject({ ephemeralTo: 'U01ALICE001', threadTs: root.ts });
  });

  describe('files', () => {
    const log = { name: 'error.log', content: 'boom' };
    const fetchFile = (url: unknown, token = slack.botToken) =>
      fetch(String(url), { headers: { authorization: `Bearer ${token}` } });

    it('come with their message, and are there for the bot alone', async () => {
      const app = await aSlackApp(slack);
      await slack.upload([log], { ...inSupport, text: 'see this' });
      const [payload] = app.payloads('message');
      const event = Object(payload?.['event']);
      expect(event).toMatchObject({
        subtype: 'file_share',
        text: 'see this',
        files: [{ name: 'error.log', mimetype: 'text/plain', size: 4, mode: 'hosted' }],
      });
      const [file] = event.files;
      const answer = await fetchFile(file.url_private);
      expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/plain', 'boom']);
      expect(await (await fetchFile(file.url_private_download)).text()).toBe('boom');
      const refused = [await fetch(file.url_private), await fetchFile(file.url_private, 'xoxb-1-2-wrong')];
      slack.scopes.splice(slack.scopes.indexOf('files:read'), 1);
      refused.push(await fetchFile(file.url_private));
      for (const each of refused) {
        expect([each.status, each.headers.get('content-type')]).toEqual([200, 'text/html;charset=UTF-8']);
      }
      expect(await app.call('files.info', { file: file.id })).toMatchObject({
        error: 'missing_scope',
        needed: 'files:read',
      });
    });

    it('of Slack Connect tell their id alone, and the rest to who asks', async () => {
      const app = await aSlackApp(slack);
      await slack.upload([{ ...log, kind: 'connect' }], alice);
      const [file] = Object(app.payloads('message')[0]?.['event']).files;
      expect(file).toMatchObject({ mode: 'file_access', file_access: 'check_file_info' });
      expect(file).not.toHaveProperty('url_private');
      const { file: whole } = await app.call('files.info', { file: file.id });
      expect(await (await fetchFile(Object(whole).url_private)).text()).toBe('boom');
    });

    it('of a conversation without the bot are not found', async () => {
      const app = await aSlackApp(slack);
      const { files = [] } = await slack.upload([log], { ...alice, channel: 'random' });
      expect(app.envelopes).toEqual([]);
      expect(await app.call('files.info', { file: files[0]?.id })).toMatchObject({ error: 'file_not_found' });
      expect(await (await fetchFile(files[0]?.urlPrivate)).text()).toMatch(/^<!DOCTYPE html>/);
    });

    it('say another size than they have where a test wants it, and lie elsewhere where they are external', async () => {
      const app = await aSlackApp(slack);
      const drive = 'https://docs.google.com/document/d/1';
      await slack.mention('both', inSupport);
      await slack.upload(
        [
          { ...log, size: 2e9 },
          { name: 'Plan', content: drive, kind: 'external' },
        ],
        inSupport,
      );
      expect(Object(app.payloads('message').at(-1)?.['event']).files).toMatchObject([
        { size: 2e9 },
        { is_external: true, url_private: drive },
      ]);
    });
  });
});
