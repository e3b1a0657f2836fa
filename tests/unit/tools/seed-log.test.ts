import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import { toRow } from '../../../electron/log/sqlite/ticket-rows.ts';
import { labels } from '../../../shared/labels.ts';
import { projectDir } from '../../../tools/paths.ts';
import { seedTickets } from '../../../tools/seed-tickets.ts';
import { aFilter } from '../../contract/ticket-log.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const examples = labels.map((label) => ({ label, text: `An example of ${label}` }));
const now = Date.parse('2026-01-01T00:00:00.000Z');

let folder: string;
beforeEach(() => {
  folder = aTemporaryFolder();
});

function seed(...given: string[]) {
  const { INIT_CWD: _, ...env } = process.env;
  const script = join(projectDir, 'tools', 'seed-log.ts');
  return spawnSync(process.execPath, [script, ...given], { cwd: folder, env, encoding: 'utf8' });
}

it('makes the same tickets each time, all of them valid', () => {
  const make = () => [...seedTickets(500, examples, now)].map(({ ticket }) => toRow(ticket));
  const rows = make();
  expect(rows.length).toBe(500);
  expect(make()).toEqual(rows);
  expect(new Set(rows.map(({ request_id }) => request_id)).size).toBe(500);
});

it('tells what happened in the order in which it happened', () => {
  for (const { ticket, earlier } of seedTickets(2000, examples, now)) {
    const times = [...earlier.map(({ at }) => at), ticket.updatedAt];
    expect(times).toEqual(times.toSorted());
    expect(times.at(-1) ?? '').toMatch(/^20(2[2-5]|26-01-01T00:00:00.000Z)/);
  }
});

it('writes a log with something in every view and nothing left to do', async () => {
  const { status, stdout } = seed('--rows', '2000', '--data', 'data');
  expect(stdout).toMatch(/2000 tickets written/);
  expect(status).toBe(0);
  const log = await createTicketLog({ file: join(folder, 'data', 'tickets.db') });
  const { counts, channels, people } = await log.overview();
  expect(counts.all).toBe(2000);
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
  expect(Math.min(channels.length, people.length)).toBeGreaterThan(30);
  expect(await log.resumable()).toEqual([]);
  const [newest] = await log.list({ filter: aFilter({ view: 'decided' }), limit: 1 });
  const events = await log.events(newest?.requestId ?? '');
  expect(events.at(0)?.step).toBe('received');
  expect(events.at(-1)?.step).toBe('done');
  await log.close();
});

it('leaves a log that has tickets alone, unless told to add to it', async () => {
  expect(seed('--rows', '5', '--data', 'data').status).toBe(0);
  const refused = seed('--rows', '5', '--data', 'data');
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('--force-append') });
  expect(seed('--rows', '7', '--data', 'data', '--force-append').stdout).toMatch(/7 tickets added/);
  const log = await createTicketLog({ file: join(folder, 'data', 'tickets.db') });
  expect((await log.overview()).counts.all).toBe(12);
  await log.close();
});

it('says how it is called where it is called wrong', () => {
  for (const given of [
    [],
    ['--rows', '5'],
    ['--rows', 'many', '--data', 'x'],
    ['--rows', '5', '--data', 'x', '--help'],
  ]) {
    expect(seed(...given)).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') });
  }
});
