import { App, LogLevel, type Receiver, type ReceiverEvent } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createSlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { everyDoor } from '../fixtures/slack-manifest.ts';
import { patienceMs } from '../patience.ts';

const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};
const alice = { user: 'alice' };
const plain = (text: string) => ({ type: 'plain_text' as const, text });

it("reaches Bolt's listeners by every door", async () => {
  const slack = await createSlackWorkspace({ manifest: everyDoor, ackTimeoutMs: patienceMs });
  const socket = new SocketModeClient({
    appToken: slack.appToken,
    autoReconnectEnabled: false,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  onTestFinished(async () => {
    await socket.disconnect();
    await slack.close();
  });
  const receiver: Receiver = {
    init(app) {
      socket.on('slack_event', (event: ReceiverEvent) => app.processEvent(event));
    },
    start: () => socket.start(),
    stop: () => socket.disconnect(),
  };
  const app = new App({ token: slack.botToken, receiver, logger: quiet, clientOptions: { slackApiUrl: slack.apiUrl } });

  const heard: string[] = [];
  const blocks = [
    {
      type: 'input' as const,
      block_id: 'type',
      label: plain('Type'),
      dispatch_action: true,
      element: { type: 'external_select' as const, action_id: 'type', min_query_length: 0 },
    },
  ];
  const view = { type: 'modal' as const, callback_id: 'form', title: plain('New'), submit: plain('File'), blocks };
  app.event('app_mention', async ({ event }) => void heard.push(`mention ${event.channel}`));
  app.message(async ({ message }) => void heard.push(`message ${message.channel_type}`));
  app.event('reaction_added', async ({ event }) => void heard.push(`reaction ${event.reaction}`));
  app.event('app_home_opened', async ({ event }) => void heard.push(`home ${event.tab}`));
  app.shortcut('new_ticket', async ({ ack, shortcut, client }) => {
    await client.views.open({ trigger_id: shortcut.trigger_id, view: { ...view, notify_on_close: true } });
    await ack();
    heard.push(shortcut.type);
  });
  app.shortcut('file_message', async ({ ack, shortcut }) => {
    await ack();
    heard.push(shortcut.type);
  });
  app.options('type', async ({ ack, payload }) => {
    await ack({ options: [{ text: plain('Bug'), value: 'bug' }] });
    heard.push(`options ${payload.value}`);
  });
  app.action('type', async ({ ack, body }) => {
    await ack();
    heard.push(body.type);
  });
  app.view('form', async ({ ack, payload }) => {
    await ack({ response_action: 'update', view: { ...view, notify_on_close: true, title: plain('Again') } });
    heard.push(`submission ${payload.state.values['type']?.['type']?.selected_option?.value}`);
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
    await ack();
    heard.push(body.type);
  });
  await app.start();

  const message = await slack.mention('help', { ...alice, channel: 'support' });
  await slack.direct('help', alice);
  await slack.react(message, 'ticket', alice);
  await slack.openHome(alice);
  await slack.messageShortcut(message, 'file_message', alice);
  await slack.shortcut('new_ticket', alice);
  const modal = await slack.waitForView(({ callbackId }) => callbackId === 'form');
  await slack.pick(modal, 'Type', 'Bug');
  expect(await slack.submit(modal)).toMatchObject({ outcome: 'updated' });
  await slack.closeView(modal);
  const everything = [
    'mention C01SUPPORT1',
    'message channel',
    'message im',
    'reaction ticket',
    'home home',
    'message_action',
    'shortcut',
    'options Bug',
    'block_actions',
    'submission bug',
    'view_closed',
  ];
  // Bolt acknowledges an event before its listener has run.
  await vi.waitFor(() => expect(heard.toSorted()).toEqual(everything.sort()), { timeout: patienceMs });
});
