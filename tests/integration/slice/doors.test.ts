import { describe, expect, it, vi } from 'vitest';
import { actionIds } from '../../../electron/slack/blocks.ts';
import type { JiraFieldSeed } from '../../../stand-ins/jira/field-kinds.ts';
import type { SlackMessage } from '../../../stand-ins/slack/state.ts';
import { channelsOf } from '../../fakes/channel-settings.ts';
import { patienceMs } from '../../patience.ts';
import { aWorld, everyTicket, theTicket, type World } from './desk.ts';

const isAnnounced = ({ step }: { step: string }) => step === 'announced';
const hasButton = (message: SlackMessage, id: string) => JSON.stringify(message.blocks).includes(id);
const isAnnouncement = (message: SlackMessage) => hasButton(message, actionIds.approve);
const offersAgain = (message: SlackMessage) => hasButton(message, actionIds.fileAnyway);
const alice = { user: 'alice', channel: 'support' };
const idOf = ({ slack }: World, name: string) => slack.users.find((user) => user.name === name)?.id ?? '';
const descriptionOf = ({ jira }: World, at = 0) => JSON.stringify(jira.issues[at]?.fields['description']);
const addressOf = ({ slack }: World, { channel, ts }: SlackMessage) =>
  `https://${slack.team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`;

/** One desktop, and how each door is used on a message of alice's. */
async function aDoor() {
  const world = await aWorld();
  const desk = await world.desk();
  return { ...world, world, ...desk, message: world.slack.say('The VPN drops', alice) };
}

/** The doors that a message of somebody else's has, used by bob. */
const doors = {
  reaction: ({ slack }: World, message: SlackMessage) => slack.react(message, 'ticket', { user: 'bob' }),
  message: ({ slack }: World, message: SlackMessage) => slack.messageShortcut(message, 'file_message', { user: 'bob' }),
  mention: ({ slack }: World, thread: SlackMessage) =>
    slack.mention('please look at this', { user: 'bob', channel: 'support', thread }),
} as const;
const namesOfDoors = Object.keys(doors) as (keyof typeof doors)[];

describe.each(namesOfDoors)('by the door %s', (door) => {
  it('a message becomes a ticket that says who asked, who wrote it and where, and is announced in its thread only', async () => {
    const { world, slack, log, message } = await aDoor();
    await doors[door](world, message);
    const ticket = await theTicket(log, isAnnounced);
    expect(ticket).toMatchObject({
      door,
      user: idOf(world, 'bob'),
      text: 'The VPN drops',
      summary: 'The VPN drops',
      channelName: 'support',
      sourceMessage: { ts: message.ts, threadTs: message.ts, author: idOf(world, 'alice') },
      status: 'created',
    });
    const announcement = slack.messages().filter(isAnnouncement);
    expect(announcement).toMatchObject([{ channel: message.channel, threadTs: message.ts }]);
    for (const said of ['The VPN drops', idOf(world, 'alice'), idOf(world, 'bob'), addressOf(world, message)]) {
      expect(descriptionOf(world)).toContain(said);
    }
  });

  it('a second request for the message is shown its ticket, to that person alone, and files another one only when asked to', async () => {
    const { world, slack, jira, log, message } = await aDoor();
    await doors[door](world, message);
    const first = await theTicket(log, isAnnounced);
    const other = door === 'message' ? 'reaction' : 'message';
    await doors[other](world, message);
    const offer = await slack.waitForMessage(offersAgain);
    expect(offer).toMatchObject({
      ephemeralTo: idOf(world, 'bob'),
      text: expect.stringContaining(first.issueKey ?? ''),
    });
    expect(jira.issues).toHaveLength(1);
    for (let times = 0; times < 2; times += 1) await slack.click(offer, actionIds.fileAnyway, { user: 'bob' });
    await slack.waitForMessage((each) => isAnnouncement(each) && each.text.includes('-2'));
    expect(jira.issues).toHaveLength(2);
    expect(descriptionOf(world, 1)).toContain('The VPN drops');
  });

  it('a decision is shown in the thread', async () => {
    const { world, slack, log, message } = await aDoor();
    await doors[door](world, message);
    await theTicket(log, isAnnounced);
    const [announcement] = slack.messages().filter(isAnnouncement);
    if (announcement === undefined) throw new Error('nothing was announced');
    await slack.click(announcement, actionIds.approve, { user: 'alice' });
    await theTicket(log, ({ step }) => step === 'done');
    expect(
      slack
        .messages()
        .filter(({ threadTs }) => threadTs === message.ts)
        .at(-1)?.text,
    ).toContain('approved by');
  });
});

it('a mention outside a thread files its own words without the name, whatever they are', async () => {
  const { world, slack, log, jira } = await aDoor();
  const hostile = `${'ä😀'.repeat(3_000)}\n<!channel> *bold* \u202Eright to left\u202C {code} h1. title`;
  const said = await slack.mention(hostile, alice);
  const ticket = await theTicket(log, isAnnounced);
  expect(ticket.text).toBe(hostile.replace('<!channel>', '<!channel>').trim());
  expect(ticket.text).not.toContain(slack.botUserId);
  expect(ticket).toMatchObject({ door: 'mention', user: idOf(world, 'alice'), sourceMessage: { ts: said.ts } });
  const [announcement] = slack.messages().filter(isAnnouncement);
  expect(announcement).toMatchObject({ threadTs: said.ts, broadcasts: [] });
  expect(jira.issues).toHaveLength(1);
});

it('a mention without words is told what to say, and files nothing', async () => {
  const { slack, log, world } = await aDoor();
  await slack.mention('', alice);
  expect(await slack.waitForMessage(({ text }) => text.includes('mention me'))).toMatchObject({
    ephemeralTo: idOf(world, 'alice'),
  });
  expect(await everyTicket(log)).toEqual([]);
});

it('a mention in the thread of an announcement is told that it is one, and files nothing', async () => {
  const { slack, log, world } = await aDoor();
  await slack.slash('/ticket', 'VPN is down', alice);
  await theTicket(log, isAnnounced);
  const announcement = slack.messages().find(isAnnouncement);
  if (announcement === undefined) throw new Error('nothing was announced');
  await slack.mention('and this?', { ...alice, thread: announcement });
  expect(await slack.waitForMessage(({ text }) => text.includes('a message of this app'))).toMatchObject({
    ephemeralTo: idOf(world, 'alice'),
  });
  expect(await everyTicket(log)).toHaveLength(1);
});

it('a direct message files its words, and is answered in its own thread; what is said there files nothing', async () => {
  const { world, slack, jira, log } = await aDoor();
  const said = await slack.direct('My disk is full', { user: 'alice' });
  const ticket = await theTicket(log, isAnnounced);
  expect(ticket).toMatchObject({ door: 'direct', text: 'My disk is full', announcement: { via: 'direct' } });
  const [announcement] = slack.messages().filter(isAnnouncement);
  expect(announcement).toMatchObject({ channel: said.channel, threadTs: said.ts });
  expect(descriptionOf(world)).toContain('a direct message');
  await slack.direct('thank you', { user: 'alice', thread: said });
  await slack.edit(said, 'My disk is full again');
  await slack.remove(said);
  expect(await everyTicket(log)).toHaveLength(1);
  expect(jira.issues).toHaveLength(1);
});

it('the same direct message twice is one, unless another one is meant', async () => {
  const { slack, jira, log } = await aDoor();
  await slack.direct('My disk is full', { user: 'alice' });
  await theTicket(log, isAnnounced);
  await slack.direct('My disk is full', { user: 'alice' });
  const offer = await slack.waitForMessage(offersAgain);
  await slack.click(offer, actionIds.fileAnyway, { user: 'alice' });
  await slack.waitForMessage((each) => isAnnouncement(each) && each.text.includes('-2'));
  expect(jira.issues).toHaveLength(2);
});

it('only the emoji that is set files, with any skin tone and by any of its names; a second person’s is shown the ticket', async () => {
  const world = await aWorld();
  const { slack, jira, settings } = world;
  const { log } = await world.desk({
    settings: channelsOf(settings, { support: { emoji: ':thumbsup:' }, general: { emoji: '' } }),
  });
  slack.addChannel({ id: 'C0GENERAL', name: 'general' });
  const general = slack.say('Lunch?', { user: 'alice', channel: 'general' });
  const support = slack.say('The VPN drops', alice);
  await slack.react(general, 'ticket', { user: 'bob' });
  await slack.react(general, '+1', { user: 'bob' });
  await slack.react(support, 'ticket', { user: 'bob' });
  expect(await everyTicket(log)).toEqual([]);
  await slack.react(support, '+1::skin-tone-4', { user: 'bob' });
  await theTicket(log, isAnnounced);
  await slack.react(support, '+1', { user: 'alice' });
  expect(await slack.waitForMessage(offersAgain)).toMatchObject({ ephemeralTo: idOf(world, 'alice') });
  expect(jira.issues).toHaveLength(1);
});

it('an emoji on a program’s alert files what its blocks and attachments say; one on a message of ours files nothing', async () => {
  const { world, slack, log } = await aDoor();
  await slack.slash('/ticket', 'Something', alice);
  const ours = await theTicket(log, isAnnounced);
  const [announcement] = slack.messages().filter(isAnnouncement);
  if (announcement === undefined) throw new Error('nothing was announced');
  await slack.react(announcement, 'ticket', { user: 'bob' });
  expect(await everyTicket(log)).toEqual([ours]);
  expect(world.jira.issues).toHaveLength(1);
});

it('a message that is gone is told to whoever asked, once, and alone', async () => {
  const { world, slack, log, message } = await aDoor();
  const failed = slack.failWhile(({ operation }) => operation === 'conversations.history', { status: 503 });
  await slack.react(message, 'ticket', { user: 'bob' });
  await slack.remove(message);
  failed.end();
  const told = await slack.waitForMessage(({ text }) => text.includes('not there any more'));
  expect(told.ephemeralTo).toBe(idOf(world, 'bob'));
  await theTicket(log, ({ status }) => status === 'failed');
  expect(slack.messages().filter(({ text }) => text.includes('not there any more'))).toHaveLength(1);
});

it('a message that may not be read is told to whoever asked', async () => {
  const { world, slack, jira, message, log } = await aDoor();
  slack.scopes.splice(0, slack.scopes.length, ...slack.scopes.filter((scope) => !scope.endsWith(':history')));
  await slack.react(message, 'ticket', { user: 'bob' });
  const told = await slack.waitForMessage(({ text }) => text.includes('No ticket was made of that message'));
  expect(told.ephemeralTo).toBe(idOf(world, 'bob'));
  await theTicket(log, ({ status }) => status === 'failed');
  expect(jira.issues).toHaveLength(0);
});

it('a message that cannot be read is filed with the words that its shortcut brings, though an emoji came first', async () => {
  const { world, slack, jira, message, log } = await aDoor();
  slack.failWhile(({ operation }) => operation === 'conversations.history', { error: 'missing_scope' });
  await slack.react(message, 'ticket', { user: 'bob' });
  await theTicket(log, ({ status }) => status === 'failed');
  await doors.message(world, message);
  await vi.waitFor(async () => {
    expect((await everyTicket(log)).filter(isAnnounced)).toMatchObject([{ text: 'The VPN drops' }]);
  });
  expect(jira.issues).toHaveLength(1);
});

it('an emoji is judged by its channel’s name once Slack tells it: before, its event is written down and acknowledged', async () => {
  const world = await aWorld();
  const { slack, jira, settings } = world;
  const { log } = await world.desk({ settings: channelsOf(settings, { support: { emoji: ':thumbsup:' } }) });
  const nameless = slack.failWhile(({ operation }) => operation === 'conversations.info', { status: 503 });
  const [first, second] = [slack.say('Lunch?', alice), slack.say('The VPN drops', alice)];
  await slack.react(first, 'ticket', { user: 'bob' });
  await slack.react(second, '+1', { user: 'bob' });
  expect((await everyTicket(log)).map(({ step }) => step)).toEqual(['received', 'received']);
  expect(slack.events.every(({ isAcked }) => isAcked)).toBe(true);
  nameless.end();
  await slack.waitForMessage(isAnnouncement);
  await vi.waitFor(async () => expect((await everyTicket(log)).every(({ step }) => step !== 'received')).toBe(true), {
    timeout: patienceMs,
  });
  const tickets = await everyTicket(log);
  expect(tickets.find(({ sourceMessage }) => sourceMessage?.ts === first.ts)).toMatchObject({
    status: 'failed',
    step: 'done',
    issueKey: null,
  });
  expect(jira.issues).toHaveLength(1);
  expect(slack.messages().filter(({ ephemeralTo }) => ephemeralTo !== null)).toEqual([]);
});

it('an event that could not be written down is not acknowledged, so that Slack delivers it again', async () => {
  const world = await aWorld({ slack: { ackTimeoutMs: 300, eventRetryDelaysMs: [0, 0, 0] } });
  const { slack, jira } = world;
  let failures = 1;
  const { log, errors } = await world.desk({
    deliveredAgainMs: 1,
    around: (log) => ({
      ...log,
      async receive(...given) {
        if (failures-- > 0) throw Object.assign(new Error('full'), {});
        return log.receive(...given);
      },
    }),
  });
  const said = await slack.mention('The VPN drops', alice);
  await slack.waitForEvent(({ isAcked }) => isAcked);
  await theTicket(log, isAnnounced);
  expect(jira.issues).toHaveLength(1);
  expect(errors).toHaveLength(1);
  expect(slack.events.filter(({ event }) => event['ts'] === said.ts)).toMatchObject([{ attempts: 2 }]);
});

it('what Slack delivers again is the same ticket, and says nothing more', async () => {
  const { slack, jira, log, message } = await aDoor();
  await slack.mention('The VPN drops', alice);
  await theTicket(log, isAnnounced);
  await slack.react(message, 'ticket', { user: 'bob' });
  await slack.waitForMessage((each) => isAnnouncement(each) && each.text.includes('-2'));
  const before = slack.messages().length;
  for (const { event, eventId } of [...slack.events]) await slack.redeliver(event, eventId);
  expect(jira.issues).toHaveLength(2);
  expect(slack.messages()).toHaveLength(before);
});

it('a command in a channel that is set so is answered to who asked alone; what stands on a message, in its thread', async () => {
  const world = await aWorld();
  const { slack, settings } = world;
  const { log } = await world.desk({ settings: channelsOf(settings, { support: { answer: 'requester' } }) });
  await slack.slash('/ticket', 'Secret', alice);
  await theTicket(log, isAnnounced);
  const [alone] = slack.messages().filter(isAnnouncement);
  expect(alone).toMatchObject({ ephemeralTo: idOf(world, 'alice'), text: expect.stringContaining('Secret') });
  expect(JSON.stringify(alone?.blocks)).toContain('as it is set');
});

it('the shortcut files also where the bot is not, and answers who asked alone', async () => {
  const world = await aWorld();
  const { slack } = world;
  const { log } = await world.desk();
  slack.addChannel({ id: 'C0SECRET1', name: 'secret', isMember: false });
  const message = slack.say('It burns', { user: 'alice', channel: 'C0SECRET1' });
  await slack.messageShortcut(message, 'file_message', { user: 'bob' });
  await theTicket(log, isAnnounced);
  const [announcement] = slack.messages().filter(isAnnouncement);
  expect(announcement).toMatchObject({ ephemeralTo: idOf(world, 'bob') });
});

it('people of another workspace file as they do by command, in a channel that is shared with them', async () => {
  const { slack, log } = await aDoor();
  slack.addUser({ id: 'U0GUEST01', name: 'guest', teamId: 'T0OTHER01' });
  await slack.mention('The VPN drops', { user: 'guest', channel: 'support' });
  expect(await theTicket(log, isAnnounced)).toMatchObject({ user: 'U0GUEST01', team: slack.team.id });
});

it('who sends too many is told alone, and nothing is kept of them', async () => {
  const world = await aWorld();
  const { slack, settings } = world;
  const { log } = await world.desk({
    settings: { ...settings, people: { ...settings.people, ticketsPerMinute: 1 } },
  });
  await slack.mention('one', alice);
  await theTicket(log, isAnnounced);
  await slack.mention('two', alice);
  const told = await slack.waitForMessage(({ ephemeralTo }) => ephemeralTo !== null);
  expect(told.text).toContain('minute');
  expect(await everyTicket(log)).toHaveLength(1);
  expect(slack.events.every(({ isAcked }) => isAcked)).toBe(true);
});

it('a message whose project demands more is kept: who asked gets a button alone, and what is entered is announced in the thread', async () => {
  const team: JiraFieldSeed = {
    id: 'customfield_10050',
    name: 'Team',
    required: true,
    type: 'option',
    values: ['Red', 'Blue'],
  };
  const world = await aWorld({ jira: { projects: [{ key: 'KAN', customFields: [team] }] } });
  const { slack } = world;
  const { log } = await world.desk();
  const message = slack.say('The VPN drops', alice);
  await slack.react(message, 'ticket', { user: 'bob' });
  const question = await slack.waitForMessage((each) => hasButton(each, 'complete_ticket'));
  expect(question.ephemeralTo).toBe(idOf(world, 'bob'));
  await slack.click(question, 'complete_ticket', { user: 'bob' });
  const view = await slack.waitForView((each) => JSON.stringify(each.blocks).includes('Team'));
  await slack.submit(view, { Team: 'Red' });
  await theTicket(log, isAnnounced);
  expect(slack.messages().filter(isAnnouncement)).toMatchObject([{ threadTs: message.ts }]);
  expect(descriptionOf(world)).toContain(addressOf(world, message));
});
