import { describe, expect, it } from 'vitest';
import type { ChannelMap } from '../../../shared/channel-rules.ts';
import { aWorld, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };

/** A desktop with rules for channels, and without a project for all. */
async function aDesk(rules: ChannelMap) {
  const office = { id: 'customfield_10010', name: 'Office' };
  const projects = [{ key: 'KAN' }, { key: 'TWO', customFields: [office] }];
  const world = await aWorld({ jira: { projects } });
  const { settings } = world;
  const jira = { ...settings.jira, project: null, defaultFields: { Office: 'Berlin' } };
  return { ...world, ...(await world.desk({ settings: { ...settings, jira, channels: { rules } } })) };
}

it('a ticket goes to the project of its channel, with its labels, values and types, and so does a correction', async () => {
  const rules = { project: 'TWO', labels: ['from-slack'], defaults: { Office: 'Paris' } };
  const { slack, jira, log, lines, agent } = await aDesk({
    support: { ...rules, labelToIssueType: { Bug: 'Question', Task: 'Bug' } },
  });
  await slack.slash('/ticket', 'VPN is down', byAlice);
  const { requestId, issueKey } = await theTicket(log, ({ step }) => step === 'announced');
  expect(issueKey).toBe('TWO-1');
  expect(jira.issues[0]).toMatchObject({
    issueType: 'Question',
    fields: { customfield_10010: 'Paris', labels: expect.arrayContaining(['from-slack', 'ticket-agent']) },
  });
  await agent.tickets.relabel(requestId, { label: 'Task', by: null, via: 'window' });
  await theTicket(log, ({ correction }) => correction?.isTold === true);
  expect(jira.issues[0]?.issueType).toBe('Bug');
  expect(lines.jira.at(-1)).toBe('ok');
});

it('a ticket whose channel has no project waits for the settings, and others do not', async () => {
  const { slack, jira, log, agent, settings } = await aDesk({ general: { project: 'TWO' } });
  await slack.slash('/ticket', 'VPN is down', byAlice);
  await theTicket(log, ({ error }) => error?.code === 'not_configured');
  agent.apply(
    { ...settings, jira: { ...settings.jira, project: null }, channels: { rules: { support: { project: 'KAN' } } } },
    new Set(),
  );
  await theTicket(log, ({ step }) => step === 'announced');
  expect(jira.issues.map(({ key }) => key)).toEqual(['KAN-1']);
});

describe('a private channel, which commands do not name', () => {
  const rules = { 'inner-circle': { project: 'TWO', neverCloud: true }, default: { project: 'KAN' } };

  async function aPrivateDesk(isMember: boolean) {
    const desk = await aDesk(rules);
    desk.slack.addChannel({ id: 'G0PRIVATE', name: 'inner-circle', isPrivate: true, isMember });
    return desk;
  }

  it('has the rules of its name for a command', async () => {
    const { slack, log } = await aPrivateDesk(true);
    await slack.slash('/ticket', 'VPN is down', { user: 'alice', channel: 'inner-circle' });
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket).toMatchObject({ channelName: 'inner-circle', issueKey: 'TWO-1' });
  });

  it('has the rules of all others where the app may not know its name', async () => {
    const { slack, log } = await aPrivateDesk(false);
    await slack.slash('/ticket', 'VPN is down', { user: 'alice', channel: 'inner-circle' });
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket).toMatchObject({ channelName: 'privategroup', issueKey: 'KAN-1' });
  });

  it('has the fields of its project in a form that a command opens', async () => {
    const demanded = { id: 'customfield_10050', name: 'Team', required: true };
    const world = await aWorld({ jira: { projects: [{ key: 'KAN' }, { key: 'TWO', customFields: [demanded] }] } });
    const { settings, slack } = world;
    const { log } = await world.desk({ settings: { ...settings, channels: { rules } } });
    slack.addChannel({ id: 'G0PRIVATE', name: 'inner-circle', isPrivate: true });
    await slack.slash('/ticket', '', { user: 'alice', channel: 'inner-circle' });
    const view = await slack.waitForView(
      ({ type, blocks }) => type === 'modal' && !JSON.stringify(blocks).includes('Loading'),
    );
    await slack.pick(view, 'Type', 'Bug');
    await slack.waitForView(({ blocks }) => JSON.stringify(blocks).includes('Team'));
    await slack.submit(view, { Summary: 'VPN is down', Team: 'Red' });
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket).toMatchObject({ channelName: 'inner-circle', issueKey: 'TWO-1' });
  });
});

it('/ticket_status shows issues of the projects of all channels', async () => {
  const { slack, jira } = await aDesk({ general: { project: 'TWO' }, default: { project: 'KAN' } });
  const seed = { issueType: 'Task', fields: { summary: 'Not ours' } };
  const { key } = jira.addIssue({ projectKey: 'TWO', ...seed });
  jira.addProject({ key: 'THREE' });
  const other = jira.addIssue({ projectKey: 'THREE', ...seed });
  await slack.slash('/ticket_status', key, byAlice);
  const shown = await slack.waitForMessage(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`.includes(key));
  expect(JSON.stringify(shown)).toContain('Not ours');
  await slack.slash('/ticket_status', other.key, byAlice);
  const hidden = await slack.waitForMessage(({ text, blocks }) =>
    `${text} ${JSON.stringify(blocks)}`.includes(other.key),
  );
  expect(JSON.stringify(hidden)).not.toContain('Not ours');
});
