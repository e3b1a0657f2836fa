import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ticket } from '../../../shared/ticket.ts';
import type { JiraFieldSeed } from '../../../stand-ins/jira/field-kinds.ts';
import { aWorld, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const email = 'alice@example.com';

describe('a project that demands a field', () => {
  it('has the ticket wait for who asked, who is asked for just that field, and files it with what they gave', async () => {
    const team: JiraFieldSeed = {
      id: 'customfield_10050',
      name: 'Team',
      required: true,
      type: 'option',
      values: ['Red', 'Blue'],
    };
    const { slack, jira, desk } = await aWorld({ jira: { projects: [{ key: 'KAN', customFields: [team] }] } });
    const { agent, log } = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const isAsked = ({ step, announcement }: Ticket) => step === 'needs_fields' && announcement !== null;
    const { requestId, wantedFields, status } = await theTicket(log, isAsked);
    expect(status).toBe('received');
    expect(wantedFields).toEqual({ customfield_10050: null });
    const { issueType, fields } = await agent.tickets.formFor(requestId, { wantedType: null, wantedProject: null });
    expect(issueType).toBe('Bug');
    expect(fields).toMatchObject([
      {
        id: 'customfield_10050',
        name: 'Team',
        kind: 'select',
        required: true,
        options: [{ name: 'Red' }, { name: 'Blue' }],
      },
    ]);
    await agent.tickets.retry(requestId, { fields: { customfield_10050: { id: fields[0]?.options[1]?.id ?? null } } });
    await theTicket(log, ({ step }) => step === 'announced');
    expect(jira.issues[0]?.fields['customfield_10050']).toEqual({ id: '10101' });
  });

  it('of which its metadata says nothing is asked for all the same, with Jira’s words', async () => {
    const team = { id: 'customfield_10050', name: 'Team' };
    const { slack, jira, desk } = await aWorld({ jira: { projects: [{ key: 'KAN', customFields: [team] }] } });
    jira.failNext('createIssue', {
      status: 400,
      body: { errorMessages: [], errors: { customfield_10050: 'Bitte ausfüllen.' } },
    });
    const { agent, log } = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const { requestId, wantedFields, error } = await theTicket(log, ({ step }) => step === 'needs_fields');
    expect(error?.message).toMatch(/Team: Bitte ausfüllen\..*field Team.*Fix and retry/);
    expect(wantedFields).toEqual({ customfield_10050: null });
    const form = await agent.tickets.formFor(requestId, { wantedType: null, wantedProject: null });
    expect(form.fields).toMatchObject([{ id: 'customfield_10050', name: 'Team', required: false }]);
  });
});

describe('the requester', () => {
  const people = [{ email }];

  it('is the reporter, by an address that goes to Jira alone', async () => {
    const { slack, jira, dataDir, desk } = await aWorld({ jira: { people } });
    const { log, errors, warnings } = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const { issueKey } = await theTicket(log, ({ step }) => step === 'announced');
    expect(jira.issues).toMatchObject([{ key: issueKey, reporter: email }]);
    const told = jira.requests.filter((request) =>
      JSON.stringify([request.path, [...request.query], request.body]).includes(email),
    );
    expect(told.map(({ operation }) => operation)).toEqual(['findUsers']);
    expect(JSON.stringify(slack.requests.map(({ body }) => body))).not.toContain(email);
    expect(
      JSON.stringify([errors, warnings, await log.find((await theTicket(log, () => true)).requestId)]),
    ).not.toContain(email);
    for (const file of readdirSync(dataDir)) {
      expect([file, readFileSync(join(dataDir, file)).includes(email)]).toEqual([file, false]);
    }
    // Whose account is known is not asked for again.
    await slack.slash('/ticket', 'The printer is broken', byAlice);
    expect(await jira.waitForIssue(({ key }) => key === 'KAN-2')).toMatchObject({ reporter: email });
    expect(slack.requests.filter(({ operation }) => operation === 'users.info')).toHaveLength(1);
  });

  it.each<[string, (world: Awaited<ReturnType<typeof aWorld>>) => void]>([
    [
      'the bot may not ask Slack for it',
      ({ slack }) => slack.scopes.splice(slack.scopes.indexOf('users:read.email'), 1),
    ],
    ['the bot may not ask for people', ({ slack }) => slack.scopes.splice(slack.scopes.indexOf('users:read'), 1)],
    ['Jira does not tell of people', ({ jira }) => jira.setPeopleVisible(false)],
    ['this account may name no reporter', ({ jira }) => jira.setPermission('KAN', 'modifyReporter', false)],
    ['Slack does not answer', ({ slack }) => slack.failNext('users.info', 'cut')],
  ])('is named in the description alone where %s, without a word', async (_, restrict) => {
    const world = await aWorld({ jira: { people } });
    restrict(world);
    const { log } = await world.desk();
    await world.slack.slash('/ticket', 'VPN is down', byAlice);
    const { note } = await theTicket(log, ({ step }) => step === 'announced');
    expect(note).toBeNull();
    const [issue] = world.jira.issues;
    expect(issue?.reporter).toBe(world.jira.email);
    expect(world.jira.paragraphs(issue?.fields['description']).join(' ')).toContain('alice');
  });

  it('whom Jira refuses as a reporter is not named again within the hour', async () => {
    const { slack, jira, desk } = await aWorld({ jira: { people: [{ email, mayReport: false }] } });
    const { log } = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(log, ({ step }) => step === 'announced');
    const creates = () => jira.requests.filter(({ operation }) => operation === 'createIssue').length;
    expect(creates()).toBe(2);
    await slack.slash('/ticket', 'The printer is broken', byAlice);
    await jira.waitForIssue(({ key }) => key === 'KAN-2');
    expect(creates()).toBe(3);
    expect(jira.issues.map(({ reporter }) => reporter)).toEqual([jira.email, jira.email]);
  });

  it('is the reporter on a Data Center too', async () => {
    const { slack, jira, desk } = await aWorld({ jira: { deployment: 'datacenter', people } });
    const { log } = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(log, ({ step }) => step === 'announced');
    expect(jira.issues).toMatchObject([{ reporter: email }]);
  });
});

it('a ticket with ten people in its fields, and a refusal on its way, is filed without a pause', {
  timeout: 25_000,
}, async () => {
  const people = Array.from({ length: 10 }, (_, index) => ({ email: `${index}@example.com` }));
  const customFields = people.map((_, index) => ({
    id: `customfield_1010${index}`,
    name: `Person ${index}`,
    type: 'user' as const,
  }));
  const { slack, jira, settings, desk } = await aWorld({ jira: { people, projects: [{ key: 'KAN', customFields }] } });
  const defaults = Object.fromEntries(customFields.map(({ id }, index) => [id, `${index}@example.com`]));
  jira.failNext('createIssue', { status: 400, body: { errorMessages: [], errors: { labels: 'Not on the screen.' } } });
  const { log } = await desk({ settings: { ...settings, jira: { ...settings.jira, defaultFields: defaults } } });
  await slack.slash('/ticket', 'VPN is down', byAlice);
  const { attempts } = await theTicket(log, ({ step }) => step === 'announced');
  expect(attempts).toBe(0);
  expect(Object.keys(jira.issues[0]?.fields ?? {})).toEqual(expect.arrayContaining(Object.keys(defaults)));
});
