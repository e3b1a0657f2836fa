import { describe, expect, it, vi } from 'vitest';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { typeActionIds } from '../../../electron/slack/type-choice.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, sureOfBugs, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const hasButtons = (message: { blocks: unknown[] }) => JSON.stringify(message.blocks).includes(actionIds.approve);

describe.each([
  ['Cloud', {}],
  ['a Data Center', { deployment: 'datacenter' as const, contextPath: '/jira' }],
])('an issue in %s', (_, make) => {
  async function announced() {
    const world = await aWorld({
      jira: { ...make, projects: [{ key: 'KAN' }, { key: 'OPS', issueTypes: ['Task', 'Fault'] }] },
    });
    const desk = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(desk.log, ({ step }) => step === 'announced');
    const message = await world.slack.waitForMessage(hasButtons);
    /** The message once it shows all these words. */
    const shows = (...words: string[]) =>
      world.slack.waitForMessage(({ ts, blocks }) => {
        const shown = JSON.stringify(blocks);
        return ts === message.ts && words.every((each) => shown.includes(each));
      });
    async function ask(key: string): Promise<string> {
      const earlier = new Set(world.slack.messages().map(({ ts }) => ts));
      await world.slack.slash('/ticket_status', key, byAlice);
      const answer = await world.slack.waitForMessage(({ ts }) => !earlier.has(ts));
      return JSON.stringify([answer.text, answer.blocks]);
    }
    return { ...world, ...desk, desk: world.desk, message, shows, ask };
  }

  it('that moved is known by its new key: in the row, on the message and in its buttons', async () => {
    const { jira, agent, log, shows } = await announced();
    jira.moveIssue('KAN-1', 'OPS');
    const url = `${jira.baseUrl}/browse/OPS-1`;
    await agent.tickets.mergeRemote();
    expect(await theTicket(log, () => true)).toMatchObject({ issueKey: 'OPS-1', issueUrl: url, issueType: 'Task' });
    const shown = JSON.stringify((await shows(`${url}|OPS-1`)).blocks);
    expect(shown).not.toContain('KAN-1');
    expect(shown).toContain('\\"key\\":\\"OPS-1\\"');
  });

  it('whose project was renamed is known by its new key once somebody asks for it', async () => {
    const { jira, log, ask, shows } = await announced();
    jira.renameProject('KAN', 'DESK');
    expect(await ask('KAN-1')).toContain('|DESK-1>');
    await shows('|DESK-1>');
    expect(await theTicket(log, ({ issueKey }) => issueKey === 'DESK-1')).toMatchObject({
      classification: { label: 'Bug' },
    });
  });

  it('that moved is decided there, by a click on the old message, also on a desktop that never saw it', async () => {
    const { slack, jira, agent, desk, message, shows } = await announced();
    jira.moveIssue('KAN-1', 'OPS');
    await agent.pause(true);
    await slack.waitForConnections(0);
    const second = await desk({ dataDir: aTemporaryFolder() });
    await slack.click(message, actionIds.approve, { user: 'bob' });
    const ticket = await theTicket(second.log, ({ step }) => step === 'done');
    expect(ticket).toMatchObject({ status: 'approved', issueKey: 'OPS-1' });
    await shows('OPS-1', '*Approved*');
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({ decision: { status: 'approved' } });
  });

  it('that moved is decided there by the desktop that filed it', async () => {
    const { slack, jira, log, message, shows } = await announced();
    jira.moveIssue('KAN-1', 'OPS');
    await slack.click(message, actionIds.reject, { user: 'bob' });
    expect(await theTicket(log, ({ step }) => step === 'done')).toMatchObject({
      status: 'rejected',
      issueKey: 'OPS-1',
    });
    await shows('OPS-1', '*Rejected*');
  });

  it('that moved gets the types of the project where it is', async () => {
    const { slack, jira, log, message, shows, settings } = await announced();
    expect(settings.jira.labelToIssueType['Feature Request']).toBe('Task');
    jira.moveIssue('KAN-1', 'OPS');
    await slack.click(message, typeActionIds.list, { user: 'bob', option: 'Incident' });
    const ticket = await theTicket(log, ({ correction }) => correction?.isTold === true);
    expect(ticket).toMatchObject({ issueKey: 'OPS-1', classification: { label: 'Incident' } });
    expect(ticket.issueType).toBe(jira.issues[0]?.issueType);
    await shows('OPS-1', 'corrected from Bug');
  });

  it('that was deleted is said to be: by the status, on the message and in the row', async () => {
    const { jira, log, ask, shows, slack, message } = await announced();
    jira.removeIssue('KAN-1');
    expect(await ask('KAN-1')).toContain('KAN-1 was deleted in Jira.');
    expect(await ask('KAN-2')).toContain('There is no ticket KAN-2, or');
    await shows('KAN-1 was deleted in Jira.', actionIds.approve);
    await slack.click(message, actionIds.reject, { user: 'bob' });
    const ticket = await theTicket(log, ({ step }) => step === 'done');
    expect(ticket).toMatchObject({ status: 'rejected', note: 'KAN-1 was deleted in Jira.' });
    await shows('KAN-1 was deleted in Jira.', '*Rejected*');
  });

  it('that was deleted is said to be where a decision or a correction cannot be stored', async () => {
    const { jira, log, shows, slack, message } = await announced();
    jira.removeIssue('KAN-1');
    await slack.click(message, typeActionIds.list, { user: 'bob', option: 'Question' });
    await theTicket(
      log,
      ({ correction, note }) => correction?.isTold === true && note === 'KAN-1 was deleted in Jira.',
    );
    await slack.click(message, actionIds.approve, { user: 'bob' });
    await shows('KAN-1 was deleted in Jira.', '*Approved*');
  });

  it('that is archived says so in Jira’s words', async () => {
    const { jira, log, shows, slack, message } = await announced();
    jira.archiveIssue('KAN-1');
    await slack.click(message, actionIds.approve, { user: 'bob' });
    const ticket = await theTicket(log, ({ step, note }) => step === 'done' && note !== null);
    expect(ticket.note).toContain('The issue is archived, so it cannot be changed.');
    await shows('The issue is archived', '*Approved*');
  });
});

it('a message that cannot be rewritten just now has its turn again', async () => {
  const { slack, jira, desk } = await aWorld({ jira: { projects: [{ key: 'KAN' }, { key: 'OPS' }] } });
  const { agent, log } = await desk({ classifier: { classify: async () => sureOfBugs } });
  await slack.slash('/ticket', 'VPN is down', byAlice);
  await theTicket(log, ({ step }) => step === 'announced');
  jira.moveIssue('KAN-1', 'OPS');
  slack.failNext('chat.update', { status: 503 });
  await agent.tickets.mergeRemote();
  expect(await theTicket(log, () => true)).toMatchObject({ issueKey: 'KAN-1' });
  await vi.waitFor(async () => {
    await agent.tickets.mergeRemote();
    expect(await theTicket(log, () => true)).toMatchObject({ issueKey: 'OPS-1' });
  });
  expect(JSON.stringify((await slack.waitForMessage(hasButtons)).blocks)).toContain('OPS-1');
});
