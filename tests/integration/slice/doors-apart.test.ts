import { describe, expect, it } from 'vitest';
import { actionIds } from '../../../electron/slack/blocks.ts';
import type { JiraFieldSeed } from '../../../stand-ins/jira/field-kinds.ts';
import type { SlackMessage } from '../../../stand-ins/slack/state.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, everyTicket, sureOfBugs, theTicket } from './desk.ts';

const isAnnounced = ({ step }: { step: string }) => step === 'announced';
const hasButton = (message: SlackMessage, id: string) => JSON.stringify(message.blocks).includes(id);
const isAnnouncement = (message: SlackMessage) => hasButton(message, actionIds.approve);
const offersAgain = (message: SlackMessage) => hasButton(message, actionIds.fileAnyway);
const alice = { user: 'alice', channel: 'support' };

/** A desktop has filed a message of alice's; now another one, with a log of its own, takes what Slack delivers. */
async function anotherDesktop({ replies = 0 } = {}) {
  const world = await aWorld();
  const { slack } = world;
  const first = await world.desk();
  const message = slack.say('The VPN drops', alice);
  for (let count = 0; count < replies; count += 1) slack.say(`me too, ${count}`, { ...alice, thread: message });
  await slack.react(message, 'ticket', { user: 'bob' });
  const filed = await theTicket(first.log, isAnnounced);
  await first.agent.pause(true);
  await slack.waitForConnections(0);
  const second = await world.desk({ dataDir: aTemporaryFolder(), deliveredAgainMs: 1 });
  return { ...world, first, second, message, filed };
}

describe('a message that another desktop has filed', () => {
  it.each(['mention', 'message'])(
    'is not filed again by the door %s: who asked is shown the ticket, alone',
    async (door) => {
      const { slack, jira, second, message, filed } = await anotherDesktop({ replies: door === 'mention' ? 0 : 130 });
      if (door === 'mention') await slack.mention('this', { user: 'bob', channel: 'support', thread: message });
      else await slack.messageShortcut(message, 'file_message', { user: 'bob' });
      const offer = await slack.waitForMessage(offersAgain);
      expect(offer.text).toContain(filed.issueKey);
      expect(offer.ephemeralTo).toBe(slack.users.find(({ name }) => name === 'bob')?.id);
      await theTicket(second.log, ({ step, status }) => step === 'done' && status === 'failed');
      expect(jira.issues).toHaveLength(1);

      // The button is pressed there, and once more where the first ticket is.
      await slack.click(offer, actionIds.fileAnyway, { user: 'bob' });
      await slack.waitForMessage((each) => isAnnouncement(each) && each.text.includes('-2'));
      await second.agent.pause(true);
      await slack.waitForConnections(0);
      await second.stop();
      expect(jira.issues).toHaveLength(2);
    },
  );

  it('is the same ticket where Slack delivers the same event there too: this desktop knows it then, and takes its clicks', async () => {
    const { slack, jira, second, filed } = await anotherDesktop();
    const before = slack.messages().length;
    const [delivery] = slack.events.filter(({ event }) => event.type === 'reaction_added');
    if (delivery === undefined) throw new Error('nothing was delivered');
    await slack.redeliver(delivery.event, delivery.eventId);
    const known = await theTicket(second.log, isAnnounced);
    expect(known).toMatchObject({ requestId: filed.requestId, issueKey: filed.issueKey, status: 'created' });
    expect(slack.messages()).toHaveLength(before);
    const [announcement] = slack.messages().filter(isAnnouncement);
    if (announcement === undefined) throw new Error('nothing was announced');
    await slack.click(announcement, actionIds.approve, { user: 'alice' });
    expect(await theTicket(second.log, ({ step }) => step === 'done')).toMatchObject({ status: 'approved' });
    expect(jira.issues).toHaveLength(1);
  });

  it('is filed once more by the desktop that never saw it, where File anyway is pressed there', async () => {
    const { slack, jira, first, second, message } = await anotherDesktop();
    await second.agent.pause(true);
    await slack.waitForConnections(0);
    await first.agent.pause(false);
    await slack.waitForConnections(1);
    await slack.react(message, 'ticket', { user: 'alice' });
    const offer = await slack.waitForMessage(offersAgain);
    await first.agent.pause(true);
    await slack.waitForConnections(0);
    await second.agent.pause(false);
    await slack.waitForConnections(1);
    await slack.click(offer, actionIds.fileAnyway, { user: 'alice' });
    const ticket = await theTicket(second.log, isAnnounced);
    expect(ticket).toMatchObject({ text: 'The VPN drops', sourceMessage: { ts: message.ts } });
    expect(jira.issues).toHaveLength(2);
  });

  it.each([{ error: 'thread_not_found' }, { error: 'missing_scope' }, { status: 500 }])(
    'is filed all the same where its thread cannot be read: %o',
    async (fault) => {
      const { slack, jira, second, message } = await anotherDesktop();
      slack.failWhile(({ operation }) => operation === 'conversations.replies', fault);
      await slack.messageShortcut(message, 'file_message', { user: 'bob' });
      await theTicket(second.log, isAnnounced);
      expect(jira.issues).toHaveLength(2);
    },
  );
});

it('an announcement in a thread whose answer was lost is found there, and not posted again', async () => {
  const { slack, desk } = await aWorld();
  const { log } = await desk();
  slack.failNext('chat.postMessage', 'cut_after_commit');
  const message = slack.say('The VPN drops', alice);
  await slack.react(message, 'ticket', { user: 'bob' });
  const ticket = await theTicket(log, isAnnounced);
  const announced = slack.messages().filter(isAnnouncement);
  expect(announced).toMatchObject([{ threadTs: message.ts, ts: ticket.announcement?.ts }]);
});

it.each(['conversations.history', 'chat.getPermalink', 'users.info', 'conversations.info', 'conversations.replies'])(
  'one lost answer of %s keeps no message from becoming one ticket',
  async (method) => {
    const { slack, jira, desk } = await aWorld();
    const { log } = await desk();
    slack.failNext(method, 'cut_after_commit');
    await slack.react(slack.say('The VPN drops', alice), 'ticket', { user: 'bob' });
    const ticket = await theTicket(log, isAnnounced);
    expect(ticket.sourceMessage?.url).toMatch(/^https:\/\/.*\/archives\/C\w+\/p\d+$/);
    expect(jira.issues).toHaveLength(1);
    expect(slack.messages().filter(isAnnouncement)).toHaveLength(1);
  },
);

it('messages of bots, edits, deletions, and the same message as an event of its channel file nothing', async () => {
  const { slack, jira, desk } = await aWorld();
  const { log } = await desk();
  const said = await slack.mention('The VPN drops', alice);
  const ticket = await theTicket(log, isAnnounced);
  const event = { ...slack.events.at(-1)?.event, type: 'app_mention' };
  const fresh = { ...event, ts: '1700000000.000100', event_ts: '1700000000.000100' };
  for (const other of [
    { ...event, type: 'message', channel_type: 'channel' },
    { ...fresh, bot_id: 'B0OTHER' },
    { ...fresh, subtype: 'bot_message' },
    { ...fresh, subtype: 'message_changed', hidden: true },
    { ...fresh, subtype: 'message_deleted', hidden: true },
    { ...fresh, edited: { user: 'U1', ts: '1700000001.000100' } },
    { ...fresh, type: 'message', channel: 'D0ALICE01', channel_type: 'im', bot_id: 'B0OTHER' },
    { ...fresh, channel: 'D0ALICE01' },
  ]) {
    await slack.sendEvent(other);
  }
  await slack.edit(said, `<@${slack.botUserId}> The VPN drops again`);
  await slack.remove(said);
  expect(await everyTicket(log)).toEqual([ticket]);
  expect(jira.issues).toHaveLength(1);
});

it('a reply in a long thread is filed alone, and announced in that thread', async () => {
  const { slack, desk } = await aWorld();
  const { log } = await desk();
  const root = slack.say('Morning', alice);
  for (let count = 0; count < 250; count += 1) slack.say(`reply ${count}`, { ...alice, thread: root });
  const reply = slack.say('The printer burns', { ...alice, thread: root });
  await slack.react(reply, 'ticket', { user: 'bob' });
  const ticket = await theTicket(log, isAnnounced);
  expect(ticket).toMatchObject({ text: 'The printer burns', sourceMessage: { ts: reply.ts, threadTs: root.ts } });
  expect(slack.messages().filter(isAnnouncement)).toMatchObject([{ threadTs: root.ts }]);
});

it('a message of a private channel, and of a group message, is filed as well', async () => {
  const { slack, jira, desk } = await aWorld();
  const { log } = await desk();
  slack.addChannel({ id: 'G0PRIVATE', name: 'inner-circle', isPrivate: true });
  slack.addChannel({ id: 'G0SEVERAL', name: 'mpdm-alice--bob--bot-1', isPrivate: true, isGroupMessage: true });
  for (const channel of ['G0PRIVATE', 'G0SEVERAL']) {
    await slack.mention(`Broken in ${channel}`, { user: 'alice', channel });
    await slack.waitForMessage((message) => isAnnouncement(message) && message.channel === channel);
  }
  expect(jira.issues).toHaveLength(2);
  expect((await everyTicket(log)).map(({ channelName }) => channelName)).toContain('inner-circle');
});

it('an event that comes to a second desktop while the first is still at it is one ticket', async () => {
  const world = await aWorld();
  const { slack, jira } = world;
  let free = () => {};
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  const first = await world.desk({ classifier: { classify: () => held.then(() => sureOfBugs) } });
  const message = slack.say('The VPN drops', alice);
  await slack.react(message, 'ticket', { user: 'bob' });
  await theTicket(first.log, ({ summary }) => summary === 'The VPN drops');
  // Its line dies, and with it the acknowledgement.
  await first.agent.pause(true);
  await slack.waitForConnections(0);
  const second = await world.desk({ dataDir: aTemporaryFolder(), deliveredAgainMs: 60 * 60_000 });
  const [delivery] = slack.events.filter(({ event }) => event.type === 'reaction_added');
  if (delivery === undefined) throw new Error('nothing was delivered');
  await slack.redeliver(delivery.event, delivery.eventId);
  await theTicket(second.log, ({ step }) => step === 'received');
  free();
  const filed = await theTicket(first.log, isAnnounced);
  second.agent.tickets.enqueue(filed.requestId);
  expect(await theTicket(second.log, isAnnounced)).toMatchObject({ issueKey: filed.issueKey });
  expect(jira.issues).toHaveLength(1);
});

it('on a Data Center, too, the description says who wrote the message and where it is', async () => {
  const { slack, jira, desk } = await aWorld({ jira: { deployment: 'datacenter' } });
  const { log } = await desk();
  const message = slack.say('The VPN drops <!channel> {code} h1. x', alice);
  await slack.react(message, 'ticket', { user: 'bob' });
  await theTicket(log, isAnnounced);
  const description = String(jira.issues[0]?.fields['description']);
  const [author, asker] = ['alice', 'bob'].map((name) => slack.users.find((user) => user.name === name)?.id ?? '-');
  for (const said of [author, asker, `/archives/${message.channel}/p${message.ts.replace('.', '')}`]) {
    expect(description).toContain(said);
  }
});

it('a message whose ticket lacks something is completed on a desktop that never saw it, and announced in its thread all the same', async () => {
  const team: JiraFieldSeed = {
    id: 'customfield_10050',
    name: 'Team',
    required: true,
    type: 'option',
    values: ['Red'],
  };
  const world = await aWorld({ jira: { projects: [{ key: 'KAN', customFields: [team] }] } });
  const { slack, jira } = world;
  const first = await world.desk();
  const message = slack.say('The VPN drops', alice);
  await slack.react(message, 'ticket', { user: 'bob' });
  const question = await slack.waitForMessage((each) => hasButton(each, 'complete_ticket'));
  await theTicket(first.log, ({ step }) => step === 'needs_fields');
  await first.stop();
  const second = await world.desk({ dataDir: aTemporaryFolder() });
  await slack.click(question, 'complete_ticket', { user: 'bob' });
  const view = await slack.waitForView((each) => JSON.stringify(each.blocks).includes('Team'));
  await slack.submit(view, { Team: 'Red', Summary: 'VPN', Description: 'The VPN drops again' });
  const ticket = await theTicket(second.log, isAnnounced);
  const author = slack.users.find(({ name }) => name === 'alice')?.id;
  expect(ticket).toMatchObject({
    summary: 'VPN',
    text: 'The VPN drops again',
    sourceMessage: { ts: message.ts, author },
  });
  expect(slack.messages().filter(isAnnouncement)).toMatchObject([{ threadTs: message.ts }]);
  expect(JSON.stringify(jira.issues[0]?.fields['description'])).toContain(author);
});
