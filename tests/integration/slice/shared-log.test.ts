import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Agent } from '../../../electron/app/agent.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import { claimMs } from '../../../electron/tickets/rules/claim.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { oneOfSeveral } from '../../fakes/instance.ts';
import { aWorld, type DeskOptions, theTicket } from './desk.ts';

/** A log on whose clock time passes of which the clocks of the desktops know nothing: one slept, the other was set back. */
async function aSharedWorld() {
  const world = await aWorld();
  const file = join(world.dataDir, 'tickets.db');
  let sleptMs = 0;
  const aDesk = async (options: DeskOptions = {}) => {
    const log = await createTicketLog({ file, now: () => Date.now() + sleptMs });
    return world.desk({ ...options, log, instance: oneOfSeveral() });
  };

  /** A desk that falls asleep after each write after which it should. */
  async function aSleepyDesk(shouldSleep: (ticket: Ticket) => boolean) {
    const written = vi.fn();
    let agent: Agent | null = null;
    const desk = await aDesk({
      around: (log) => ({
        ...log,
        async update(requestId, change) {
          const ticket = await log.update(requestId, change);
          if (shouldSleep(ticket)) void agent?.sleep();
          written();
          return ticket;
        },
      }),
    });
    agent = desk.agent;
    /** Lets it find out what became of its ticket. */
    async function wakeAndStop(): Promise<void> {
      written.mockClear();
      desk.agent.wake();
      await vi.waitFor(() => expect(written).toHaveBeenCalled(), { timeout: 10_000 });
      await desk.stop();
    }
    return { ...desk, wakeAndStop };
  }

  const ask = (text: string) => world.slack.slash('/ticket', text, { user: 'alice', channel: 'support' });
  const announcements = (text: string) => world.slack.messages('support').filter((each) => each.text.includes(text));
  const announced = (text: string) => world.slack.waitForMessage((each) => each.text.includes(text));
  return { ...world, aDesk, aSleepyDesk, ask, announced, announcements, sleepFor: (ms: number) => (sleptMs += ms) };
}

it('a create that waits while the computer sleeps is not sent once another desktop has filed the ticket', async () => {
  const { slack, jira, aDesk, aSleepyDesk, ask, sleepFor } = await aSharedWorld();
  // The lid is closed just before Jira is asked.
  const sleepy = await aSleepyDesk(({ step }) => step === 'creating');
  await ask('VPN is down');
  await theTicket(sleepy.log, ({ step }) => step === 'creating');
  await slack.waitForConnections(0);

  sleepFor(claimMs);
  const other = await aDesk();
  await theTicket(other.log, ({ step }) => step === 'announced');
  await sleepy.wakeAndStop();
  expect(jira.issues).toHaveLength(1);
  expect(await theTicket(other.log, () => true)).toMatchObject({ step: 'announced', issueKey: 'KAN-1' });
});

it.each(['its turn', 'its turn, and again while the log is asked whose the ticket is'])(
  'a message that waits for %s is not posted once another desktop has posted it',
  async (what) => {
    const { slack, aDesk, aSleepyDesk, ask, announced, announcements, sleepFor } = await aSharedWorld();
    const times = what === 'its turn' ? 1 : 2;
    let sleeps = 0;
    const sleepy = await aSleepyDesk(({ step, text }) => {
      const isMeant = step === 'created' && text === 'The door squeaks' && sleeps < times;
      if (isMeant) sleeps += 1;
      return isMeant;
    });
    // Those of one channel come a second apart, so the second one waits.
    await ask('VPN is down');
    await announced('VPN is down');
    await ask('The door squeaks');
    await slack.waitForConnections(0);
    if (times === 2) {
      sleepy.agent.wake();
      await vi.waitFor(() => expect(sleeps).toBe(2), { timeout: 10_000 });
      await slack.waitForConnections(0);
    }

    sleepFor(claimMs);
    await aDesk();
    await announced('The door squeaks');
    await sleepy.wakeAndStop();
    expect(announcements('VPN is down')).toHaveLength(1);
    expect(announcements('The door squeaks')).toHaveLength(1);
  },
);
