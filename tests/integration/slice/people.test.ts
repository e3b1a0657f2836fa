import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { typeActionIds } from '../../../electron/slack/type-choice.ts';
import { aWorld, everyTicket, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const isAnnouncement = (message: { blocks: unknown[] }) => JSON.stringify(message.blocks).includes(actionIds.approve);
const elsewhere = { team: 'T0ELSEWHERE', enterprise: null };

describe('a delivery of another workspace', () => {
  it('is dropped: no row, no issue, not a word, and one warning of each kind', async () => {
    const { slack, jira, desk } = await aWorld();
    const { log, warnings } = await desk();
    await slack.slash('/ticket', 'VPN is down', byAlice);
    await theTicket(log, ({ step }) => step === 'announced');
    const message = await slack.waitForMessage(isAnnouncement);
    const [requests, messages] = [jira.requests.length, slack.messages().length];

    for (const text of ['stranger', 'stranger again']) {
      const { ack } = await slack.slash('/ticket', text, { ...byAlice, from: elsewhere });
      expect(ack ?? {}).toEqual({});
    }
    await slack.slash('/ticket_status', 'KAN-1', { ...byAlice, from: elsewhere });
    await slack.click(message, actionIds.approve, { user: 'bob', from: elsewhere });
    await slack.click(message, typeActionIds.list, { user: 'bob', option: 'Task', from: elsewhere });

    expect(await everyTicket(log)).toMatchObject([{ status: 'created', decision: null, correction: null }]);
    expect([jira.requests.length, slack.messages().length]).toEqual([requests, messages]);
    expect(warnings).toEqual([
      expect.stringContaining('command of another workspace'),
      expect.stringContaining('block_actions of another workspace'),
    ]);
  });

  it.each([
    ['a workspace in a Grid', { enterpriseId: 'E0ACME' }, { team: 'T0SISTER', enterprise: 'E0ACME' }],
    ['an organisation-wide install', { enterpriseId: 'E0ACME', isOrgWide: true }, { team: null, enterprise: 'E0ACME' }],
  ])('is not one of the same enterprise: %s', async (_, team, from) => {
    const { slack, desk } = await aWorld({ slack: { team } });
    slack.addUser({ id: 'U0SISTER', name: 'sister', teamId: 'T0SISTER' });
    const { log } = await desk();
    await slack.slash('/ticket', 'VPN is down', { ...byAlice, from });
    await theTicket(log, ({ step }) => step === 'announced');
    await slack.click(await slack.waitForMessage(isAnnouncement), actionIds.approve, { user: 'sister', from });
    await theTicket(log, ({ status }) => status === 'approved');
  });
});

describe('a person of another workspace', () => {
  async function announced(externalMayDecide: boolean) {
    const world = await aWorld();
    const people = { ...world.settings.people, externalMayDecide };
    const desk = await world.desk({ settings: { ...world.settings, people } });
    const { slack } = world;
    slack.addUser({ id: 'U0PARTNER', name: 'partner', teamId: 'T0PARTNER' });
    await slack.slash('/ticket', 'VPN is down', { user: 'partner', channel: 'support' });
    await theTicket(desk.log, ({ step }) => step === 'announced');
    return { ...world, ...desk, message: await slack.waitForMessage(isAnnouncement) };
  }

  it.each([
    ['approve', actionIds.approve, undefined],
    ['reject', actionIds.reject, undefined],
    ['correct a type', typeActionIds.list, 'Task'],
  ])('may file, but not %s, and is told so alone', async (_, actionId, option) => {
    const { slack, log, jira, message } = await announced(false);
    const [before] = await everyTicket(log);
    const stored = structuredClone(jira.issues[0]);
    await slack.click(message, actionId, { user: 'partner', ...(option === undefined ? {} : { option }) });
    await slack.waitForMessage(({ ephemeralTo, text }) => ephemeralTo === 'U0PARTNER' && text.includes('may approve'));
    expect(await everyTicket(log)).toEqual([before]);
    expect(jira.issues[0]).toEqual(stored);
    // Nobody else is kept from it.
    await slack.click(message, actionIds.approve, { user: 'bob' });
    await theTicket(log, ({ status }) => status === 'approved');
  });

  it('may decide where the settings allow it', async () => {
    const { slack, log, message } = await announced(true);
    await slack.click(message, actionIds.approve, { user: 'partner' });
    expect(await theTicket(log, ({ status }) => status === 'approved')).toMatchObject({
      decision: { by: 'U0PARTNER' },
    });
  });

  it('may file anyway', async () => {
    const { slack, jira } = await announced(false);
    await slack.slash('/ticket', 'VPN is down', { user: 'partner', channel: 'support' });
    const offer = await slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes(actionIds.fileAnyway));
    await slack.click(offer, actionIds.fileAnyway, { user: 'partner' });
    await vi.waitFor(() => expect(jira.issues).toHaveLength(2));
  });
});

describe('a person who files a lot', () => {
  async function limitedTo(ticketsPerMinute: number) {
    const world = await aWorld();
    const people = { ...world.settings.people, ticketsPerMinute };
    return { ...world, ...(await world.desk({ settings: { ...world.settings, people } })) };
  }
  const textOf = ({ ack }: { ack: unknown }) => z.object({ text: z.string() }).parse(ack).text;

  it('gets as many rows as the settings allow, also out of a burst, and kind words for each one more', async () => {
    const { slack, log, errors } = await limitedTo(10);
    const texts = Array.from({ length: 30 }, (_, index) => `printer ${index} is on fire`);
    const acks = await Promise.all(texts.map((text) => slack.slash('/ticket', text, byAlice)));
    const refusals = acks.map(textOf).filter((text) => text !== 'Creating your ticket...');
    expect(refusals).toHaveLength(20);
    for (const text of refusals)
      expect(text).toMatch(/10 tickets within a minute.*not taken.*send it again in \d+ second/);
    expect((await log.overview()).counts.all).toBe(10);
    expect(errors).toEqual([]);
    // Others are not meant.
    expect(textOf(await slack.slash('/ticket', 'another', { user: 'bob', channel: 'support' }))).toBe(
      'Creating your ticket...',
    );
  });

  it('may not go on with File anyway, nor loses the button', async () => {
    const { slack, log } = await limitedTo(1);
    await slack.slash('/ticket', 'VPN is down', byAlice);
    await slack.slash('/ticket', 'VPN is down', byAlice);
    const offer = await slack.waitForMessage(({ blocks }) => JSON.stringify(blocks).includes(actionIds.fileAnyway));
    await slack.click(offer, actionIds.fileAnyway, { user: 'alice' });
    await slack.waitForMessage(({ text }) => text.includes('within a minute'));
    expect(JSON.stringify(offer.blocks)).toContain(actionIds.fileAnyway);
    expect((await log.overview()).counts.all).toBe(1);
  });

  it('has no limit where it is 0', async () => {
    const { slack, log } = await limitedTo(0);
    await Promise.all(Array.from({ length: 15 }, (_, index) => slack.slash('/ticket', `ticket ${index}`, byAlice)));
    expect((await log.overview()).counts.all).toBe(15);
  });
});
