import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { migrate, migrations, schemaAfter, stepsTo } from '../sqlite/migrations.ts';
import { connect, type DatabaseOptions } from '../sqlite/open-database.ts';
import { type Carried, carryOver, completeEvents, distrustRows, type Target, ticketDefaults } from './carry-over.ts';
import { openPages } from './database-pages.ts';
import { isWhole } from './file-check.ts';

const recoverySchema = z.object({
  /** Moment; ISO 8601. */
  at: z.iso.datetime(),
  /** Cause: the file was damaged, or of before the first release. */
  cause: z.enum(['damage', 'old_form']),
  /** The former file as it lies there now; absolute path. */
  keptAs: z.string(),
  /** Sentences for a person: what was carried over, from where, what may be missing. */
  message: z.string(),
});
/** Account of a log that was set aside for a new one, filled with what could be read. */
export type Recovery = z.infer<typeof recoverySchema>;

/** What is noted beside the file. */
const noteSchema = z.object({ ...recoverySchema.shape, isTold: z.boolean() });

interface Backup {
  /** Absolute path. */
  file: string;
  at: number;
}

export interface RecoveryOptions extends DatabaseOptions {
  cause: Recovery['cause'];
  /** Backups of the file, newest first; `at` in milliseconds since 1970. */
  backups: readonly Backup[];
  now: number;
  /** Whether the write-ahead log was lost: what the file says may be older than what was done. */
  isStale: boolean;
  /** Throws where the file is not this program's any more; called before anything of it is replaced, which may be minutes later. */
  demandWritable?: () => void;
}

/**
 * Fills a new file with the readable rows of the former one, and with what only the newest good backup has; then
 * keeps the former one under another name. A crash at any moment leaves what the next start goes on from. Throws
 * `storage_failed`, for instance where the disk has no room for the new file; nothing has changed then.
 */
export function recover(options: RecoveryOptions): void {
  const { file, cause, now } = options;
  const building = `${file}.rebuilding`;
  removeDatabase(building);
  const outcome = rebuild(options, building);
  const at = new Date(now).toISOString();
  const keptAs = keptName(file, cause, at);
  options.demandWritable?.();
  writeNote(file, { at, cause, keptAs, message: messageOf(outcome, cause, keptAs), isTold: false });
  renameSync(building, rebuiltOf(file));
  finishRecovery(file, now);
}

/**
 * Name of the former file: `tickets.db.damaged-2026-03-02T08-15-00-000Z`, or `tickets.old-2026-03-02T08-15-00-000Z.db`
 */
function keptName(file: string, cause: Recovery['cause'], at: string): string {
  const moment = at.replace(/[:.]/g, '-');
  return cause === 'damage' ? `${file}.damaged-${moment}` : `${file.replace(/\.db$/, '')}.old-${moment}.db`;
}

/** Puts a rebuilt file in the former one's place, which a crash may have kept from being done; says whether it was. */
export function finishRecovery(file: string, now: number): boolean {
  if (!existsSync(rebuiltOf(file))) return false;
  const keptAs = readNote(file)?.keptAs ?? `${file}.damaged-${now}`;
  for (const end of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${keptAs}${end}`);
  }
  renameSync(rebuiltOf(file), file);
  return true;
}

/** The last recovery; null where there was none, and once a person has removed the former file. */
export function currentRecovery(file: string): Recovery | null {
  return accountIn(currentNote(file));
}

/** The last recovery, where nobody was told of it yet, also because the start that made it died. */
export function untoldRecovery(file: string): Recovery | null {
  const note = currentNote(file);
  return note?.isTold ? null : accountIn(note);
}

/** Notes that a person was told of the last recovery. */
export function noteTold(file: string): void {
  const note = currentNote(file);
  try {
    if (note !== null) writeNote(file, { ...note, isTold: true });
  } catch {
    // On a full disk, for instance: better told twice than never.
  }
}

function accountIn(note: z.infer<typeof noteSchema> | null): Recovery | null {
  return note === null ? null : recoverySchema.parse(note);
}

function currentNote(file: string): z.infer<typeof noteSchema> | null {
  const note = readNote(file);
  return note !== null && ['', '-wal'].some((end) => existsSync(`${note.keptAs}${end}`)) ? note : null;
}

function writeNote(file: string, note: z.infer<typeof noteSchema>): void {
  writeFileSync(noteOf(file), JSON.stringify(note), { mode: 0o600 });
}

function readNote(file: string): z.infer<typeof noteSchema> | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(noteOf(file), 'utf8')));
  } catch {
    return null;
  }
}

interface Outcome {
  fromFile: number;
  fromBackup: number;
  /** The backup that was used; milliseconds since 1970, null where there is no good one. */
  backupAt: number | null;
  /** Rows that the program could not work with. */
  unsound: number;
  /** Numbers without a ticket, also of those that were deleted. */
  missing: number;
}

function rebuild(options: RecoveryOptions, building: string): Outcome {
  const { file, nativeBinding, now, isStale, cause, migrations: steps = migrations } = options;
  const at = new Date(now).toISOString();
  const pages = openPages(file);
  const db = connect({ file: building, nativeBinding });
  try {
    migrate(db, stepsTo(pages.schemaVersion, steps));
    // Rows come in any order; what is being written fits in memory, so that no page goes to the disk twice.
    db.pragma('cache_size = -200000');
    const target: Target = { db, defaults: defaultsOfNewest(nativeBinding, steps) };
    const backup = cause === 'damage' ? newestGoodBackup(options, steps) : null;
    return db.transaction(() => {
      const { added, unsound, numbers } = carryOver(pages, target);
      if (isStale) distrustRows(db, at);
      const fromBackup = backup === null ? [] : carryFromBackup(backup, target);
      distrustRows(db, at, fromBackup);
      completeEvents(db);
      const missing = closeNumbers(db, numbers);
      return {
        ...{ fromFile: added.length, fromBackup: fromBackup.length, backupAt: backup?.at ?? null },
        ...{ unsound, missing },
      };
    })();
  } finally {
    db.close();
    pages.close();
  }
}

function newestGoodBackup({ backups, nativeBinding }: RecoveryOptions, steps: readonly string[]): Backup | null {
  return backups.find(({ file }) => isWhole({ file, nativeBinding }) && !isNewer(file, steps)) ?? null;
}

function isNewer(file: string, steps: readonly string[]): boolean {
  const pages = openPages(file);
  pages.close();
  return (pages.schemaVersion ?? 0) > schemaAfter(steps);
}

/** Gives the numbers of the tickets that only the backup has. */
function carryFromBackup({ file }: Backup, target: Target): number[] {
  const pages = openPages(file);
  try {
    return carryOver(pages, target).added;
  } finally {
    pages.close();
  }
}

function defaultsOfNewest(nativeBinding: string | undefined, steps: readonly string[]): Target['defaults'] {
  const newest = new Database(':memory:', nativeBinding ? { nativeBinding } : {});
  try {
    migrate(newest, steps);
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

function messageOf(outcome: Outcome, cause: Recovery['cause'], keptAs: string): string {
  const sentences = cause === 'damage' ? damageWords(outcome) : oldFormWords(outcome);
  const kept = `It holds what people typed: delete it when nobody needs it any more.`;
  const former = cause === 'damage' ? 'The damaged file' : 'The former file';
  return [...sentences, `${former} is kept as ${keptAs}. ${kept}`].filter((sentence) => sentence !== false).join(' ');
}

function damageWords({ fromFile, fromBackup, backupAt, missing }: Outcome): Array<string | false> {
  const made = backupAt === null ? '' : ` of ${new Date(backupAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return [
    'The ticket log was damaged, so a new one was made.',
    `${ticketWords(fromFile)} could be read from the damaged file and ${fromFile === 1 ? 'was' : 'were'} carried over.`,
    backupAt === null
      ? 'There was no good backup to take more from.'
      : fromBackup > 0 && `${ticketWords(fromBackup)} more came from the backup${made}, as they were then.`,
    missing > 0 &&
      `Up to ${ticketWords(missing)} may be missing: “Load the rest from Jira” on the page Tickets brings back those that have an issue; others must be sent again.`,
  ];
}

function oldFormWords({ fromFile, unsound }: Outcome): Array<string | false> {
  return [
    'The ticket log had the form of a version from before the first release, so a new one was made.',
    `${ticketWords(fromFile)} ${fromFile === 1 ? 'was' : 'were'} carried over.`,
    unsound > 0 && `${ticketWords(unsound)} could not be read.`,
  ];
}

function ticketWords(count: number): string {
  return count === 1 ? '1 ticket' : `${count} tickets`;
}

function removeDatabase(file: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}

const rebuiltOf = (file: string) => `${file}.rebuilt`;
const noteOf = (file: string) => join(dirname(file), 'recovery.json');
