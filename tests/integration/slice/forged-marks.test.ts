import { describe, expect, it, vi } from 'vitest';
import { deriveMarkKey, type MarkKeys } from '../../../electron/network/mark-key.ts';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { typeActionIds } from '../../../electron/slack/type-choice.ts';
import type { JiraSite } from '../../../stand-ins/jira/site.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, type Desk, everyTicket, theTicket, type World } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const mark = 'ticket-agent';
const isAnnouncement = (text: string) => (message: { blocks: unknown[] }) =>
  JSON.stringify(message.blocks).includes(actionIds.approve) && JSON.stringify(message.blocks).includes(text);

/** The property of an issue, as anybody who may edit it reads and writes it. */
function propertyOf(jira: JiraSite, key: string) {
  const issue = jira.issues.find((each) => each.key === key);
  if (issue === undefined) throw new Error(`There is no ${key}.`);
  const read = (): Record<string, unknown> => ({ ...Object(issue.properties[mark]) });
  return {
    read,
    part: (name: string): Record<string, unknown> => ({ ...Object(read()[name]) }),
    write: (value: Record<string, unknown>) => {
      issue.properties[mark] = value;
    },
  };
}

const writes = (jira: JiraSite) => jira.requests.filter(({ operation }) => operation === 'setIssueProperty').length;
const rewrites = ({ slack }: Pick<World, 'slack'>) =>
  slack.requests.filter(({ operation }) => operation === 'chat.update').length;

async function announced(given: Parameters<World['desk']>[0] = {}) {
  const world = await aWorld();
  const first = await world.desk(given);
  await world.slack.slash('/ticket', 'VPN is down', byAlice);
  await theTicket(first.log, ({ step }) => step === 'announced');
  const message = await world.slack.waitForMessage(isAnnouncement('VPN is down'));
  const shown = () => {
    const found = world.slack.messages().find(({ ts }) => ts === message.ts);
    return found === undefined ? null : { text: found.text, blocks: JSON.stringify(found.blocks) };
  };
  const property = propertyOf(world.jira, 'KAN-1');
  const id = (name: string) => world.slack.users.find((user) => user.name === name)?.id ?? '';
  return { ...world, first, message, shown, property, id };
}

async function approved(given: Parameters<World['desk']>[0] = {}) {
  const world = await announced(given);
  await world.slack.click({ ...world.message, blocks: [...world.message.blocks] }, actionIds.approve, { user: 'bob' });
  const ticket = await theTicket(world.first.log, ({ step }) => step === 'done');
  await vi.waitFor(() => expect(world.shown()?.text).toContain('approved'));
  if (ticket.decision === null) throw new Error('not decided');
  return { ...world, ticket, decision: ticket.decision };
}

/** Reads what stands on the issues, and waits until what that begins has ended. */
async function learn({ agent, log }: Desk): Promise<void> {
  await agent.tickets.mergeRemote();
  await vi.waitFor(async () => {
    for (const { step, decision } of await everyTicket(log)) {
      if (decision !== null && step !== 'done') throw new Error('still being told');
    }
  });
}

const backDated = { status: 'rejected', at: '2020-01-01T00:00:00.000Z', actionTs: '1577836800.000100' } as const;

describe('a decision that somebody changed in Jira', () => {
  const changed = (change: Record<string, unknown>) => (stored: Record<string, unknown>) => ({
    ...stored,
    decision: { ...Object(stored['decision']), ...change },
  });
  const unsealed = ({ mac: _, ...others }: Record<string, unknown>): Record<string, unknown> => others;
  it.each<[string, (stored: Record<string, unknown>) => Record<string, unknown>]>([
    ['flipped', changed({ status: 'rejected' })],
    ['flipped and back-dated in another name', changed({ ...backDated, by: 'U0MALLORY' })],
    ['given an earlier click', changed({ actionTs: '1.000100' })],
    ['given another name', changed({ by: 'U0MALLORY' })],
    ['without its seal', unsealed],
    ['flipped, without its seal', (stored) => changed(backDated)(unsealed(stored))],
    ['erased', ({ decision: _, ...others }) => others],
    ['erased with its seal', ({ decision: _, ...others }) => unsealed(others)],
  ])('%s, changes nothing here, and ours is stored again, once', async (_, change) => {
    const { jira, slack, first, shown, property, ticket } = await approved();
    const before = { message: shown(), stored: property.read(), writes: writes(jira), rewrites: rewrites({ slack }) };
    const forge = () => property.write({ ...change(property.read()), theirs: 'keep me' });
    forge();
    await learn(first);
    expect(await theTicket(first.log, () => true)).toEqual(ticket);
    expect(shown()).toEqual(before.message);
    expect(property.read()).toEqual({ ...before.stored, theirs: 'keep me' });
    expect(writes(jira)).toBe(before.writes + 1);
    expect(await first.log.corrections(10)).toEqual([]);

    // Whoever goes on forging is not fought for ever; nothing follows him either.
    forge();
    for (let times = 0; times < 3; times += 1) await learn(first);
    expect(writes(jira)).toBe(before.writes + 1);
    expect(rewrites({ slack })).toBe(before.rewrites);
    expect(await theTicket(first.log, () => true)).toEqual(ticket);
    expect(shown()).toEqual(before.message);
  });

  it('beside which somebody wrote a correction is not believed by a new desktop until ours is stored again', async () => {
    const { jira, slack, desk, first, shown, property, decision } = await approved();
    const before = { message: shown(), stored: property.read(), writes: writes(jira), rewrites: rewrites({ slack }) };
    const correction = { from: 'Bug', by: 'U0MALLORY', at: '2030-01-01T00:00:00.000Z', via: 'slack' };
    property.write({ ...before.stored, label: 'Question', correction });
    const second = await desk({ dataDir: aTemporaryFolder() });
    await second.agent.tickets.loadRest(null);
    const seen = await theTicket(second.log, () => true);
    expect(seen).toMatchObject({ status: 'created', decision: null, classification: null, correction: null });
    for (let times = 0; times < 2; times += 1) await learn(first);
    const { label: _, ...others } = before.stored;
    expect(property.read()).toEqual(others);
    expect([writes(jira), rewrites({ slack })]).toEqual([before.writes + 1, before.rewrites]);
    expect(shown()).toEqual(before.message);
    await learn(second);
    expect(await theTicket(second.log, ({ step }) => step === 'done')).toMatchObject({ decision, correction: null });
    for (const { log } of [first, second]) expect(await log.corrections(10)).toEqual([]);
  });

  it('is stored again with the correction that was sealed with it', async () => {
    const { first, property, ticket } = await approved();
    await first.agent.tickets.relabel(ticket.requestId, { label: 'Task', by: 'U0BOB', via: 'window' });
    await theTicket(first.log, ({ correction }) => correction?.isTold === true);
    const honest = property.read();
    expect(honest).toMatchObject({ label: 'Task', decision: {}, correction: {}, mac: {} });
    property.write(changed({ status: 'rejected' })(honest));
    await learn(first);
    expect(property.read()).toEqual(honest);
  });

  it('is not taken over by a desktop that loads it from Jira, which then waits', async () => {
    const { desk, property, decision } = await approved();
    const forged = changed(backDated)(property.read());
    const honest = property.read();
    property.write(forged);
    const second = await desk({ dataDir: aTemporaryFolder() });
    expect(await second.agent.tickets.loadRest(null)).toMatchObject({ added: 1 });
    await learn(second);
    expect(await theTicket(second.log, () => true)).toMatchObject({ status: 'created', decision: null });
    property.write(honest);
    await learn(second);
    expect(await theTicket(second.log, ({ step }) => step === 'done')).toMatchObject({ status: 'approved', decision });
    const third = await desk({ dataDir: aTemporaryFolder() });
    await third.agent.tickets.loadRest(null);
    expect(await theTicket(third.log, ({ step }) => step === 'done')).toMatchObject({ decision });
  });

  it('does not come first where another desktop takes a click on the ticket', async () => {
    const { slack, jira, desk, first, message, property, id } = await announced();
    property.write({ ...property.read(), decision: { ...backDated, by: id('alice') } });
    await first.agent.pause(true);
    await slack.waitForConnections(0);
    const second = await desk({ dataDir: aTemporaryFolder() });
    await slack.click({ ...message, blocks: [...message.blocks] }, actionIds.approve, { user: 'bob' });
    const theirs = await theTicket(second.log, ({ step }) => step === 'done');
    expect(theirs).toMatchObject({ status: 'approved', decision: { by: id('bob') } });
    await learn(first);
    expect(await theTicket(first.log, ({ step }) => step === 'done')).toMatchObject({ decision: theirs.decision });
    expect(propertyOf(jira, 'KAN-1').part('decision')).toMatchObject({ status: 'approved', by: id('bob') });
  });
});

describe('a decision that somebody put on an issue that has none', () => {
  it.each<[string, Record<string, unknown>]>([
    ['unsealed', {}],
    ['with a seal of his own', { mac: { key: 'deadbeef', value: 'a'.repeat(64) } }],
  ])('%s leaves the ticket waiting, with its buttons', async (_, extra) => {
    const { jira, slack, first, shown, property, id } = await announced();
    const before = { message: shown(), writes: writes(jira), rewrites: rewrites({ slack }) };
    property.write({ ...property.read(), decision: { ...backDated, by: id('alice') }, ...extra });
    await learn(first);
    expect(await theTicket(first.log, () => true)).toMatchObject({ status: 'created', step: 'announced' });
    expect(shown()).toEqual(before.message);
    expect([writes(jira), rewrites({ slack })]).toEqual([before.writes, before.rewrites]);
  });

  it('copied whole from another issue, or moved under another request, decides nothing', async () => {
    const { slack, jira, first, shown, property, ticket, decision } = await approved();
    await slack.slash('/ticket', 'Printer is out of paper', byAlice);
    const other = await vi.waitFor(async () => {
      const found = (await everyTicket(first.log)).find(({ summary }) => summary.startsWith('Printer'));
      if (found?.step !== 'announced') throw new Error('not announced');
      return found;
    }, 10_000);
    const second = propertyOf(jira, 'KAN-2');
    const ours = second.read();
    const before = shown();
    const theOther = () => first.log.find(other.requestId);
    const copies = [
      { ...ours, decision: property.part('decision') },
      { ...ours, decision: property.part('decision'), mac: property.part('mac') },
      property.read(),
      { ...property.read(), requestId: other.requestId },
    ];
    for (const copy of copies) {
      second.write(copy);
      await learn(first);
      expect(await theOther()).toMatchObject({ status: 'created', step: 'announced', decision: null });
    }
    second.write(ours);
    property.write({ ...property.read(), requestId: other.requestId });
    await learn(first);
    expect(await theOther()).toMatchObject({ status: 'created', step: 'announced', decision: null });
    expect(await first.log.find(ticket.requestId)).toMatchObject({ status: 'approved', decision });
    expect(shown()).toEqual(before);
  });
});

describe('a correction that somebody wrote in Jira', () => {
  it.each<[string, Record<string, unknown>]>([
    ['in a name', { from: 'Bug', by: 'U0MALLORY', at: '2030-01-01T00:00:00.000Z', via: 'slack' }],
    ['as if the type had been changed', { from: 'Bug', by: null, at: '2030-01-01T00:00:00.000Z', via: 'jira' }],
  ])('%s neither relabels the ticket nor teaches the classifier', async (_, correction) => {
    const { slack, first, shown, property } = await announced();
    const before = shown();
    property.write({ ...property.read(), label: 'Question', correction });
    await learn(first);
    await slack.slash('/ticket_status', 'KAN-1', byAlice);
    const ticket = await theTicket(first.log, () => true);
    expect(ticket).toMatchObject({ classification: { label: 'Bug' }, correction: null });
    expect(await first.log.corrections(10)).toEqual([]);
    expect(shown()).toEqual(before);
  });

  it('is not taken where it changes what a person said', async () => {
    const { slack, first, message, property, desk } = await announced();
    await slack.click({ ...message, blocks: [...message.blocks] }, typeActionIds.list, {
      user: 'bob',
      option: 'Task',
    });
    const { correction } = await theTicket(first.log, (seen) => seen.correction?.isTold === true);
    property.write({
      ...property.read(),
      label: 'Question',
      correction: { ...property.part('correction'), at: '2030-01-01T00:00:00.000Z' },
    });
    await learn(first);
    expect(await theTicket(first.log, () => true)).toMatchObject({ classification: { label: 'Task' }, correction });
    expect(await first.log.corrections(10)).toMatchObject([{ label: 'Task' }]);
    const second = await desk({ dataDir: aTemporaryFolder() });
    await second.agent.tickets.loadRest(null);
    await learn(second);
    expect(await theTicket(second.log, () => true)).toMatchObject({ classification: null, correction: null });
    expect(await second.log.corrections(10)).toEqual([]);
  });
});

describe('once the token is another one', () => {
  const keys = (token: string, ...former: string[]): MarkKeys => ({
    current: deriveMarkKey(token, 'T1'),
    former: former.map((each) => deriveMarkKey(each, 'T1')),
  });
  const ringOf = (given: () => MarkKeys | null) => ({ keys: given, confirm: async () => {} });

  it('what was proven stays so in the log, and is neither stored again nor taken back', async () => {
    let known = keys('xoxb-old');
    const { jira, slack, first, property, ticket, shown } = await approved({ markKeys: ringOf(() => known) });
    const before = { stored: property.read(), message: shown(), writes: writes(jira), rewrites: rewrites({ slack }) };
    for (known of [keys('xoxb-new', 'xoxb-old'), keys('xoxb-new')]) {
      for (let times = 0; times < 2; times += 1) await learn(first);
      expect(await theTicket(first.log, ({ step }) => step === 'done')).toEqual(ticket);
    }
    expect(property.read()).toEqual(before.stored);
    expect([writes(jira), rewrites({ slack })]).toEqual([before.writes, before.rewrites]);
    // Changed, it is a forgery all the same.
    property.write({ ...property.read(), decision: { ...property.part('decision'), status: 'rejected' } });
    await learn(first);
    const { id: key } = keys('xoxb-new').current;
    expect(property.read()).toMatchObject({ decision: { status: 'approved' }, mac: { key } });
    expect(shown()).toEqual(before.message);
  });

  it.each(['decided', 'corrected'] as const)(
    'what was %s before, and its key is gone, is sealed anew with what is said next, from the log',
    async (before) => {
      let known = keys('xoxb-old');
      const { slack, first, message, property } = await announced({ markKeys: ringOf(() => known) });
      const { requestId } = await theTicket(first.log, () => true);
      const steps = {
        async decided() {
          await slack.click({ ...message, blocks: [...message.blocks] }, actionIds.approve, { user: 'bob' });
          await theTicket(first.log, ({ step }) => step === 'done');
        },
        async corrected() {
          await first.agent.tickets.relabel(requestId, { label: 'Task', by: 'U0BOB', via: 'window' });
          await theTicket(first.log, ({ correction }) => correction?.isTold === true);
        },
      };
      await steps[before]();
      known = keys('xoxb-new');
      await steps[before === 'decided' ? 'corrected' : 'decided']();
      expect(property.read()).toMatchObject({
        label: 'Task',
        decision: { status: 'approved' },
        correction: { by: 'U0BOB' },
        mac: { key: known.current.id },
      });
    },
  );

  it('another desktop learns what the old one sealed as long as it keeps that key, and not afterwards', async () => {
    const { desk, decision } = await approved({ markKeys: ringOf(() => keys('xoxb-old')) });
    const late = await desk({ dataDir: aTemporaryFolder(), markKeys: ringOf(() => keys('xoxb-new')) });
    await late.agent.tickets.loadRest(null);
    await learn(late);
    expect(await theTicket(late.log, () => true)).toMatchObject({ status: 'created', decision: null });
    const inTime = await desk({ dataDir: aTemporaryFolder(), markKeys: ringOf(() => keys('xoxb-new', 'xoxb-old')) });
    await inTime.agent.tickets.loadRest(null);
    expect(await theTicket(inTime.log, ({ step }) => step === 'done')).toMatchObject({ decision });
  });

  it('a decision waits for the key, says so, and is stored once it is known; Jira is in no trouble meanwhile', async () => {
    let known: MarkKeys | null = null;
    const { jira, slack, first, message, shown, property } = await announced({ markKeys: ringOf(() => known) });
    const asked = jira.requests.length;
    await slack.click({ ...message, blocks: [...message.blocks] }, actionIds.approve, { user: 'bob' });
    const waiting = await theTicket(first.log, ({ error }) => error !== null);
    expect(waiting).toMatchObject({ status: 'approved', error: { code: 'unavailable' } });
    expect(waiting.error?.message).toContain('Slack has said which workspace');
    expect(shown()?.text).toContain('approved');
    expect(property.read()['decision']).toBeUndefined();
    await first.agent.tickets.mergeRemote();
    expect(jira.requests).toHaveLength(asked);
    expect(new Set(first.lines.jira)).toEqual(new Set(['ok']));
    known = keys('xoxb-old');
    await first.agent.tickets.resume();
    await theTicket(first.log, ({ step }) => step === 'done');
    expect(property.read()).toMatchObject({ decision: { status: 'approved' }, mac: { key: known.current.id } });
  });
});
