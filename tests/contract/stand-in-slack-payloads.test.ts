import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRecord, type Json } from '../../stand-ins/record.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { everyDoor } from '../fixtures/slack-manifest.ts';
import { patienceMs } from '../patience.ts';
import { everyInput, everyInputFilled } from './every-input.ts';
import { aSlackApp, type SlackApp } from './slack-app.ts';
import { differences, hasContracts, readContract } from './stand-in-contracts.ts';

const alice = { user: 'alice' };
const inSupport = { ...alice, channel: 'support' };
const modal = {
  type: 'modal',
  callback_id: 'ticket',
  notify_on_close: true,
  title: { type: 'plain_text', text: 'New ticket' },
  submit: { type: 'plain_text', text: 'File it' },
  blocks: everyInput,
};

describe.skipIf(!hasContracts)("the stand-in Slack's events, payloads and views, held against Slack's samples", () => {
  let slack: SlackWorkspace;
  let app: SlackApp;
  beforeEach(async () => {
    slack = await createSlackWorkspace({ manifest: everyDoor, ackTimeoutMs: patienceMs });
    app = await aSlackApp(slack, ({ type }) => (type === 'block_suggestion' ? { options: [] } : {}));
  });
  afterEach(() => slack.close());

  /** The newest payload of a type, or around an event of it. */
  function newest(type: string): Json {
    const payload = app.payloads(type).at(-1);
    if (payload === undefined) throw new Error(`Nothing of the type ${type} came.`);
    return payload;
  }

  /** What the newest payload has beside the sample, and what the sample's types say otherwise. */
  const beside = (type: string, sample: string, open: string[] = []) =>
    differences(newest(type), readContract(`slack/${sample}.json`), ['blocks', 'state', 'metadata', ...open]);

  async function opened() {
    const { triggerId } = await slack.shortcut('New ticket', alice);
    const answer = await app.call('views.open', { trigger_id: triggerId, view: modal });
    const view = slack.modal('alice');
    if (view === null) throw new Error(`No modal is open: ${JSON.stringify(answer)}`);
    return { answer, view };
  }

  it('sends events like the samples', async () => {
    const message = await slack.mention('the VPN is down', inSupport);
    expect(beside('app_mention', 'events/AppMentionPayload')).toEqual([]);
    expect(beside('message', 'events/MessagePayload')).toEqual([]);
    await slack.react(message, 'ticket', alice);
    expect(beside('reaction_added', 'events/ReactionAddedPayload')).toEqual([]);
    await slack.edit(message, 'never mind');
    expect(beside('message', 'events/MessageChangedPayload', ['reactions'])).toEqual([]);
    await slack.remove(message);
    expect(beside('message', 'events/MessageDeletedPayload', ['reactions'])).toEqual([]);
    await app.call('views.publish', { user_id: 'U01ALICE001', view: { type: 'home', blocks: [{ type: 'divider' }] } });
    await slack.openHome(alice);
    expect(beside('app_home_opened', 'events/AppHomeOpenedPayload')).toEqual([]);
  });

  it('sends shortcuts like the samples', async () => {
    await slack.messageShortcut(slack.say('the VPN is down', inSupport), 'File a ticket', alice);
    expect(beside('message_action', 'app-backend/interactive-components/MessageShortcutPayload')).toEqual([]);
    await slack.shortcut('New ticket', alice);
    // There is no sample of it: the keys of Bolt's type GlobalShortcut.
    expect(Object.keys(newest('shortcut')).sort()).toEqual([
      'action_ts',
      'callback_id',
      'enterprise',
      'is_enterprise_install',
      'team',
      'token',
      'trigger_id',
      'type',
      'user',
    ]);
  });

  it('sends what happens in a view like the samples', async () => {
    const { view } = await opened();
    await slack.pick(view, 'Static', 'One');
    expect(beside('block_actions', 'app-backend/interactive-components/BlockActionPayload')).toEqual([]);
    await slack.suggest(view, 'External', 'x');
    expect(newest('block_suggestion')).toMatchObject({ value: 'x', container: { type: 'view', view_id: view.id } });
    await slack.submit(view, everyInputFilled);
    expect(beside('view_submission', 'app-backend/views/ViewSubmissionPayload', ['response_urls'])).toEqual([]);
    await slack.closeView((await opened()).view);
    expect(beside('view_closed', 'app-backend/views/ViewClosedPayload')).toEqual([]);
  });

  it('answers the new methods in the shape of the samples', async () => {
    const like = (method: string, answer: Json, open: string[] = []) =>
      differences(answer, readContract(`slack/api/${method}.json`), ['blocks', 'values', 'metadata', ...open]);
    const { answer, view } = await opened();
    expect(like('views.open', answer)).toEqual([]);
    const update = await app.call('views.update', { view_id: view.id, view: modal });
    expect(like('views.update', update)).toEqual([]);
    const home = { type: 'home', blocks: [{ type: 'divider' }] };
    expect(like('views.publish', await app.call('views.publish', { user_id: 'U01ALICE001', view: home }))).toEqual([]);
    const message = await slack.upload([{ name: 'a.txt', content: 'x' }], inSupport);
    const info = await app.call('files.info', { file: message.files?.[0]?.id });
    expect(info).toMatchObject({ ok: true });
    expect(like('files.info', info, ['response_metadata'])).toEqual([]);
    slack.say('me too', { ...inSupport, thread: message });
    expect(like('conversations.list', await app.call('conversations.list', {}))).toEqual([]);
    const where = { channel: message.channel, ts: message.ts };
    expect(like('conversations.replies', await app.call('conversations.replies', where))).toEqual([]);
  });

  it("stores views that Block Kit's own types accept, and sends their values in Bolt's", async () => {
    const { view } = await opened();
    const ajv = new Ajv({ strict: false });
    ajv.addSchema(Object(readContract('block-kit/slack-types-3.2.0.generated.schema.json')), 'kit');
    const validate = ajv.compile({ type: 'array', items: { $ref: 'kit#/definitions/KnownBlock' } });
    expect(validate(view.blocks), JSON.stringify(validate.errors)).toBe(true);
    await slack.submit(view, everyInputFilled);
    const { values } = Object(Object(newest('view_submission')['view']).state);
    const held = Object.values(Object(values)).flatMap((block) => Object.values(Object(block)).filter(isRecord));
    // ViewStateValue in @slack/bolt names these.
    const known =
      /^(type|value|rich_text_value|files|selected_(date|time|date_time|(conversation|channel|user|option)s?))$/;
    expect(held.flatMap((value) => Object.keys(value)).filter((key) => !known.test(key))).toEqual([]);
    expect(held).toHaveLength(everyInput.length);
  });
});
