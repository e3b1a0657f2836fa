import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
});
