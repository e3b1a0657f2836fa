import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../stand-ins/record.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { everyDoor } from '../fixtures/slack-manifest.ts';
import { patienceMs } from '../patience.ts';
import { aSlackApp, type SlackApp } from './slack-app.ts';

const alice = { user: 'alice' };
const plain = (text: string) => ({ type: 'plain_text', text });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const input = (label: string, element: object, rest: object = {}) => ({
  type: 'input',
  block_id: label.toLowerCase(),
  label: plain(label),
  element: { action_id: 'value', ...element },
  ...rest,
});
const summary = input('Summary', { type: 'plain_text_input', max_length: 255 });
const kind = input(
  'Type',
  { type: 'static_select', options: [option('Bug'), option('Task')] },
  { dispatch_action: true },
);
const assignee = input('Assignee', { type: 'external_select', min_query_length: 0 }, { optional: true });
const modal = (blocks: object[], rest: object = {}) => ({
  type: 'modal',
  callback_id: 'ticket',
  title: plain('New ticket'),
  submit: plain('File it'),
  blocks,
  ...rest,
});

describe('the views of the stand-in Slack', () => {
  let slack: SlackWorkspace;
  let app: SlackApp;
  let answers: Json[];
  beforeEach(async () => {
    slack = await createSlackWorkspace({ manifest: everyDoor, ackTimeoutMs: patienceMs });
    answers = [];
    app = await aSlackApp(slack, () => answers.shift() ?? {});
  });
  afterEach(() => slack.close());

  async function open(view: object) {
    const { triggerId } = await slack.shortcut('New ticket', alice);
    return app.call('views.open', { trigger_id: triggerId, view });
  }

  async function shown(view: object) {
    expect(await open(view)).toMatchObject({ ok: true });
    const seen = slack.modal('alice');
    if (seen === null) throw new Error('No modal is open.');
    return seen;
  }

  it('opens a modal for a trigger once, and while it is young', async () => {
    const { triggerId } = await slack.shortcut('New ticket', alice);
    const view = modal([summary]);
    expect(await app.call('views.open', { trigger_id: triggerId, view })).toMatchObject({
      ok: true,
      view: { type: 'modal', state: { values: { summary: { value: { type: 'plain_text_input', value: null } } } } },
    });
    expect(await app.call('views.open', { trigger_id: triggerId, view })).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    const { triggerId: late } = await slack.slash('/ticket', '', { ...alice, channel: 'support' });
    slack.expireTriggers();
    expect(await app.call('views.open', { trigger_id: late, view })).toMatchObject({ error: 'expired_trigger_id' });
    expect(await app.call('views.open', { trigger_id: '1.2.x', view })).toMatchObject({ error: 'invalid_trigger_id' });
  });

  it('lets a trigger id serve no longer than told', async () => {
    const hasty = await createSlackWorkspace({ manifest: everyDoor, triggerLifeMs: 0, ackTimeoutMs: patienceMs });
    const { call } = await aSlackApp(hasty);
    const { triggerId } = await hasty.shortcut('New ticket', alice);
    expect(await call('views.open', { trigger_id: triggerId, view: modal([summary]) })).toMatchObject({
      error: 'expired_trigger_id',
    });
    await hasty.close();
  });

  it.each<[string, object]>([
    ['a title of 25 characters', modal([summary], { title: plain('x'.repeat(25)) })],
    ['a Submit of 25 characters', modal([summary], { submit: plain('x'.repeat(25)) })],
    ['metadata of 3,001 characters', modal([summary], { private_metadata: 'x'.repeat(3001) })],
    ['101 blocks', modal(Array.from({ length: 101 }, () => ({ type: 'divider' })))],
    ['an input without Submit', modal([summary], { submit: undefined })],
    ['a label of 2,001 characters', modal([input('x'.repeat(2001), { type: 'plain_text_input' }, { block_id: 'b' })])],
    ['a block_id of 256 characters', modal([{ ...summary, block_id: 'x'.repeat(256) }])],
    ['a block_id twice', modal([summary, summary])],
    ['no options', modal([input('Type', { type: 'static_select', options: [] })])],
    [
      '101 options',
      modal([input('T', { type: 'static_select', options: Array.from({ length: 101 }, (_, i) => option(`o${i}`)) })]),
    ],
    ['an option of 76 characters', modal([input('T', { type: 'static_select', options: [option('x'.repeat(76))] })])],
    [
      'a value of 151 characters',
      modal([input('T', { type: 'static_select', options: [{ ...option('x'), value: 'x'.repeat(151) }] })]),
    ],
    [
      'an initial option that is none',
      modal([input('T', { type: 'static_select', options: [option('a')], initial_option: option('b') })]),
    ],
    [
      '3,001 characters in an input',
      modal([input('T', { type: 'plain_text_input', initial_value: 'x'.repeat(3001) })]),
    ],
    [
      'more than an input takes',
      modal([input('T', { type: 'plain_text_input', initial_value: 'xxx', max_length: 2 })]),
    ],
    ['a max_length of 3,001', modal([input('T', { type: 'plain_text_input', max_length: 3001 })])],
    ['an unknown property', modal([summary], { colour: 'red' })],
    ['another type', { type: 'home', blocks: [] }],
  ])('refuses %s', async (_what, view) => {
    expect(await open(view)).toMatchObject({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: expect.arrayContaining([expect.stringContaining('[json-pointer:/view')]) },
    });
    expect(slack.views).toEqual([]);
  });

  it('keeps what was typed over an update whose ids are the same, and refuses an old hash', async () => {
    const view = await shown(modal([summary, kind]));
    const { hash } = view;
    await slack.fill(view, { Summary: 'the VPN is down' });
    const priority = input('Priority', { type: 'plain_text_input', initial_value: 'High' });
    const update = (rest: object) => app.call('views.update', { view_id: view.id, ...rest });
    expect(await update({ hash, view: modal([priority, summary]) })).toMatchObject({ ok: true });
    expect(view.values).toMatchObject({
      summary: { value: { value: 'the VPN is down' } },
      priority: { value: { value: 'High' } },
    });
    expect(view.values).not.toHaveProperty('type');
    expect(await update({ hash, view: modal([summary]) })).toMatchObject({ error: 'hash_conflict' });
    expect(await app.call('views.update', { view_id: 'V0', view: modal([]) })).toMatchObject({ error: 'not_found' });
  });

  it('tells a choice where the input dispatches, with the whole state', async () => {
    const view = await shown(modal([summary, kind], { private_metadata: 'r1' }));
    await slack.fill(view, { Summary: 'x' });
    await slack.pick(view, 'Type', 'Bug');
    expect(app.payloads('block_actions')).toMatchObject([
      {
        container: { type: 'view', view_id: view.id },
        trigger_id: expect.any(String),
        view: { private_metadata: 'r1', state: { values: { summary: { value: { value: 'x' } } } } },
        actions: [{ type: 'static_select', block_id: 'type', action_id: 'value', selected_option: { value: 'bug' } }],
      },
    ]);
  });

  it('asks for suggestions, and takes only what was offered', async () => {
    const view = await shown(modal([summary, assignee]));
    answers.push({ options: [option('Ann'), option('Anton')] });
    expect(await slack.suggest(view, 'Assignee', 'an')).toHaveLength(2);
    expect(app.payloads('block_suggestion')).toMatchObject([{ value: 'an', block_id: 'assignee', action_id: 'value' }]);
    answers.push({ options: Array.from({ length: 101 }, (_, index) => option(`${index}`)) });
    await expect(slack.suggest(view, 'Assignee', 'a')).rejects.toThrow('no more than 100 items');
    answers.push({ options: [option('Ann')] });
    await slack.fill(view, { Assignee: 'Ann' });
    expect(view.values).toMatchObject({ assignee: { value: { selected_option: { value: 'ann' } } } });
    answers.push({ options: [] });
    await expect(slack.fill(view, { Assignee: 'Zoe' })).rejects.toThrow('not among the options');
  });

  it('submits once what is required is there', async () => {
    const view = await shown(modal([summary, kind, assignee]));
    expect(await slack.submit(view)).toMatchObject({ outcome: 'not_sent', errors: { Summary: expect.any(String) } });
    expect(app.payloads('view_submission')).toEqual([]);
    answers.push({ response_action: 'errors', errors: { summary: 'Say more.' } });
    const filled = { Summary: 'x', Type: 'Task' };
    expect(await slack.submit(view, filled)).toMatchObject({
      outcome: 'errors',
      errors: { Summary: 'Say more.' },
      view,
    });
    answers.push({ response_action: 'errors', errors: { nowhere: 'x' } });
    await expect(slack.submit(view)).rejects.toThrow('no input nowhere');
    answers.push({ response_action: 'update', view: modal([{ type: 'divider' }]) });
    expect(await slack.submit(view)).toMatchObject({ outcome: 'updated', view: { blocks: [{ type: 'divider' }] } });
    expect(await slack.submit(view)).toEqual({ outcome: 'closed', errors: {}, view: null });
    expect(app.payloads('view_submission')[0]).toMatchObject({
      view: {
        id: view.id,
        callback_id: 'ticket',
        state: { values: { type: { value: { selected_option: { value: 'task' } } } } },
      },
      trigger_id: expect.any(String),
    });
    await expect(slack.submit(view)).rejects.toThrow('gone');
  });

  it('stacks three views, and clears them at once', async () => {
    const view = await shown(modal([summary]));
    answers.push({ response_action: 'push', view: modal([kind]) });
    const { view: second } = await slack.submit(view, { Summary: 'x' });
    expect(second).toMatchObject({ root: view.id, previous: view });
    const pushed = async () => {
      const top = slack.modal('alice');
      if (top !== null) await slack.pick(top, 'Type', 'Bug');
      const trigger_id = app.payloads('block_actions').at(-1)?.['trigger_id'];
      return app.call('views.push', { trigger_id, view: modal([kind]) });
    };
    expect(await pushed()).toMatchObject({ ok: true, view: { root_view_id: view.id, previous_view_id: second?.id } });
    expect(await pushed()).toMatchObject({ error: 'push_limit_reached' });
    const top = slack.modal('alice');
    if (top === null) throw new Error('No modal is open.');
    answers.push({ response_action: 'clear' });
    expect(await slack.submit(top, { Type: 'Bug' })).toEqual({ outcome: 'cleared', errors: {}, view: null });
  });

  it('tells that a modal was closed where the app wants to know', async () => {
    await slack.closeView(await shown(modal([summary])));
    expect(app.payloads('view_closed')).toEqual([]);
    await slack.closeView(await shown(modal([summary], { notify_on_close: true })));
    expect(app.payloads('view_closed')).toMatchObject([{ is_cleared: false, view: { callback_id: 'ticket' } }]);
    expect(slack.modal('alice')).toBeNull();
  });

  it('publishes Home for somebody who is there, and tells its clicks', async () => {
    const button = { type: 'actions', elements: [{ type: 'button', action_id: 'new', text: plain('New ticket') }] };
    const publish = (user_id: string) =>
      app.call('views.publish', { user_id, view: { type: 'home', blocks: [button] } });
    expect(await publish('U0NOBODY')).toMatchObject({ error: 'invalid_arguments' });
    expect(await publish('U01ALICE001')).toMatchObject({ ok: true });
    const home = slack.home('alice');
    if (home === null) throw new Error('Nothing was published.');
    await slack.pick(home, 'New ticket');
    expect(app.payloads('block_actions')).toMatchObject([
      { view: { type: 'home' }, actions: [{ action_id: 'new', type: 'button' }], trigger_id: expect.any(String) },
    ]);
    const trigger_id = app.payloads('block_actions')[0]?.['trigger_id'];
    expect(await app.call('views.open', { trigger_id, view: modal([summary]) })).toMatchObject({ ok: true });
  });
});
