import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { migrations, schemaAfter } from '../../../electron/log/sqlite/migrations.ts';
import { aRequest } from '../../contract/ticket-log.ts';
import { aLogFolder, fill, isSound } from './a-log-file.ts';

const start = Date.parse('2026-03-02T08:15:00.000Z');
const hour = 60 * 60_000;
const day = 24 * hour;

/** What a file holds, as any program would read it. */
function rowsIn(file: string): string[] {
  const db = new Database(file, { readonly: true });
  try {
    return db
      .prepare<[], { request_id: string }>('select request_id from ticket_logs order by id')
      .all()
      .map((row) => row.request_id);
  } finally {
    db.close();
  }
}

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);

describe('the daily backup', () => {
  it('is made at the start where the last one is a day old, for this person’s eyes alone', async () => {
    const { open, backupFolder } = aLogFolder();
    let now = start;
    const { log, backups } = await open({ now: () => now });
    await log.receive(aRequest({ requestId: 'first' }));
    expect(backups.state()).toEqual({ at: null, message: null });
    backups.start();
    await vi.waitFor(() => expect(namesIn(backupFolder)).toEqual(['tickets-2026-03-02T08-15-00-000Z.db']));
    await log.close();
    const [name = ''] = namesIn(backupFolder);
    expect(statSync(join(backupFolder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(backupFolder).mode & 0o777).toBe(0o700);
    expect(rowsIn(join(backupFolder, name))).toEqual(['first']);
    // Reading it left nothing beside it.
    expect(namesIn(backupFolder)).toHaveLength(1);

    now += day - 1;
    const onBackup = vi.fn();
    const second = await open({ now: () => now });
    second.backups.start();
    await second.log.close();
    expect(namesIn(backupFolder)).toHaveLength(1);
    now += 1;
    const third = await open({ now: () => now });
    third.backups.start(onBackup);
    await vi.waitFor(() => expect(onBackup).toHaveBeenCalledOnce());
    expect(third.backups.state()).toEqual({ at: new Date(start + day).toISOString(), message: null });
    expect(namesIn(backupFolder)).toHaveLength(2);
  });

  it('has what is written while it is made, and lets it be written', async () => {
    const { open } = aLogFolder();
    const { log, backUp } = await open();
    await fill(log, 300);
    const backup = backUp();
    let during = 0;
    const writing = (async () => {
      for (; during < 20; during += 1) await log.receive(aRequest({ requestId: `during${during}` }));
    })();
    const { file } = await backup;
    const duringBackup = during;
    await writing;
    expect(isSound(file)).toBe(true);
    expect(duringBackup).toBeGreaterThan(0);
    expect(rowsIn(file)).toContain('during0');
  });

  it('goes after seven days, and with it the words that were deleted meanwhile', async () => {
    const { open, backupFolder, folder } = aLogFolder();
    let now = start;
    const first = await open({ now: () => now });
    await first.log.receive(aRequest({ text: 'a word to forget' }));
    await first.backUp();
    await first.log.prune({ textsBefore: null, ticketsBefore: null });
    await first.log.update('r1', { status: 'failed', step: 'done' });
    await first.log.prune({ textsBefore: '2100-01-01T00:00:00.000Z', ticketsBefore: null });
    await first.log.close();
    const isAnywhere = () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
        (name) =>
          statSync(join(folder, name)).isFile() && readFileSync(join(folder, name)).includes('a word to forget'),
      );
    expect(isAnywhere()).toBe(true);
    now += 7 * day + 1;
    const second = await open({ now: () => now });
    second.backups.start();
    await vi.waitFor(() => expect(namesIn(backupFolder)).toEqual(['tickets-2026-03-09T08-15-00-001Z.db']));
    expect(isAnywhere()).toBe(false);
  });

  it('that cannot be made is reported with the reason, again until it can be, and stops nothing else', async () => {
    const { open, folder, backupFolder, errors } = aLogFolder();
    writeFileSync(join(folder, 'backups'), 'a file where the folder should be');
    const onBackup = vi.fn();
    const { log, backups } = await open();
    backups.start(onBackup);
    await vi.waitFor(() => expect(onBackup).toHaveBeenCalledOnce());
    expect(backups.state()).toEqual({ at: null, message: expect.stringContaining('cannot be written to') });
    expect(errors).toEqual([expect.objectContaining({ code: 'storage_failed' })]);
    expect((await log.receive(aRequest())).outcome).toBe('new');
    rmSync(backupFolder);
    backups.start(onBackup);
    await vi.waitFor(() => expect(onBackup).toHaveBeenCalledTimes(2));
    expect(backups.state().message).toBeNull();
  });

  it('is never what fills the disk', async () => {
    const { open, backupFolder } = aLogFolder();
    const { backUp } = await open({ freeBytes: async () => 50e6 });
    await expect(backUp()).rejects.toMatchObject({
      code: 'storage_failed',
      message: expect.stringContaining('too little room'),
    });
    expect(namesIn(backupFolder)).toEqual([]);
  });

  it('is given up when the program quits, and what a crash left of one is removed', async () => {
    const { open, backupFolder, errors } = aLogFolder();
    mkdirSync(backupFolder);
    writeFileSync(join(backupFolder, 'tickets-2026-03-02T08-15-00-000Z.db.partial'), 'half');
    const { log, backups } = await open();
    await fill(log, 300);
    backups.start();
    await log.close();
    expect(namesIn(backupFolder).filter((name) => name.includes('partial'))).toEqual([]);
    expect(errors).toEqual([]);
  });
});

describe('before the schema changes', () => {
  const next = [...migrations, 'alter table ticket_logs add column extra text'];

  async function aLogOfToday() {
    const today = aLogFolder();
    const { log } = await today.open();
    await log.receive(aRequest({ requestId: 'old' }));
    await log.close();
    return today;
  }

  it('the log is backed up as it is', async () => {
    const { open, backupFolder, file } = await aLogOfToday();
    await (await open({ migrations: next })).log.close();
    const [name = '', ...others] = namesIn(backupFolder);
    expect(others).toEqual([]);
    const versionOf = (path: string) => new Database(path, { readonly: true }).pragma('user_version', { simple: true });
    expect(versionOf(join(backupFolder, name))).toBe(schemaAfter(migrations));
    expect(versionOf(file)).toBe(schemaAfter(next));
    expect(rowsIn(join(backupFolder, name))).toEqual(['old']);
  });

  it('a backup that cannot be made is reported, and the log opens all the same', async () => {
    const { open, errors } = await aLogOfToday();
    const { log } = await open({ freeBytes: async () => 0, migrations: next });
    expect(await log.find('old')).not.toBeNull();
    expect(errors).toEqual([expect.objectContaining({ code: 'storage_failed' })]);
  });
});
