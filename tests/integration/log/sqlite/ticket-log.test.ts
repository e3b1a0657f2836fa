import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../electron/log/sqlite/open-database.ts';
import { createTicketLog, type LogFile, type TicketLogOptions } from '../../../../electron/log/sqlite/ticket-log.ts';
import type { AppError } from '../../../../shared/errors.ts';
import { aFilter, aRequest } from '../../../contract/ticket-log.ts';

let folder: string;
let file: string;
const logs: LogFile[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  file = join(folder, 'data', 'tickets.db');
});
afterEach(async () => {
  for (const log of logs.splice(0)) await log.close();
  rmSync(folder, { recursive: true });
});

async function openLog(options: Partial<TicketLogOptions> = {}) {
  const log = await createTicketLog({ file, ...options });
  logs.push(log);
  return log;
}

/** What another program sees. */
function peek<Row>(sql: string): Row[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<unknown[], Row>(sql).all();
  } finally {
    db.close();
  }
}

/** What another program does. */
function meddle(sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

/** Transactions in the WAL, by its format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
function commitsInWal(): number {
  const wal = readFileSync(`${file}-wal`);
  const frameSize = 24 + wal.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at < wal.length; at += frameSize) if (wal.readUInt32BE(at + 4) > 0) commits += 1;
  return commits;
}

describe('the file', () => {
  it('keeps the tickets over a restart, and goes on numbering them', async () => {
    const first = await openLog();
    const { ticket } = await first.receive(aRequest());
    await first.close();
    const second = await openLog();
    expect(await second.find('r1')).toEqual(ticket);
    expect((await second.receive(aRequest({ requestId: 'r2' }))).ticket.id).toBe(ticket.id + 1);
  });

  it('can be read by others meanwhile, under the documented names', async () => {
    const log = await openLog({ now: () => Date.parse('2025-01-01T00:00:00.000Z') });
    await log.receive(aRequest());
    await log.update('r1', {
      status: 'created',
      issueId: '10001',
      issueKey: 'KAN-1',
      classification: {
        label: 'Feature Request',
        confidence: null,
        probabilities: null,
        source: 'none',
        model: null,
        ms: 1,
      },
    });
    const names =
      'id, slack_user, slack_channel, ticket_id, jira_issue_key, jira_issue_id, llm_result, status, created_at, step';
    expect(peek(`select ${names} from ticket_logs`)).toEqual([
      {
        id: 1,
        slack_user: 'U1',
        slack_channel: 'C1',
        ticket_id: 'KAN-1',
        jira_issue_key: 'KAN-1',
        jira_issue_id: '10001',
        llm_result: 'Feature Request',
        status: 'created',
        created_at: '2025-01-01T00:00:00.000Z',
        step: 'received',
      },
    ]);
  });

  it('says how large it is', async () => {
    const log = await openLog();
    await log.receive(aRequest());
    expect(log.bytes()).toBe(statSync(file).size + statSync(`${file}-wal`).size);
  });

  it('waits for the disk at each commit', () => {
    const db = openDatabase({ file });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    db.close();
  });

  it('keeps everything that was acknowledged when the process is killed', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'receive-forever.ts'), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      acknowledged.push(line);
      if (acknowledged.length === 50) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const log = await openLog();
    for (const requestId of acknowledged) expect(await log.find(requestId)).not.toBeNull();
    expect(peek('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('shares one commit among the requests that arrive together', async () => {
    const log = await openLog();
    await log.receive(aRequest({ requestId: 'first' }));
    const before = commitsInWal();
    await Promise.all(Array.from({ length: 50 }, (_, index) => log.receive(aRequest({ requestId: `r${index}` }))));
    expect(commitsInWal() - before).toBe(1);
    await log.receive(aRequest({ requestId: 'last' }));
    expect(commitsInWal() - before).toBe(2);
  });
});

describe('trouble', () => {
  it('says that the disk is full, keeps what it has, and goes on when there is space again', async () => {
    let db: Database.Database | undefined;
    const log = await openLog({
      open(options) {
        db = openDatabase(options);
        return db;
      },
    });
    await log.receive(aRequest({ requestId: 'before' }));
    db?.pragma('max_page_count = 1');
    const text = 'x'.repeat(100_000);
    const [small, large] = await Promise.allSettled([
      log.receive(aRequest({ requestId: 'small' })),
      log.receive(aRequest({ requestId: 'large', text })),
    ]);
    const full = { code: 'storage_failed', message: expect.stringContaining('the disk is full. Free some space') };
    expect(large).toMatchObject({ status: 'rejected', reason: full });
    // What was said to each must be what is in the file.
    expect((await log.find('small')) !== null).toBe(small.status === 'fulfilled');
    expect(await log.find('large')).toBeNull();
    expect(await log.find('before')).not.toBeNull();
    db?.pragma('max_page_count = 100000');
    expect((await log.receive(aRequest({ requestId: 'large', text }))).outcome).toBe('new');
  });

  it('says that another program holds the file locked, and writes when it lets go', async () => {
    const log = await openLog();
    const other = new Database(file);
    other.exec('begin immediate');
    await expect(log.receive(aRequest())).rejects.toMatchObject({
      code: 'storage_failed',
      message: expect.stringContaining('another program'),
    });
    other.exec('rollback');
    other.close();
    expect((await log.receive(aRequest())).outcome).toBe('new');
  });

  it('refuses a file of a newer program and leaves it as it is', async () => {
    await (await openLog()).close();
    meddle('pragma user_version = 99');
    const before = readFileSync(file);
    await expect(openLog()).rejects.toMatchObject({
      code: 'storage_failed',
      message: expect.stringMatching(/newer version/),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses a file that is no database and leaves it as it is', async () => {
    file = join(folder, 'tickets.db');
    writeFileSync(file, 'not a database, '.repeat(100));
    await expect(openLog()).rejects.toMatchObject({
      code: 'storage_failed',
      message: expect.stringMatching(/damaged/),
    });
    expect(readFileSync(file, 'utf8')).toBe('not a database, '.repeat(100));
  });

  it('says so when the folder cannot be made', async () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    await expect(openLog()).rejects.toMatchObject({ code: 'storage_failed', message: expect.stringContaining(file) });
  });

  it('says so when the given addon is not there', async () => {
    const nativeBinding = join(folder, 'missing.node');
    await expect(openLog({ nativeBinding })).rejects.toMatchObject({ code: 'storage_failed' });
  });

  it('never loads the addon into a runtime that it would crash', () => {
    expect(() => openDatabase({ file }, '9')).toThrow(expect.objectContaining({ code: 'storage_failed' }));
  });

  it('leaves damaged rows out of lists, reports them without their text, and refuses to work on them', async () => {
    const damaged: AppError[] = [];
    const log = await openLog({ onDamagedRow: (error) => damaged.push(error) });
    await log.receive(aRequest({ requestId: 'good' }));
    await log.receive(aRequest({ requestId: 'bad' }));
    meddle(`update ticket_logs set created_at = 'yesterday', text = 'confidential' where request_id = 'bad'`);
    expect((await log.resumable()).map(({ requestId }) => requestId)).toEqual(['good']);
    expect((await log.list({ filter: aFilter(), limit: 10 })).map(({ requestId }) => requestId)).toEqual(['good']);
    expect(damaged.map(({ message }) => message)).toEqual(Array(2).fill(expect.stringMatching(/^Row 2 .*createdAt/)));
    expect(damaged.join()).not.toContain('confidential');
    await expect(log.find('bad')).rejects.toMatchObject({ code: 'storage_failed' });
  });

  it('lets nobody write a status, step or label that does not exist', async () => {
    const log = await openLog();
    await log.receive(aRequest());
    for (const column of ['status', 'step', 'llm_result']) {
      expect(() => meddle(`update ticket_logs set ${column} = 'nonsense'`)).toThrow(/CHECK/);
    }
  });
});
