import { describe, expect, it, vi } from 'vitest';
import { aWorld, type Desk, sureOfBugs, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const complete = (desk: Desk) =>
  theTicket(desk.log, ({ step, supplements }) => step === 'announced' && supplements.length === 0);
const long = `The *VPN* drops\n${'every ten minutes. '.repeat(3_000)}the end`;

describe.each([
  ['Cloud', {}],
  ['a Data Center', { deployment: 'datacenter' as const, contextPath: '/jira' }],
  ['one without properties', { deployment: 'datacenter' as const, createProperties: false, commentProperties: false }],
])('what the create screen of %s does not take', (_, make) => {
  it('follows as a comment where it has no Description, with who asked', async () => {
    const { slack, jira, desk } = await aWorld({ jira: { ...make, projects: [{ key: 'KAN', description: false }] } });
    const alice = await desk();
    await slack.slash('/ticket', 'The *VPN* drops\n> since noon', byAlice);
    const ticket = await complete(alice);
    expect(ticket.note).toBe(
      'The project has no description field for this type, so the text is a comment on the issue.',
    );
    const [issue] = jira.issues;
    expect(issue?.comments).toHaveLength(1);
    const words = jira.paragraphs(issue?.comments[0]?.body).join('\n');
    expect(words).toMatch(/The \*?VPN\*? drops/);
    expect(words).toMatch(/since noon[\s\S]*Asked by alice/);
    expect(issue?.attachments).toEqual([]);
  });

  it('follows as a file where the text is too long, and the description says so', async () => {
    const { slack, jira, desk } = await aWorld({ jira: make });
    const alice = await desk();
    await slack.slash('/ticket', long, byAlice);
    const ticket = await complete(alice);
    expect(ticket.note).toBeNull();
    const [issue] = jira.issues;
    expect(issue?.attachments).toHaveLength(1);
    const [file] = issue?.attachments ?? [];
    expect(file?.content).toBe(ticket.text);
    expect(jira.paragraphs(issue?.fields['description']).join('\n')).toContain(`attached as ${file?.name}`);
    expect(issue?.comments).toEqual([]);
  });

  it('is there once although each answer was lost', async () => {
    const { slack, jira, desk, settings } = await aWorld({
      jira: { ...make, projects: [{ key: 'KAN', description: false }] },
    });
    const alice = await desk({ settings: { ...settings, jira: { ...settings.jira, lookForSeconds: 0 } } });
    for (const operation of ['createIssue', 'addComment', 'addAttachment'] as const) {
      jira.failNext(operation, 'cut_after_commit');
    }
    await slack.slash('/ticket', long, byAlice);
    await complete(alice);
    expect(jira.issues).toHaveLength(1);
    expect(jira.issues[0]?.comments).toHaveLength(1);
    expect(jira.issues[0]?.attachments).toHaveLength(1);
  });

  it('becomes a note where Jira refuses it', async () => {
    const { slack, jira, desk } = await aWorld({ jira: { ...make, projects: [{ key: 'KAN', description: false }] } });
    jira.setPermission('KAN', 'comment', false);
    jira.setPermission('KAN', 'attach', false);
    const alice = await desk();
    await slack.slash('/ticket', long, byAlice);
    const { note, error, status } = await complete(alice);
    expect({ error, status }).toEqual({ error: null, status: 'created' });
    expect(note).toContain('could not be added to KAN-1 as a comment');
    expect(note).toContain('The whole text could not be attached to KAN-1');
    await slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes('could not be attached to KAN-1'));
  });
});

it.each([
  ['takes no message', 'works', { error: 'internal_error' }],
  ['takes none, and Jira does not answer the first time', 'is slow', { error: 'service_unavailable' }],
] as const)('what an issue lacks does not wait for a Slack that %s', async (_, comments, refusal) => {
  const { slack, jira, desk } = await aWorld({ jira: { projects: [{ key: 'KAN', description: false }] } });
  const alice = await desk();
  const away = slack.failWhile(({ operation }) => operation === 'chat.postMessage', refusal);
  if (comments === 'is slow') jira.failNext('addComment', 'cut_after_commit');
  await slack.slash('/ticket', 'The VPN drops', byAlice);
  await vi.waitFor(() => expect(jira.issues[0]?.comments).toHaveLength(1));
  expect(await theTicket(alice.log, ({ error }) => error !== null)).toMatchObject({ step: 'created' });
  away.end();
  await complete(alice);
  expect(jira.issues[0]?.comments).toHaveLength(1);
});

it('a Jira that does not take what an issue lacks holds up no announcement', async () => {
  const { slack, jira, desk } = await aWorld({ jira: { projects: [{ key: 'KAN', description: false }] } });
  const alice = await desk();
  const refusal = jira.failWhile(({ operation }) => operation === 'addComment', { status: 503 });
  await slack.slash('/ticket', 'The VPN drops', byAlice);
  await theTicket(alice.log, ({ step, error }) => step === 'announced' && error !== null);
  refusal.end();
  await complete(alice);
  expect(jira.issues[0]?.comments).toHaveLength(1);
});

it('Jira’s own limit is believed, whatever it is', async () => {
  const { slack, jira, desk } = await aWorld({ jira: { deployment: 'datacenter', textLimit: 2_000 } });
  const alice = await desk({ classifier: { classify: async () => sureOfBugs } });
  await slack.slash('/ticket', `${'*word* {x} '.repeat(300)}`, byAlice);
  await complete(alice);
  const description = String(jira.issues[0]?.fields['description']);
  expect(description.length).toBeLessThanOrEqual(2_000);
  expect(description.length).toBeGreaterThan(1_900);
  expect(jira.issues[0]?.attachments).toHaveLength(1);
});
