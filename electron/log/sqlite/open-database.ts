import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/errors.ts';
import { migrate } from './migrations.ts';
import { toStorageError } from './storage-error.ts';

export interface DatabaseOptions {
  /** Absolute path; made, with its folder, where it is not there. */
  file: string;
  /** Path of an addon built for this runtime, where the one in better-sqlite3's package does not fit. */
  nativeBinding?: string | undefined;
  /** The schema's history; ours unless given. */
  migrations?: readonly string[] | undefined;
}

/** Opens the log and brings its schema up to date. Throws `storage_failed`. */
export function openDatabase(options: DatabaseOptions, napi = process.versions['napi']): Database.Database {
  const db = connect(options, {}, napi);
  try {
    migrate(db, options.migrations);
    db.pragma('journal_mode = WAL');
    // In WAL mode the default does not wait for the disk at each commit, so a power cut could undo what was acknowledged.
    db.pragma('synchronous = FULL');
    return db;
  } catch (thrown) {
    db.close();
    throw toStorageError(thrown, options.file);
  }
}

/** A connection to a database as it is. Throws `storage_failed`. */
export function connect(
  { file, nativeBinding }: DatabaseOptions,
  options: Pick<Database.Options, 'readonly'> = {},
  napi = process.versions['napi'],
): Database.Database {
  // The addon that the package brings needs Node-API 10. On less it would not throw but end the process.
  if (!nativeBinding && Number(napi) < 10) {
    const message = `The ticket log needs Node-API 10, and this runtime has ${napi}. Use Node 22.14 or newer, or a current Electron.`;
    throw new AppError('storage_failed', message);
  }
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Waiting for another program's lock blocks this one, and Slack waits 3 s for an answer.
    const db = new Database(file, { timeout: 1000, ...options, ...(nativeBinding ? { nativeBinding } : {}) });
    // What is deleted is overwritten, so that words which were pruned cannot be read from the file any more.
    db.pragma('secure_delete = on');
    return db;
  } catch (thrown) {
    const error = toStorageError(thrown, file);
    if (error.code === 'storage_failed') throw error;
    throw new AppError('storage_failed', `The ticket log ${file} could not be opened: ${describe(thrown)}`, {
      cause: thrown,
    });
  }
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
