import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { listBackups } from './backups.ts';
import {
  type Carried,
  carryFromBackup,
  carryFromPages,
  completeEvents,
  distrustRows,
  type Target,
  ticketDefaults,
} from './carry-over.ts';
import { openPages } from './database-pages.ts';
import { isWhole } from './file-check.ts';
import { latestSchema, migrate } from './migrations.ts';
import { connect, type DatabaseOptions } from './open-database.ts';

const recoverySchema = z.object({
  /** When; ISO 8601. */
  at: z.iso.datetime(),
  /** The damaged file as it lies there now; absolute path. */
  keptAs: z.string(),
  /** What a person must know: what was carried over, from where, what may be missing. */
  message: z.string(),
});
/** A damaged log was set aside, and a new one was filled with what could be read. */
export type Recovery = z.infer<typeof recoverySchema>;

export interface RecoveryOptions extends DatabaseOptions {
  backupFolder: string;
  now: number;
  /** The write-ahead log was lost: what the file says may be older than what was done. */
  isStale: boolean;
}

/**
 * Fills a new file with the readable rows of the damaged one, and with what only the newest good backup has; then
 * keeps the damaged one under another name. A crash at any moment leaves what the next start goes on from. Throws
 * `storage_failed`, for instance where the disk has no room for the new file; nothing has changed then.
 */
export function recover(options: RecoveryOptions): void {
  const { file, now } = options;
  const building = `${file}.rebuilding`;
  removeDatabase(building);
  const outcome = rebuild(options, building);
  const at = new Date(now).toISOString();
  const keptAs = `${file}.damaged-${at.replace(/[:.]/g, '-')}`;
  writeFileSync(noteOf(file), JSON.stringify({ at, keptAs, message: messageOf(outcome, keptAs) }), { mode: 0o600 });
  renameSync(building, rebuiltOf(file));
  finishRecovery(file, now);
}

/** Puts a rebuilt file in the damaged one's place, which a crash may have kept from being done. */
export function finishRecovery(file: string, now: number): void {
  if (!existsSync(rebuiltOf(file))) return;
  const keptAs = readRecovery(file)?.keptAs ?? `${file}.damaged-${now}`;
  for (const end of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${keptAs}${end}`);
  }
  renameSync(rebuiltOf(file), file);
}

/** The last recovery; null where there was none, and once a person has removed the damaged file. */
export function currentRecovery(file: string): Recovery | null {
  const recovery = readRecovery(file);
  return recovery !== null && ['', '-wal'].some((end) => existsSync(`${recovery.keptAs}${end}`)) ? recovery : null;
}

function readRecovery(file: string): Recovery | null {
  try {
    return recoverySchema.parse(JSON.parse(readFileSync(noteOf(file), 'utf8')));
  } catch {
    return null;
  }
}

interface Outcome {
  fromFile: number;
  fromBackup: number;
  /** The backup that was used; milliseconds since 1970, null where there is no good one. */
  backupAt: number | null;
  /** At most. */
  missing: number;
}

function rebuild(options: RecoveryOptions, building: string): Outcome {
  const { file, nativeBinding, now, isStale, backupFolder } = options;
  const at = new Date(now).toISOString();
  const pages = openPages(file);
  const db = connect({ file: building, nativeBinding });
  try {
    // Where the file does not say, its rows are taken for those of the newest schema.
    const schema = pages.schemaVersion || latestSchema;
    migrate(db, schema);
    // Rows come in any order; what is being written fits in memory, so that no page goes to the disk twice.
    db.pragma('cache_size = -200000');
    const target: Target = { db, defaults: defaultsOfNewest(nativeBinding) };
    const backupAt = attachNewestBackup(db, { backupFolder, nativeBinding, schema, copy: `${building}-backup` });
    return db.transaction(() => {
      const { tickets: fromFile, numbers } = carryFromPages(pages, target);
      if (isStale) distrustRows(db, at);
      const fromBackup = backupAt === null ? 0 : carryFromBackup(db, at);
      completeEvents(db);
      return { fromFile, fromBackup, backupAt, missing: closeNumbers(db, numbers) };
    })();
  } finally {
    db.close();
    pages.close();
    removeDatabase(`${building}-backup`);
  }
}

/** Attaches a copy of the newest good backup, brought to this schema, as `backup`; gives when it was made. */
function attachNewestBackup(
  db: Database.Database,
  given: { backupFolder: string; nativeBinding: string | undefined; schema: number; copy: string },
): number | null {
  const { backupFolder, nativeBinding, schema, copy } = given;
  for (const { file, at } of listBackups(backupFolder)) {
    removeDatabase(copy);
    copyFileSync(file, copy);
    if (!isWhole({ file: copy, nativeBinding }) || !isAtSchema({ file: copy, nativeBinding }, schema)) continue;
    db.prepare('attach ? as backup').run(copy);
    return at;
  }
  return null;
}

/** False for a newer file, and for one that cannot be brought there. */
function isAtSchema(options: DatabaseOptions, schema: number): boolean {
  const db = connect(options);
  try {
    migrate(db, schema);
    return Number(db.pragma('user_version', { simple: true })) === schema;
  } catch {
    return false;
  } finally {
    db.close();
  }
}

function defaultsOfNewest(nativeBinding: string | undefined): Target['defaults'] {
  const newest = new Database(':memory:', nativeBinding ? { nativeBinding } : {});
  try {
    migrate(newest);
    return ticketDefaults(newest);
  } finally {
    newest.close();
  }
}

/** Sees that no number is given twice; gives how many between the first and the last have no ticket. */
function closeNumbers(db: Database.Database, seen: Carried['numbers']): number {
  const carried = db
    .prepare<[], { first: number | null; last: number | null; count: number }>(
      'select min(id) as first, max(id) as last, count(*) as count from ticket_logs',
    )
    .get();
  const last = Math.max(carried?.last ?? 0, seen?.last ?? 0);
  const first = Math.min(carried?.first ?? last + 1, seen?.first ?? last + 1);
  db.exec(`delete from main.sqlite_sequence where name = 'ticket_logs'`);
  // Numbers come from JavaScript as reals, and SQLite goes on from a whole number only.
  db.prepare(`insert into main.sqlite_sequence (name, seq) values ('ticket_logs', cast(? as integer))`).run(last);
  return last - first + 1 - (carried?.count ?? 0);
}

function messageOf({ fromFile, fromBackup, backupAt, missing }: Outcome, keptAs: string): string {
  const made = backupAt === null ? '' : ` of ${new Date(backupAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const sentences = [
    'The ticket log was damaged, so a new one was made.',
    `${ticketWords(fromFile)} could be read from the damaged file and ${fromFile === 1 ? 'was' : 'were'} carried over.`,
    backupAt === null
      ? 'There was no good backup to take more from.'
      : fromBackup > 0 && `${ticketWords(fromBackup)} more came from the backup${made}, as they were then.`,
    missing > 0 &&
      `Up to ${ticketWords(missing)} may be missing: “Load the rest from Jira” on the page Tickets brings back those that have an issue; others must be sent again.`,
    `The damaged file is kept as ${keptAs}. It holds what people typed: delete it when nobody needs it any more.`,
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}

function ticketWords(count: number): string {
  return count === 1 ? '1 ticket' : `${count} tickets`;
}

function removeDatabase(file: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}

const rebuiltOf = (file: string) => `${file}.rebuilt`;
const noteOf = (file: string) => join(dirname(file), 'recovery.json');
