import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { connect, type DatabaseOptions } from '../sqlite/open-database.ts';
import { isCode, isDamage, toStorageError } from '../sqlite/storage-error.ts';

/** Size in bytes up to which a check takes a moment only, and is made at every start. */
const quicklyChecked = 16e6;

const noteSchema = z.object({ size: z.number(), mtimeMs: z.number() });

/** Note of no file. */
const unlikeAny = { size: -1, mtimeMs: -1 };

/** State in which the last run left the files, before anything opens them. */
export interface LastRun {
  /**
   * Whether the file may hold something that was never checked: the last end was unclean, or somebody changed it since.
   */
  needsCheck: boolean;
  /** Whether the write-ahead log of an unclean end is gone: what the file says may be older than what was done. */
  isStale: boolean;
  /** Whether there is nothing where tickets should be, or only a write-ahead log, which SQLite would remove. */
  isEmptied: boolean;
}

/** Looks at the files without opening them. `hasBackups`: there was a log at some time. */
export function lookAtLastRun(file: string, { hasBackups }: { hasBackups: boolean }): LastRun {
  const size = sizeOf(file);
  // SQLite takes a single byte for nothing, too.
  const hasContent = size !== null && size > 1;
  const wal = sizeOf(`${file}-wal`);
  const note = readNote(file);
  const isSame = note !== null && note.size === size && note.mtimeMs === changedAt(file);
  const isClean = isSame && !wal && sizeOf(`${file}-journal`) === null;
  return {
    needsCheck: hasContent && (!isClean || size <= quicklyChecked),
    isStale: hasContent && note === null && wal === null,
    isEmptied: !hasContent && (!!wal || (size !== null && (note !== null || hasBackups))),
  };
}

/** Notes that the file was closed as it should be; without it the next start checks the file. */
export function noteCleanEnd(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat) writeNote(file, stat);
}

/**
 * Notes that the files hold all that was done, although the end was unclean; the next start still checks them. For the
 * time in which the write-ahead log goes for a good reason: opening and closing the file merges it.
 */
export function noteComplete(file: string): void {
  const hasContent = (sizeOf(file) ?? 0) > 1 || !!sizeOf(`${file}-wal`);
  if (hasContent && readNote(file) === null) writeNote(file, unlikeAny);
}

/**
 * Removes the note once the file is in use: from now on there is a write-ahead log, or what the file says may be old.
 */
export function forgetEnd(file: string): void {
  rmSync(noteOf(file), { force: true });
}

/**
 * Whether SQLite finds nothing wrong in the whole file, indexes and search included. Reads only: a damaged file stays
 * as it is. Throws `storage_failed` where it cannot be read for another reason.
 */
export function isWhole(options: DatabaseOptions): boolean {
  // Half a transaction of the time before the write-ahead log is taken back first, which needs writing.
  const readonly = sizeOf(`${options.file}-journal`) === null;
  try {
    const db = connect(options, { readonly });
    try {
      return db.pragma('integrity_check(1)', { simple: true }) === 'ok';
    } finally {
      db.close();
    }
  } catch (thrown) {
    // The search says SQLITE_ERROR of pages of its own that make no sense.
    if (isDamage(thrown) || isCode(thrown, 'SQLITE_ERROR')) return false;
    throw toStorageError(thrown, options.file);
  }
}

function writeNote(file: string, { size, mtimeMs }: z.infer<typeof noteSchema>): void {
  try {
    writeFileSync(noteOf(file), JSON.stringify({ size, mtimeMs }), { mode: 0o600 });
  } catch {
    // On a full disk, for instance. A half-written note is none.
  }
}

function readNote(file: string): z.infer<typeof noteSchema> | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(noteOf(file), 'utf8')));
  } catch {
    return null;
  }
}

/** Size in bytes; null where there is no such file. */
function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}

function changedAt(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

const noteOf = (file: string) => `${file}-closed`;
