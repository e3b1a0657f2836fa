import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { SlackFile, Ticket } from '../../../shared/ticket.ts';
import type { SlackUpload } from '../../../stand-ins/slack/files.ts';
import { aRequest } from '../../contract/ticket-log.ts';
import { aWorld, type Desk, everyTicket, theTicket, type World } from './desk.ts';

const complete = ({ step, supplements }: Ticket) => step === 'announced' && supplements.length === 0;

/** Files that alice puts beside a message, as an event would tell of them. */
async function uploaded({ slack }: World, uploads: readonly SlackUpload[]): Promise<SlackFile[]> {
  const message = await slack.upload(uploads, { user: 'alice', channel: 'support', text: 'The VPN drops' });
  return (message.files ?? []).map(({ id, name, size, urlPrivate, kind, user }) =>
    kind === 'connect'
      ? { id, name: id, size: null, url: null, link: null }
      : { id, name, size, url: urlPrivate, link: `https://acme.slack.com/files/${user}/${id}` },
  );
}

async function file({ agent }: Desk, files: readonly SlackFile[], { slack }: World): Promise<void> {
  const channel = slack.channels.find(({ name }) => name === 'support')?.id ?? '';
  const asked = { team: slack.team.id, user: 'U01ALICE001', userName: 'alice', channel, channelName: 'support' };
  const { ticket } = await agent.tickets.receive(aRequest({ ...asked, files }));
  agent.tickets.enqueue(ticket.requestId);
}

describe.each([
  ['Cloud', {}],
  ['a Data Center', { deployment: 'datacenter' as const, contextPath: '/jira' }],
])('the files of a message, with %s', (_, make) => {
  it('are attached to its issue, also those that only files.info tells of', async () => {
    const world = await aWorld({ jira: make });
    const alice = await world.desk();
    const files = await uploaded(world, [
      { name: 'log.txt', content: 'line 1\nline 2' },
      { name: 'shared.txt', content: 'from afar', kind: 'connect' },
    ]);
    await file(alice, files, world);
    const ticket = await theTicket(alice.log, complete);
    expect(ticket).toMatchObject({ note: null, error: null });
    const [issue] = world.jira.issues;
    expect(issue?.attachments.map(({ content }) => content)).toEqual(['line 1\nline 2', 'from afar']);
    expect(issue?.attachments.map(({ name }) => name)).toEqual([
      `log-${files[0]?.id}.txt`,
      `shared-${files[1]?.id}.txt`,
    ]);
    expect(world.jira.paragraphs(issue?.fields['description']).join('\n')).toMatch(
      /Files in Slack.*log\.txt.*shared\.txt/,
    );
    expect(readdirSync(join(world.dataDir, 'transfer'))).toEqual([]);
  });

  it('are attached once although an answer was lost', async () => {
    const world = await aWorld({ jira: make });
    const { settings, jira } = world;
    const alice = await world.desk({ settings: { ...settings, jira: { ...settings.jira, lookForSeconds: 0 } } });
    jira.failNext('addAttachment', 'cut_after_commit');
    await file(
      alice,
      await uploaded(world, [
        { name: 'a.txt', content: 'a' },
        { name: 'b.txt', content: 'b' },
      ]),
      world,
    );
    await theTicket(alice.log, complete);
    expect(jira.issues[0]?.attachments.map(({ content }) => content)).toEqual(['a', 'b']);
  });

  it('that stay in Slack stand in the description with their links, and in a note on the message', async () => {
    const world = await aWorld({ jira: { ...make, attachmentLimit: 2048 } });
    const { slack, jira } = world;
    const alice = await world.desk();
    const files = await uploaded(world, [
      { name: 'movie.mov', content: 'x', size: 900_000_000 },
      { name: 'plan.gdoc', content: 'https://docs.google.com/document/d/1', kind: 'external' },
      { name: 'small.txt', content: 'small' },
    ]);
    await file(alice, files, world);
    const { note, error } = await theTicket(alice.log, complete);
    expect(error).toBeNull();
    expect(note).toMatch(
      /“movie.mov” \(larger than the 2 kB that this Jira takes\).*“plan.gdoc” \(Slack does not give it out\)/,
    );
    const [issue] = jira.issues;
    expect(issue?.attachments.map(({ content }) => content)).toEqual(['small']);
    const description = JSON.stringify(issue?.fields['description']);
    for (const { link } of files) expect(description).toContain(link);
    await slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes('movie.mov'));
  });
});

it('an app without files:read files the ticket as before: Slack gives a page instead, which is no file', async () => {
  const world = await aWorld();
  const files = await uploaded(world, [{ name: 'log.txt', content: 'line' }]);
  world.slack.scopes.splice(world.slack.scopes.indexOf('files:read'), 1);
  const alice = await world.desk();
  await file(alice, [...files, { id: 'F0CONNECT1', name: 'F0CONNECT1', size: null, url: null, link: null }], world);
  const { note, error, status } = await theTicket(alice.log, complete);
  expect({ error, status }).toEqual({ error: null, status: 'created' });
  expect(note).toMatch(/“log.txt”, “F0CONNECT1” \(Slack does not give it out\)/);
  expect(world.jira.issues[0]?.attachments).toEqual([]);
});

it('a file that Slack has not at the moment comes later; the message does not wait for it', async () => {
  const world = await aWorld();
  const { slack, jira } = world;
  const alice = await world.desk();
  const files = await uploaded(world, [{ name: 'log.txt', content: 'line' }]);
  const away = slack.failWhile(({ operation }) => operation === 'url_private', { status: 503 });
  await file(alice, files, world);
  await theTicket(alice.log, ({ step, error }) => step === 'announced' && error !== null);
  away.end();
  await theTicket(alice.log, complete);
  expect(jira.issues[0]?.attachments).toHaveLength(1);
});

it('a file that was deleted meanwhile is named, and the ticket is whole', async () => {
  const world = await aWorld();
  const alice = await world.desk();
  const files = await uploaded(world, [{ name: 'log.txt', content: 'line', kind: 'connect' }]);
  world.slack.failWhile(({ operation }) => operation === 'files.info', { error: 'file_deleted' });
  await file(alice, files, world);
  expect((await theTicket(alice.log, complete)).note).toMatch(/it is not in Slack any more/);
});

it('files in a direct message to the app are attached, with words and without', async () => {
  const world = await aWorld();
  const { slack, jira } = world;
  const alice = await world.desk();
  await slack.upload([{ name: 'log.txt', content: 'line', kind: 'connect' }], { user: 'alice', text: 'The VPN drops' });
  await slack.upload([{ name: 'screen.txt', content: 'pixels' }], { user: 'alice' });
  await vi.waitFor(
    async () => {
      const tickets = await everyTicket(alice.log);
      expect(tickets.filter(complete)).toHaveLength(2);
    },
    { timeout: 10_000 },
  );
  expect(jira.issues.flatMap(({ attachments }) => attachments.map(({ content }) => content)).toSorted()).toEqual([
    'line',
    'pixels',
  ]);
});
