import { describe, expect, it } from 'vitest';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { typeActionIds } from '../../../electron/slack/type-choice.ts';
import type { Classification } from '../../../shared/ticket.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, sureOfBugs, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const hasList = (message: { blocks: unknown[] }) => JSON.stringify(message.blocks).includes(typeActionIds.list);
const unsure: Classification = {
  ...sureOfBugs,
  confidence: 0.3,
  probabilities: { Task: 0.1, Bug: 0.3, Incident: 0.28, 'Feature Request': 0.12, Question: 0.2 },
};

async function announced(classification: Classification = sureOfBugs) {
  const world = await aWorld();
  const desk = await world.desk({ classifier: { classify: async () => classification } });
  await world.slack.slash('/ticket', 'VPN is down', byAlice);
  await theTicket(desk.log, ({ step }) => step === 'announced');
  const message = await world.slack.waitForMessage(hasList);
  const bob = world.slack.users.find(({ name }) => name === 'bob')?.id;
  return { ...world, desk: world.desk, ...desk, message, bob };
}

describe('"Wrong type?"', () => {
  it('relabels the row, changes the issue’s type, stores it on the issue and rewrites the message', async () => {
    const { slack, jira, log, message, bob } = await announced();
    await slack.click(message, typeActionIds.list, { user: 'bob', option: 'Question' });
    const ticket = await theTicket(log, ({ correction }) => correction?.isTold === true);
    expect(ticket).toMatchObject({
      status: 'created',
      step: 'announced',
      issueType: 'Question',
      classification: { label: 'Question' },
      correction: { from: 'Bug', by: bob, via: 'slack' },
    });
    expect(jira.issues[0]).toMatchObject({ issueType: 'Question' });
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({
      label: 'Question',
      correction: { from: 'Bug' },
    });
    const shown = await slack.waitForMessage(
      ({ ts, blocks }) => ts === message.ts && JSON.stringify(blocks).includes('corrected from Bug'),
    );
    expect(JSON.stringify(shown.blocks)).toContain('approve_ticket');
    expect(await log.corrections(10)).toEqual([{ text: 'VPN is down', label: 'Question', at: ticket.correction?.at }]);
  });

  it('is taken by a desktop that never saw the ticket, and learnt by the one that filed it', async () => {
    const { slack, jira, log, agent, desk, message } = await announced();
    await agent.pause(true);
    await slack.waitForConnections(0);
    const second = await desk({ dataDir: aTemporaryFolder() });
    await slack.click(message, typeActionIds.list, { user: 'bob', option: 'Task' });
    const theirs = await theTicket(second.log, ({ correction }) => correction?.isTold === true);
    expect(theirs).toMatchObject({ summary: 'VPN is down', issueKey: 'KAN-1', classification: { label: 'Task' } });
    expect(jira.issues[0]).toMatchObject({ issueType: 'Task' });
    await agent.tickets.mergeRemote();
    const ours = await theTicket(log, ({ correction }) => correction !== null);
    expect(ours).toMatchObject({ classification: { label: 'Task', source: 'builtin' }, correction: { isTold: true } });
    expect(await log.corrections(1)).toMatchObject([{ text: 'VPN is down', label: 'Task' }]);
  });

  it('on a message that its requester alone sees, taken by another desktop, leaves the buttons alive', async () => {
    const { slack, desk } = await aWorld();
    const first = await desk();
    // The app is not in this channel.
    await slack.slash('/ticket', 'VPN is down', { user: 'alice', channel: 'random' });
    await theTicket(first.log, ({ step }) => step === 'announced');
    const message = await slack.waitForMessage((seen) => seen.ephemeralTo !== null && hasList(seen));
    await first.agent.pause(true);
    await slack.waitForConnections(0);
    const { log } = await desk({ dataDir: aTemporaryFolder() });
    await slack.click(message, typeActionIds.list, { user: 'alice', option: 'Task' });
    const rewritten = await slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes('corrected'));
    const alice = slack.users.find(({ name }) => name === 'alice')?.id;
    expect(JSON.stringify(rewritten.blocks)).toContain(`*Asked by*\\n<@${alice}>`);
    expect(JSON.stringify(rewritten.blocks)).toContain('Classified on another desktop');
    await slack.click(rewritten, actionIds.approve, { user: 'alice' });
    expect(await theTicket(log, ({ step }) => step === 'done')).toMatchObject({ status: 'approved', user: alice });
  });

  it('stands although the project has no such type, and says what became of the issue', async () => {
    const { slack, jira, log, message } = await announced();
    await slack.click(message, typeActionIds.list, { user: 'bob', option: 'Feature Request' });
    const ticket = await theTicket(log, ({ correction }) => correction?.isTold === true);
    expect(ticket).toMatchObject({ issueType: 'Task', classification: { label: 'Feature Request' } });
    expect(jira.issues[0]).toMatchObject({ issueType: 'Task' });
  });

  it('stands although Jira refuses to change the issue, and says so', async () => {
    const { slack, jira, log, message, errors } = await announced();
    jira.setPermission('KAN', 'edit', false);
    await slack.click(message, typeActionIds.list, { user: 'bob', option: 'Task' });
    const ticket = await theTicket(log, ({ correction }) => correction?.isTold === true);
    expect(ticket).toMatchObject({ classification: { label: 'Task' }, note: expect.stringContaining('Edit issues') });
    expect(errors.map(({ code }) => code)).toContain('forbidden');
  });
});

describe('a label that the classifier is not sure of', () => {
  it('is filed as the best guess, marked, with the two likeliest others a click away', async () => {
    const { slack, jira, log, message } = await announced(unsure);
    expect(jira.issues[0]).toMatchObject({ issueType: 'Bug' });
    const shown = JSON.stringify(message.blocks);
    expect(shown).toContain('Not sure about *Bug*');
    expect(await theTicket(log, () => true)).toMatchObject({ isUnsure: true });
    await slack.click(message, typeActionIds.second, { user: 'alice' });
    const ticket = await theTicket(log, ({ correction }) => correction?.isTold === true);
    expect(ticket).toMatchObject({ isUnsure: false, classification: { label: 'Question' }, issueType: 'Question' });
    const after = await slack.waitForMessage(({ ts, editedTs }) => ts === message.ts && editedTs !== null);
    expect(JSON.stringify(after.blocks)).not.toContain('Not sure');
  });

  it('shows no doubt where the classifier has none', async () => {
    const { message, log } = await announced();
    expect(JSON.stringify(message.blocks)).not.toContain('Not sure');
    expect(await theTicket(log, () => true)).toMatchObject({ isUnsure: false });
  });
});

describe('a type that a person changed in Jira', () => {
  it('counts as a correction when the status is read', async () => {
    const { slack, jira, log } = await announced();
    const [issue] = jira.issues;
    if (issue) issue.issueType = 'Incident';
    await slack.slash('/ticket_status', 'KAN-1', byAlice);
    const ticket = await theTicket(log, ({ correction }) => correction !== null);
    expect(ticket).toMatchObject({
      issueType: 'Incident',
      classification: { label: 'Incident' },
      correction: { from: 'Bug', by: null, via: 'jira', isTold: true },
    });
  });
});
