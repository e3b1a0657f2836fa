import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Agent } from '../../../electron/app/agent.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import { claimMs } from '../../../electron/tickets/rules/claim.ts';
import { oneOfSeveral } from '../../fakes/instance.ts';
import { aWorld, theTicket } from './desk.ts';

it('a create that waits while the computer sleeps is not sent once another desktop has filed the ticket', async () => {
  const { slack, jira, desk, dataDir } = await aWorld();
  // The clocks of the desktop know nothing of its sleep: one stood still, and the other was set back.
  let sleptMs = 0;
  const aLog = () => createTicketLog({ file: join(dataDir, 'tickets.db'), now: () => Date.now() + sleptMs });
  let agent: Agent | null = null;
  const written = vi.fn();
  const sleepy = await desk({
    log: await aLog(),
    instance: oneOfSeveral(),
    around: (log) => ({
      ...log,
      async update(requestId, change) {
        const ticket = await log.update(requestId, change);
        // The lid is closed just before Jira is asked.
        if (ticket.step === 'creating') void agent?.sleep();
        written();
        return ticket;
      },
    }),
  });
  agent = sleepy.agent;
  await slack.slash('/ticket', 'VPN is down', { user: 'alice', channel: 'support' });
  await theTicket(sleepy.log, ({ step }) => step === 'creating');
  await slack.waitForConnections(0);

  sleptMs = claimMs;
  const other = await desk({ log: await aLog(), instance: oneOfSeveral() });
  await theTicket(other.log, ({ step }) => step === 'announced');
  written.mockClear();
  agent.wake();
  await vi.waitFor(() => expect(written).toHaveBeenCalled());
  await sleepy.stop();
  expect(jira.issues).toHaveLength(1);
  expect(await theTicket(other.log, () => true)).toMatchObject({ step: 'announced', issueKey: 'KAN-1' });
});
