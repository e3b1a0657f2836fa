import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTicketLog, type LogFile } from '../../../../electron/log/sqlite/ticket-log.ts';
import { aRequest } from '../../../contract/ticket-log.ts';

let folder: string;
let file: string;
const logs: LogFile[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  file = join(folder, 'tickets.db');
});
afterEach(async () => {
  for (const log of logs.splice(0)) await log.close();
  rmSync(folder, { recursive: true });
});

async function openLog(now: () => number = Date.now): Promise<LogFile> {
  const log = await createTicketLog({ file, now });
  logs.push(log);
  return log;
}

/** Throws where the search is not in step with the rows. */
function checkFile(): void {
  const db = new Database(file);
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  db.exec("insert into ticket_search (ticket_search, rank) values ('integrity-check', 1)");
  db.close();
}

it('leaves no word in the file of what was pruned or changed', async () => {
  let time = Date.parse('2025-01-01T00:00:00.000Z');
  const log = await openLog(() => time);
  const finished = { status: 'approved', step: 'done' } as const;
  for (let index = 0; index < 30; index += 1) {
    const requestId = `r${index}`;
    await log.receive(aRequest({ requestId, text: `xylophone${index} and ${'long '.repeat(2000)}`, summary: 'a' }));
    await log.update(requestId, { ...finished, issueKey: `KAN-${index}` });
  }
  await log.receive(aRequest({ requestId: 'row', text: 'b', summary: 'quagmire in the title' }));
  await log.receive(aRequest({ requestId: 'kept', text: 'marzipan', summary: 'jabberwocky' }));
  await log.update('kept', { summary: 'c' });
  const now = time;
  time += 1000;
  const textsBefore = new Date(now + 1).toISOString();
  await log.update('row', finished);
  expect(await log.prune({ textsBefore, ticketsBefore: null })).toBe(31);
  expect(await log.prune({ textsBefore: null, ticketsBefore: textsBefore })).toBe(31);
  await log.close();
  checkFile();
  const bytes = readFileSync(file).toString('latin1');
  expect(bytes).toContain('marzipan');
  for (const word of ['xylophone', 'quagmire', 'jabberwocky']) expect(bytes).not.toContain(word);
});

it('leaves no word in the files while they are open', async () => {
  let time = Date.parse('2025-01-01T00:00:00.000Z');
  const log = await openLog(() => time);
  await log.receive(aRequest({ text: 'xylophone\nand more', summary: 'xylophone' }));
  const error = { code: 'invalid_input', message: 'Jira refuses "xylophone".' } as const;
  await log.update('r1', { error, status: 'failed', attempts: 1 });
  await log.update('r1', { step: 'done' });
  const bytes = () => [file, `${file}-wal`].map((path) => readFileSync(path).toString('latin1')).join();
  expect(bytes()).toContain('xylophone');
  time += 1000;
  await log.prune({ textsBefore: new Date(time).toISOString(), ticketsBefore: null });
  expect(bytes()).not.toContain('xylophone');
  expect(await log.find('r1')).toMatchObject({ summary: '(text removed)', createdAt: '2025-01-01T00:00:00.000Z' });
});

it('stops forgetting when it is told to, and says how much it forgot', async () => {
  let time = Date.parse('2025-01-01T00:00:00.000Z');
  const log = await openLog(() => time);
  for (let index = 0; index < 20; index += 1) {
    await log.receive(aRequest({ requestId: `r${index}` }));
    await log.update(`r${index}`, { status: 'rejected', step: 'done' });
  }
  time += 1000;
  const limit = new Date(time).toISOString();
  const stop = new AbortController();
  const pruning = log.prune({ textsBefore: null, ticketsBefore: limit }, stop.signal);
  // Shares the first of its small transactions.
  await log.receive(aRequest({ requestId: 'new' }));
  stop.abort();
  const removed = await pruning;
  expect(removed).toBeGreaterThan(0);
  expect(removed).toBeLessThan(20);
  expect((await log.overview()).counts.all).toBe(21 - removed);
});

it('forgets words while other requests go on', async () => {
  let time = Date.parse('2025-01-01T00:00:00.000Z');
  const log = await openLog(() => time);
  const requests = Array.from({ length: 60 }, (_, index) => `old ${index}`);
  for (const requestId of requests) {
    await log.receive(aRequest({ requestId }));
    await log.update(requestId, { status: 'rejected', step: 'done' });
  }
  time += 1000;
  const order: string[] = [];
  const limit = new Date(time).toISOString();
  const pruning = log.prune({ textsBefore: limit, ticketsBefore: null }).then(() => order.push('pruned'));
  await log.receive(aRequest({ requestId: 'new' })).then(() => order.push('received'));
  await pruning;
  expect(order).toEqual(['received', 'pruned']);
});
