import { describe, expect, it } from 'vitest';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { typeActionIds } from '../../../electron/slack/type-choice.ts';
import type { Classification } from '../../../shared/ticket.ts';
import { soakJiraNames, soakJiras } from '../../../tools/soak/jiras.ts';
import { expectDocumented } from '../../contract/documented-requests.ts';
import { aWorld, sureOfBugs, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const unsure: Classification = { ...sureOfBugs, confidence: 0.3 };
const german = {
  key: 'KAN',
  name: 'Kundendienst',
  issueTypes: [
    { name: 'Aufgabe', untranslatedName: 'Task' },
    { name: 'Fehler', untranslatedName: 'Bug' },
    { name: 'Frage', untranslatedName: 'Question' },
  ],
  customFields: [{ id: 'labels', name: 'Stichwörter' }],
};

type Jira = Awaited<ReturnType<typeof aWorld>>['jira'];

/** The issue whose property holds this, as soon as it does; where the server has none, the first issue as it is. */
async function issueWith(jira: Jira, isMarked: (property: Record<string, unknown>) => boolean) {
  const [first] = jira.issues;
  if (!jira.issueProperties) return first;
  return jira.waitForIssue(({ properties }) => isMarked(Object(properties['ticket-agent'])));
}

/** Every request is one that Atlassian's document describes, and none shows a Data Center its token by Basic. */
function expectGoodManners(jira: Jira): void {
  expectDocumented(jira, ...jira.requests);
  expect(jira.basicLogins).toEqual([]);
  const other = jira.deployment === 'cloud' ? '/rest/api/2/issue' : '/rest/api/3/';
  expect(jira.requests.filter(({ path }) => path.includes(other))).toEqual([]);
}

describe.each(soakJiraNames)('with %s', (name) => {
  it('a ticket is filed, corrected and approved, and every request is a documented one', async () => {
    const { slack, jira, desk } = await aWorld({ jira: { ...soakJiras[name], projects: [german] } });
    const { log } = await desk({ classifier: { classify: async () => unsure } });
    await slack.slash('/ticket', 'The *VPN* drops\n> since {today}\n• <https://example.com/a|log>', byAlice);
    const filed = await theTicket(log, ({ step }) => step === 'announced');
    expect(filed).toMatchObject({ issueKey: 'KAN-1', issueUrl: `${jira.baseUrl}/browse/KAN-1` });
    // A server that drops it in the create gets it afterwards.
    const issue = await issueWith(jira, ({ requestId }) => requestId === filed.requestId);
    expect(issue?.issueType).toBe('Fehler');
    const words = jira.paragraphs(issue?.fields['description']).join(' ');
    for (const word of ['The', 'VPN', 'drops', 'since {today}', 'log']) expect(words).toContain(word);

    const message = await slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes(typeActionIds.list));
    await slack.click(message, typeActionIds.list, { user: 'bob', option: 'Question' });
    await theTicket(log, ({ correction }) => correction?.isTold === true);
    expect(issue?.issueType).toBe('Frage');
    const open = await slack.waitForMessage(
      ({ ts, blocks }) => ts === message.ts && JSON.stringify(blocks).includes('corrected from Bug'),
    );
    await slack.click(open, actionIds.approve, { user: 'bob' });
    await issueWith(jira, ({ decision }) => Object(decision).status === 'approved');
    await theTicket(log, ({ step }) => step === 'done');
    expectGoodManners(jira);
  });

  it('one whose answer was lost is found although the index knows nothing of it, and later where it was moved', async () => {
    const { slack, jira, desk } = await aWorld({
      jira: { ...soakJiras[name], indexLagMs: 600_000, projects: [{ key: 'KAN' }, { key: 'OPS' }] },
    });
    const { log } = await desk();
    jira.failNext('createIssue', 'cut_after_commit');
    await slack.slash('/ticket', 'The VPN drops', byAlice);
    const ticket = await theTicket(log, ({ step }) => step === 'announced');
    expect(ticket.issueKey).toBe('KAN-1');
    expect(jira.issues).toHaveLength(1);
    await issueWith(jira, ({ requestId }) => requestId === ticket.requestId);
    jira.moveIssue('KAN-1', 'OPS');
    const { ack } = await slack.slash('/ticket_status', 'KAN-1', byAlice);
    expect(ack).toBeDefined();
    await slack.waitForMessage(({ text, blocks }) => (text + JSON.stringify(blocks)).includes('OPS-1'));
    expectGoodManners(jira);
  });
});
