import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openTicketLog } from '../../electron/log/open-ticket-log.ts';
import { type TicketChange, typedRequest } from '../../electron/tickets/ports/ticket-store.ts';
import type { World } from './world.ts';

const minute = 60_000;
const classification = {
  label: 'Incident',
  confidence: 0.83,
  probabilities: { Task: 0.05, Bug: 0.08, Incident: 0.83, 'Feature Request': 0.02, Question: 0.02 },
  source: 'builtin',
  model: '1',
  ms: 1,
} as const;

/** Puts a ticket of each kind that is not done into this world's log, before the app opens it. The newest comes last. */
export async function writeUnfinished({ slack, jira, dataDir }: World): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  let time = Date.now() - 40 * minute;
  // As the program does, so that its last end counts as a clean one.
  const { log, close } = await openTicketLog({
    file: join(dataDir, 'tickets.db'),
    now: () => time,
    onError(error) {
      throw error;
    },
  });
  const [user] = slack.users;
  const [channel] = slack.channels;
  const iso = (at: number) => new Date(at).toISOString();
  const sent = { site: jira.baseUrl, project: 'KAN', anchorKey: 'KAN-41', lookUntil: iso(time + 2 * minute) };
  const filed = (number: number): TicketChange => ({
    ...{
      issueId: String(10_000 + number),
      issueKey: `KAN-${number}`,
      issueUrl: `${jira.baseUrl}/browse/KAN-${number}`,
    },
    ...{ issueType: 'Task', status: 'created', step: 'created' },
  });

  async function add(text: string, ...changes: TicketChange[]): Promise<void> {
    time += 4 * minute;
    const requestId = `unfinished-${time}`;
    await log.receive({
      ...typedRequest,
      ...{ requestId, team: slack.team.id, text, summary: text, markup: null, responseUrl: null },
      ...{ user: user?.id ?? '', userName: user?.name ?? null },
      ...{ channel: channel?.id ?? '', channelName: channel?.name ?? null },
    });
    for (const change of [{ classification, step: 'classified' } as const, ...changes]) {
      time += 400;
      await log.update(requestId, change);
    }
  }

  const decision = { status: 'approved', by: user?.id ?? '', at: iso(time) } as const;
  const announcement = { via: 'channel', channel: channel?.id ?? '', ts: '1700000000.000100' } as const;
  await add('New starter needs a laptop on Monday', filed(40), { announcement, step: 'announced' });
  await add('Move the meeting room screen to the third floor', filed(41), {
    ...{ announcement, step: 'announced', decision, status: 'approved' },
  });
  await add(
    'The badge reader at the north entrance is dead',
    { step: 'creating', sent },
    {
      ...{ step: 'unconfirmed', status: 'failed', attempts: 3 },
      error: {
        code: 'unconfirmed',
        message:
          'Jira did not answer when this ticket was sent, and does not show whether it took it: some issues made since ' +
          'cannot be read. Look into the project, then let it be looked for again, created anyway, or discarded.',
      },
    },
  );
  await add('Order 20 headsets for the support team', {
    ...{ status: 'failed', attempts: 1 },
    error: { code: 'invalid_input', message: 'Jira wants a value for Cost centre, which has no default here.' },
  });
  await add(
    'Mail to the suppliers comes back',
    { step: 'creating', sent },
    {
      ...{ attempts: 2, nextTryAt: iso(Date.now() + 40 * minute) },
      error: { code: 'rate_limited', message: 'Jira asked for a pause, since it was asked too much.' },
    },
  );
  await add('The VPN drops every ten minutes since this morning', filed(43));
  await add('Nobody in the Lisbon office can print');
  await close();
}
