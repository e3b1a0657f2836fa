import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAtLastRun, noteCleanEnd } from '../../../../electron/log/rescue/file-check.ts';
import { migrations, schemaAfter } from '../../../../electron/log/sqlite/migrations.ts';
import { aFilter, aRequest, classification } from '../../../contract/ticket-log.ts';
import { aLogFolder, crashOf, fill, isSound, type LogFolder, ticketsIn } from '../a-log-file.ts';

/** A folder whose program was killed while it held so many tickets; there is a backup of the first so many. */
async function aCrash(count: number, inBackup = 0): Promise<LogFolder> {
  const running = aLogFolder();
  const first = await running.open();
  await fill(first.log, inBackup);
  if (inBackup > 0) await first.backUp();
  await fill(first.log, count - inBackup, inBackup);
  return crashOf(running);
}

/** Merges the write-ahead log into the file, as closing does. */
function settle({ file }: LogFolder): void {
  const db = new Database(file);
  db.pragma('wal_checkpoint(truncate)');
  db.close();
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

const garbage = (length: number) => Buffer.alloc(length, 'garbage!');
const sizeOf = (file: string) => statSync(file).size;

/** Every file in a folder and what is in it. */
function contentsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}

describe('a damaged log', () => {
  it('whose first page is garbage keeps every ticket and its history, and goes on numbering them', async () => {
    const crash = await aCrash(40);
    settle(crash);
    overwrite(crash.file, 0, garbage(4096));
    const { log, recovery } = await crash.open();
    const tickets = await ticketsIn(log);
    expect(tickets.size).toBe(40);
    expect(tickets.get('r7')).toMatchObject({ id: 8, status: 'created', step: 'announced', issueKey: 'KAN-8' });
    expect((await log.events('r7')).map(({ step }) => step)).toEqual(['received', 'classified', 'announced']);
    expect((await log.page({ filter: aFilter({ search: 'KAN-8' }), offset: 0, limit: 9 })).total).toBe(1);
    expect((await log.receive(aRequest({ requestId: 'next' }))).ticket.id).toBe(41);
    expect(recovery?.message).toContain('40 tickets could be read from the damaged file and were carried over.');
    expect(recovery?.message).not.toContain('missing');
    expect(isSound(crash.file)).toBe(true);
  });

  it('is kept byte for byte, with its write-ahead log, and named in what people are told', async () => {
    const crash = await aCrash(40);
    truncateSync(crash.file, 20_000);
    const [file, wal] = [readFileSync(crash.file), readFileSync(`${crash.file}-wal`)];
    const { recovery, knownRecovery } = await crash.open();
    const keptAs = recovery?.keptAs ?? '';
    expect(keptAs.startsWith(`${crash.file}.damaged-`)).toBe(true);
    expect(readFileSync(keptAs).equals(file)).toBe(true);
    expect(readFileSync(`${keptAs}-wal`).equals(wal)).toBe(true);
    expect(recovery?.message).toContain(keptAs);
    expect(knownRecovery()).toEqual(recovery);
  });

  it('tells of it after later starts too, until a person has removed the damaged file', async () => {
    const crash = await aCrash(3);
    settle(crash);
    overwrite(crash.file, 0, garbage(200));
    const first = await crash.open();
    await first.log.close();
    const second = await crash.open();
    // Nobody was told yet.
    expect(second.recovery).toEqual(first.recovery);
    second.recoveryTold();
    await second.log.close();
    expect((await crash.open()).recovery).toBeNull();
    expect(second.knownRecovery()).toEqual(first.recovery);
    rmSync(first.recovery?.keptAs ?? '');
    expect(second.knownRecovery()).toBeNull();
  });

  it('cut short says how many tickets may be missing', async () => {
    const crash = await aCrash(60);
    settle(crash);
    truncateSync(crash.file, Math.floor(sizeOf(crash.file) * 0.6));
    const { log, recovery } = await crash.open();
    const carried = (await ticketsIn(log)).size;
    expect(carried).toBeGreaterThan(0);
    expect(carried).toBeLessThan(60);
    expect(recovery?.message).toContain(`Up to ${60 - carried} tickets may be missing`);
    expect((await log.receive(aRequest({ requestId: 'next' }))).ticket.id).toBe(61);
  });

  it.each<[string, (file: string) => void]>([
    ['cut to nothing', (file) => truncateSync(file, 0)],
    ['cut within its header', (file) => truncateSync(file, 60)],
    ['cut to half', (file) => truncateSync(file, sizeOf(file) / 2)],
    ['overwritten with text', (file) => writeFileSync(file, 'not a database, '.repeat(10_000))],
    ['gone while its write-ahead log is there', (file) => rmSync(file)],
    ['damaged in the middle', (file) => overwrite(file, Math.floor(sizeOf(file) / 8192) * 4096, garbage(4096 * 8))],
  ])('%s takes from the newest good backup what cannot be read', async (_, damage) => {
    const crash = await aCrash(40, 40);
    damage(crash.file);
    const { log, recovery } = await crash.open();
    expect([...(await ticketsIn(log)).keys()].sort()).toEqual(Array.from({ length: 40 }, (_, n) => `r${n}`).sort());
    expect((await log.events('r3')).map(({ step }) => step)).toEqual(['received', 'classified', 'announced']);
    expect(recovery).not.toBeNull();
    expect(recovery?.message).not.toContain('missing');
    expect(isSound(crash.file)).toBe(true);
  });

  it('takes nothing from a backup that is newer in the file, and passes over a backup that is damaged itself', async () => {
    const running = aLogFolder();
    const { log, backUp } = await running.open();
    await log.receive(aRequest({ requestId: 'early' }));
    await backUp();
    await log.update('early', { status: 'created', step: 'created', issueId: '1', issueKey: 'KAN-1' });
    await log.receive(aRequest({ requestId: 'late' }));
    const broken = await backUp();
    const crash = crashOf(running);
    writeFileSync(join(crash.backupFolder, broken.file.slice(running.backupFolder.length)), garbage(9000));
    settle(crash);
    overwrite(crash.file, 0, garbage(100));
    const tickets = await ticketsIn((await crash.open()).log);
    expect(tickets.get('early')).toMatchObject({ status: 'created', issueKey: 'KAN-1' });
    expect(tickets.get('late')).toMatchObject({ status: 'received' });
  });

  it('has tickets of a backup looked for in Jira before they are created, since that may have happened meanwhile', async () => {
    const running = aLogFolder();
    const { log, backUp } = await running.open();
    await log.receive(aRequest({ requestId: 'received' }));
    await log.receive(aRequest({ requestId: 'classified' }));
    await log.update('classified', { step: 'classified', classification });
    await log.receive(aRequest({ requestId: 'stopped' }));
    const error = { code: 'forbidden', message: 'No.' } as const;
    await log.update('stopped', { status: 'failed', error });
    await log.receive(aRequest({ requestId: 'discarded' }));
    await log.update('discarded', { status: 'failed', step: 'done', error });
    await fill(log, 1);
    await backUp();
    const crash = crashOf(running);
    for (const end of ['', '-wal']) writeFileSync(`${crash.file}${end}`, garbage(8192));
    const tickets = await ticketsIn((await crash.open()).log);
    const steps = [...tickets.values()].map(({ requestId, step, status }) => `${requestId} ${step} ${status}`);
    expect(steps.sort()).toEqual([
      'classified creating received',
      'discarded done failed',
      'r0 announced created',
      'received creating received',
      'stopped creating failed',
    ]);
  });

  it('goes on with tickets of the file as they were where its write-ahead log is there', async () => {
    const running = aLogFolder();
    const { log } = await running.open();
    await log.receive(aRequest({ requestId: 'just acknowledged' }));
    const crash = crashOf(running);
    truncateSync(crash.file, sizeOf(crash.file) - 4096);
    overwrite(crash.file, 0, garbage(4096));
    const opened = await crash.open();
    expect((await opened.log.find('just acknowledged'))?.step).toBe('received');
  });

  it('does not bring back words that were deleted', async () => {
    const running = aLogFolder();
    const { log } = await running.open();
    await fill(log, 20);
    await log.prune({ textsBefore: '2100-01-01T00:00:00.000Z', ticketsBefore: null });
    const crash = crashOf(running);
    settle(crash);
    overwrite(crash.file, 0, garbage(4096));
    await (await crash.open()).log.close();
    expect(readFileSync(crash.file).includes('the VPN is down again')).toBe(false);
  });

  it('of an earlier schema is carried over and brought up to date', async () => {
    const crash = await aCrash(3);
    settle(crash);
    overwrite(crash.file, 0, garbage(200));
    await (await crash.open()).log.close();
    overwrite(crash.file, sizeOf(crash.file) - 4096, garbage(4096));
    const next = "alter table ticket_logs add column extra text not null default 'none'";
    const { log, recovery } = await crash.open({ migrations: [...migrations, next] });
    expect(recovery?.cause).toBe('damage');
    expect((await log.overview()).counts.all).toBe(3);
    expect(new Database(crash.file, { readonly: true }).prepare('select extra from ticket_logs').pluck().all()).toEqual(
      Array(3).fill('none'),
    );
  });

  it('opens after any loss of pages, and never with a ticket that was not', async () => {
    const crash = await aCrash(30, 10);
    const before = await ticketsIn((await crashOf(crash).open()).log);
    const pages = sizeOf(crash.file) / 4096;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(pages * 8 - 1), fc.constantFrom(512, 4096, 20_000)), { minLength: 1, maxLength: 8 }),
        fc.option(fc.nat(sizeOf(crash.file))),
        fc.boolean(),
        async (losses, length, isWalThere) => {
          const damaged = crashOf(crash);
          for (const [sector, bytes] of losses) overwrite(damaged.file, sector * 512, Buffer.alloc(bytes));
          if (length !== null) truncateSync(damaged.file, length);
          if (!isWalThere) rmSync(`${damaged.file}-wal`);
          const { log, recovery } = await damaged.open();
          const after = await ticketsIn(log);
          await log.close();
          expect(isSound(damaged.file)).toBe(true);
          // Without the write-ahead log the newest ones may be lost, and the others older.
          if (isWalThere) for (const [id, ticket] of after) expect(ticket).toEqual(before.get(id));
          for (const id of after.keys()) expect(before.has(id)).toBe(true);
          // A loss in unused bytes is none: the file is as sound as before, and what only its write-ahead log had is lost.
          if (recovery !== null) for (let n = 0; n < 10; n += 1) expect(after.has(`r${n}`)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    ['before anything was moved', []],
    ['after the file was moved', ['']],
    ['after the file and its write-ahead log were moved', ['', '-wal']],
  ])('is put right after a second crash %s', async (_, moved) => {
    const crash = await aCrash(20);
    overwrite(crash.file, 0, garbage(4096));
    truncateSync(crash.file, 20_000);
    const { log, recovery } = await crash.open();
    const carried = (await ticketsIn(log)).size;
    await log.close();
    const keptAs = recovery?.keptAs ?? '';
    // Back to that moment.
    renameSync(crash.file, `${crash.file}.rebuilt`);
    rmSync(`${crash.file}-closed`);
    for (const end of ['', '-wal']) if (!moved.includes(end)) renameSync(`${keptAs}${end}`, `${crash.file}${end}`);
    const again = await crash.open();
    expect((await ticketsIn(again.log)).size).toBe(carried);
    expect(again.knownRecovery()).toEqual(recovery);
    expect(existsSync(`${keptAs}-wal`)).toBe(true);
    expect(readdirSync(crash.folder).filter((name) => name.includes('rebuil'))).toEqual([]);
  });

  it('while the program runs says so, and is healed at the next start', async () => {
    const running = aLogFolder();
    const { log } = await running.open();
    await fill(log, 40);
    const crash = crashOf(running);
    settle(crash);
    const opened = await crash.open();
    // Nothing of it is in SQLite's cache yet.
    overwrite(crash.file, 4096, garbage(sizeOf(crash.file) - 8192));
    await expect(opened.log.receive(aRequest({ requestId: 'new' }))).rejects.toMatchObject({
      code: 'storage_failed',
      message: expect.stringContaining('Restart the program: it keeps the damaged file'),
    });
    await opened.log.close();
    expect(lookAtLastRun(crash.file, { hasBackups: false }).isStale).toBe(false);
    const healed = await crash.open();
    expect(healed.recovery).not.toBeNull();
    expect((await healed.log.receive(aRequest({ requestId: 'new' }))).outcome).toBe('new');
  });
});

describe('a log that was never damaged', () => {
  it('is not taken for a damaged one, neither new nor after a clean end nor after a crash', async () => {
    const running = aLogFolder();
    const first = await running.open();
    expect(first.recovery).toBeNull();
    await fill(first.log, 5);
    expect((await crashOf(running).open()).recovery).toBeNull();
    await first.log.close();
    expect((await running.open()).recovery).toBeNull();
    expect(readdirSync(running.folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('is not replaced while another program holds it locked', async () => {
    const { open, file, folder } = aLogFolder();
    await (await open()).log.close();
    rmSync(`${file}-closed`);
    const other = new Database(file);
    other.pragma('locking_mode = exclusive');
    other.exec('begin exclusive; update ticket_logs set attempts = 0');
    await expect(open()).rejects.toMatchObject({ code: 'storage_failed', message: expect.stringContaining('locked') });
    other.exec('rollback');
    other.close();
    expect((await open()).recovery).toBeNull();
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('whose write-ahead log was lost has tickets looked for in Jira before they are created', async () => {
    const running = aLogFolder();
    const { log } = await running.open();
    await log.receive(aRequest());
    const crash = crashOf(running);
    settle(crash);
    const opened = await crash.open();
    expect(opened.recovery).toBeNull();
    expect((await opened.log.find('r1'))?.step).toBe('creating');
  });

  it('goes on with its tickets as they were after a start that another program kept from opening it', async () => {
    const { open, file } = aLogFolder();
    const { log } = await open();
    await log.receive(aRequest());
    await log.close();
    const other = new Database(file);
    other.pragma('locking_mode = exclusive');
    other.exec('begin exclusive');
    await expect(open()).rejects.toMatchObject({ code: 'storage_failed' });
    other.exec('rollback');
    other.close();
    expect((await (await open()).log.find('r1'))?.step).toBe('received');
  });

  it('goes on with its tickets as they were after a crash and a start that merged the write-ahead log and failed', async () => {
    const running = aLogFolder();
    const { log } = await running.open();
    await log.receive(aRequest());
    const crash = crashOf(running);
    const other = new Database(crash.file);
    const broken = [...migrations, 'alter table no_such_table add column extra'];
    await expect(crash.open({ migrations: broken })).rejects.toMatchObject({ code: 'storage_failed' });
    other.close();
    expect(existsSync(`${crash.file}-wal`)).toBe(false);
    expect((await (await crash.open()).log.find('r1'))?.step).toBe('received');
  });

  it('of a newer program is refused, and not one byte changes, nor does a file appear', async () => {
    const running = aLogFolder();
    const { log } = await running.open();
    await fill(log, 3);
    await log.close();
    const newer = new Database(running.file);
    newer.pragma(`user_version = ${schemaAfter(migrations) + 1}`);
    newer.exec(`insert into ticket_events (log_id, at, step, status) values (1, 'now', 'new', 'new')`);
    const crash = crashOf(running);
    newer.close();
    for (const folder of [running, crash]) {
      const before = contentsOf(folder.folder);
      await expect(folder.open()).rejects.toMatchObject({
        code: 'storage_failed',
        message: expect.stringMatching(/newer version/),
      });
      expect(contentsOf(folder.folder)).toEqual(before);
    }
    expect(sizeOf(`${crash.file}-wal`)).toBeGreaterThan(0);
  });
});

describe('a large log', () => {
  it('is read through after an unclean end or a change from outside, but not after a clean end', () => {
    const { file } = aLogFolder();
    const look = () => lookAtLastRun(file, { hasBackups: false });
    writeFileSync(file, '');
    truncateSync(file, 100e6);
    expect(look().needsCheck).toBe(true);
    noteCleanEnd(file);
    expect(look()).toEqual({ needsCheck: false, isStale: false, isEmptied: false });
    writeFileSync(`${file}-wal`, 'something');
    expect(look().needsCheck).toBe(true);
    rmSync(`${file}-wal`);
    utimesSync(file, 1, 1);
    expect(look().needsCheck).toBe(true);
  });
});
