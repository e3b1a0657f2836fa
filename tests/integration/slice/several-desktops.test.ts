import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const isAnnouncement = (message: { blocks: unknown[] }) => JSON.stringify(message.blocks).includes(actionIds.approve);

/** One desktop has filed and announced a ticket; a second one is connected, and the first may be away for clicks. */
async function twoDesktops() {
  const world = await aWorld();
  const first = await world.desk();
  await world.slack.slash('/ticket', 'VPN is down', byAlice);
  await theTicket(first.log, ({ step }) => step === 'announced');
  const announced = await world.slack.waitForMessage(isAnnouncement);
  const message = { ...announced, blocks: [...announced.blocks] };
  return { ...world, first, message };
}

describe('a decision on another desktop', () => {
  it('is learnt from Jira by the one that filed the ticket, which then waits no longer', async () => {
    const { slack, jira, desk, first, message } = await twoDesktops();
    await first.agent.pause(true);
    await slack.waitForConnections(0);
    const second = await desk({ dataDir: aTemporaryFolder() });
    await slack.click(message, actionIds.reject, { user: 'bob' });
    const theirs = await theTicket(second.log, ({ step }) => step === 'done');
    expect(theirs).toMatchObject({ status: 'rejected', origin: 'click' });

    await first.agent.tickets.mergeRemote();
    const ours = await theTicket(first.log, ({ step }) => step === 'done');
    expect(ours).toMatchObject({ status: 'rejected', decision: theirs.decision });
    const property = jira.issues[0]?.properties['ticket-agent'];
    expect(property).toMatchObject({ decision: { status: 'rejected', actionTs: theirs.decision?.actionTs } });
  });

  it('is asked for again and again while a ticket waits', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { jira, first } = await twoDesktops();
    const asked = () => jira.requests.filter(({ operation }) => operation === 'bulkFetchIssues').length;
    for (const times of [1, 2]) {
      vi.advanceTimersByTime(30_000);
      await vi.waitFor(() => expect(asked()).toBe(times));
    }
    await first.stop();
    vi.advanceTimersByTime(60_000);
    expect(asked()).toBe(2);
  });

  it('taken at the same moment as one here converges on the click that came first, in both logs, message and issue', async () => {
    const { slack, jira, desk, first, message } = await twoDesktops();
    // Jira is away while both decide, so neither sees the other's word before it has its own.
    await first.agent.pause(true);
    await slack.waitForConnections(0);
    const second = await desk({ dataDir: aTemporaryFolder() });
    for (let times = 0; times < 2; times += 1) jira.failNext('getIssueProperty', { status: 503 });
    await slack.click(message, actionIds.approve, { user: 'bob' });
    await theTicket(second.log, ({ decision }) => decision !== null);
    await second.agent.pause(true);
    await slack.waitForConnections(0);
    await first.agent.pause(false);
    await slack.waitForConnections(1);
    await slack.click(message, actionIds.reject, { user: 'alice' });

    for (const { log } of [first, second]) await theTicket(log, ({ step }) => step === 'done');
    for (const { agent } of [first, second]) await agent.tickets.mergeRemote();
    const bob = slack.users.find(({ name }) => name === 'bob')?.id;
    for (const { log } of [first, second]) {
      const ticket = await theTicket(log, ({ step, status }) => step === 'done' && status === 'approved');
      expect(ticket.decision).toMatchObject({ status: 'approved', by: bob });
    }
    expect(jira.issues[0]?.properties['ticket-agent']).toMatchObject({ decision: { status: 'approved', by: bob } });
    await slack.waitForMessage(({ ts, text }) => ts === message.ts && text.includes(`approved by <@${bob}>`));
  });
});
