import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { freeBytes as freeBytesOf } from '../files/free-bytes.ts';
import { connect, type DatabaseOptions } from './sqlite/open-database.ts';
import { toStorageError } from './sqlite/storage-error.ts';

export interface Backup {
  /** Absolute path. */
  file: string;
  /** Moment at which it was made, in milliseconds since 1970. */
  at: number;
}

export interface BackupOptions {
  /** Absolute path of the folder; made where it is not there. */
  folder: string;
  /** Path of the addon, as the log's. */
  nativeBinding?: string | undefined;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Bytes free for a folder; null where unknown. */
  freeBytes?: (folder: string) => Promise<number | null>;
}

const dayMs = 24 * 60 * 60_000;
const keptMs = 7 * dayMs;
/** Bytes that a backup leaves free at least: it must not be what fills the disk. */
const leftFree = 50e6;
/** Pages that are copied in one turn of the event loop: a few milliseconds. */
const pagesATurn = 100;
/** Turns after which what was copied goes to the disk, so that little is left to wait for at the end. */
const turnsASync = 10;

/** The backups in a folder, newest first. */
export function listBackups(folder: string): Backup[] {
  return filesIn(folder)
    .flatMap((name) => {
      const at = momentIn(name);
      return at === null ? [] : [{ file: join(folder, name), at }];
    })
    .sort((one, other) => other.at - one.at);
}

/**
 * Copies the database while it is in use, a few pages a turn; SQLite keeps the copy in step with what is written
 * meanwhile. The copy appears under its name when it is complete. Throws `storage_failed`. `signal`: gives up.
 */
export async function makeBackup(db: Database, options: BackupOptions, signal?: AbortSignal): Promise<Backup> {
  const { folder, nativeBinding, now = Date.now, freeBytes = freeBytesOf } = options;
  const at = now();
  const file = join(folder, nameOf(at));
  const partial = `${file}.partial`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const free = await freeBytes(folder);
    if (free !== null && free < sizeOf(db) + leftFree) {
      throw new AppError('storage_failed', 'There is too little room on the disk for one. Make room on this disk.');
    }
    await copy(db, partial, signal);
    signOff({ file: partial, nativeBinding });
    renameSync(partial, file);
    return { file, at };
  } catch (thrown) {
    if (isFileError(thrown)) {
      throw new AppError('storage_failed', `${folder} cannot be written to (${thrown.code}).`, { cause: thrown });
    }
    throw toStorageError(thrown, partial);
  }
}

async function copy(db: Database, partial: string, signal: AbortSignal | undefined): Promise<void> {
  // Words of tickets are nobody else's business.
  const handle = await open(partial, 'w', 0o600);
  let turns = 0;
  let syncing: Promise<void> | null = null;
  try {
    await db.backup(partial, {
      progress() {
        signal?.throwIfAborted();
        turns += 1;
        if (turns % turnsASync === 0 && syncing === null) {
          syncing = handle
            .sync()
            .catch(() => {})
            .finally(() => {
              syncing = null;
            });
        }
        return pagesATurn;
      },
    });
  } finally {
    await syncing;
    await handle.close();
  }
}

/** Makes the copy a file of its own: without that, reading it would leave a write-ahead log beside it. */
function signOff(options: DatabaseOptions): void {
  const copied = connect(options);
  try {
    copied.pragma('journal_mode = delete');
  } finally {
    copied.close();
  }
}

/**
 * Removes backups that are older than seven days, so that words which were deleted from the log are gone by then, and
 * what is left of those that failed. Not while one is being made.
 */
export function removeOldBackups(folder: string, now: number): void {
  for (const { file, at } of listBackups(folder)) if (now - at > keptMs) rmSync(file, { force: true });
  for (const name of filesIn(folder)) if (name.includes('.partial')) rmSync(join(folder, name), { force: true });
}

/** Whether it is time for the daily backup, also where the clock was set back since the last one. */
export function isBackupDue(folder: string, now: number): boolean {
  const [newest] = listBackups(folder);
  return newest === undefined || Math.abs(now - newest.at) >= dayMs;
}

function sizeOf(db: Database): number {
  return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Name of a backup: `tickets-2026-03-02T08-15-00-000Z.db` */
function nameOf(at: number): string {
  return `tickets-${new Date(at).toISOString().replace(/[:.]/g, '-')}.db`;
}

function momentIn(name: string): number | null {
  const [, day, hours, minutes, rest, ms] =
    /^tickets-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.db$/.exec(name) ?? [];
  const at = Date.parse(`${day}T${hours}:${minutes}:${rest}.${ms}Z`);
  return Number.isNaN(at) ? null : at;
}

function isFileError(thrown: unknown): thrown is Error & { code: string } {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown && typeof thrown.code === 'string';
}
