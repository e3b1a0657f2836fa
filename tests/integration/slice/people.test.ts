import { describe, expect, it, vi } from 'vitest';
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
