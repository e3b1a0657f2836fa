import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ProgramDeps } from '../../../electron/app/program.ts';
import type { ChannelMap } from '../../../shared/channel-rules.ts';
import { writeChannel } from '../../../shared/channel-setting.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { completion, startLoopbackOpenAi } from '../classifier/loopback-openai.ts';
import { aConnectedProgram } from './connected-program.ts';

const inSupport = { user: 'alice', channel: 'support' };
const inGeneral = { user: 'alice', channel: 'general' };

/** A program that may ask OpenAI, with rules for channels. */
async function aDesk(channels: ChannelMap, deps: Partial<ProgramDeps> = {}) {
  const openai = await startLoopbackOpenAi(() => completion('{"label":"Incident"}'));
  onTestFinished(() => openai.stop());
  const tickets = new Map<string, Ticket>();
  const connected = await aConnectedProgram([], {
    ...deps,
    onTicket: (ticket) => tickets.set(ticket.requestId, ticket),
  });
  await connected.save({
    ...{ OPENAI_BASE_URL: openai.baseUrl, OPENAI_API_KEY: 'key', OPENAI_ALLOWED: 'true' },
    channels: Object.fromEntries(Object.entries(channels).map(([name, rules]) => [name, writeChannel(rules)])),
  });
  const ticket = (fits: (ticket: Ticket) => boolean) =>
    vi.waitFor(
      () => {
        const found = [...tickets.values()].find(fits);
        if (found === undefined) throw new Error(`There is ${JSON.stringify([...tickets.values()])}`);
        return found;
      },
      { timeout: 10_000 },
    );
  return { ...connected, openai, ticket, sent: () => JSON.stringify(openai.requests.map(({ body }) => body)) };
}

const isFiled = (words: string) => (ticket: Ticket) => ticket.text === words && ticket.step === 'announced';

describe('a channel whose texts are kept from the cloud', () => {
  it.each<[string, ChannelMap]>([
    ['by its name', { support: { neverCloud: true } }],
    ['by the rule for the others', { default: { neverCloud: true }, general: { neverCloud: false } }],
  ])('%s sends no byte there, and others do', async (_, channels) => {
    const { slack, ticket, sent } = await aDesk(channels);
    slack.addChannel({ id: 'C0GENERAL', name: 'general' });
    await slack.slash('/ticket', 'The vault in the cellar', inSupport);
    const kept = await ticket(isFiled('The vault in the cellar'));
    expect([kept.classification?.source, kept.classification?.cloud]).toEqual(['builtin', undefined]);
    await slack.slash('/ticket', 'The coffee is cold', inGeneral);
    const told = await ticket(isFiled('The coffee is cold'));
    expect(told.classification?.source).toBe('openai');
    expect(sent()).not.toContain('vault');
  });

  it('sends none when a ticket is tried again, or filed anyway', async () => {
    const { program, jira, slack, ticket, openai } = await aDesk({ support: { neverCloud: true } });
    jira.failNext('createIssue', { status: 400, body: { errorMessages: ['No.'], errors: {} } });
    await slack.slash('/ticket', 'The vault in the cellar', inSupport);
    const { requestId } = await ticket(({ status }) => status === 'failed');
    await program.agent().tickets.retry(requestId, {});
    await ticket(isFiled('The vault in the cellar'));
    const again = { requestId: 'again', responseUrl: null, user: 'U1', userName: null };
    await program.agent().tickets.fileAnyway(requestId, again, null);
    program.agent().tickets.enqueue(again.requestId);
    await ticket((each) => each.requestId === again.requestId && each.step === 'announced');
    expect(openai.requests).toEqual([]);
  });

  it('sends none from a start on where config.yml is broken, and files tickets', async () => {
    const dataDir = aTemporaryFolder();
    writeFileSync(join(dataDir, 'config.yml'), 'channels:\n  support: { never_cloud: true\n');
    const { program, slack, ticket, openai } = await aDesk({}, { dataDir });
    await slack.slash('/ticket', 'The vault in the cellar', inSupport);
    const { classification } = await ticket(isFiled('The vault in the cellar'));
    expect([classification?.source, openai.requests]).toEqual(['builtin', []]);
    expect((await program.status()).notices.join()).toContain('OpenAI is not used: this file cannot be read');
  });

  it('sends none of a test ticket where that is the rule for the others', async () => {
    const { program, openai } = await aDesk({ default: { neverCloud: true } });
    await program.agent().tickets.testTicket('The vault in the cellar');
    expect(openai.requests).toEqual([]);
  });
});
