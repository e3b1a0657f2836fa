import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { type AppError, toAppError } from '../../shared/errors.ts';
import type { TicketLog } from '../tickets/ports/ticket-log.ts';
import type { Instance } from '../tickets/ports/ticket-store.ts';
import { type Backup, type BackupOptions, listBackups, makeBackup, removeOldBackups } from './backups.ts';
import { createDailyBackups, type DailyBackups } from './daily-backups.ts';
import { distrustRows } from './rescue/carry-over.ts';
import { openPages } from './rescue/database-pages.ts';
import { forgetEnd, isWhole, lookAtLastRun, noteCleanEnd, noteComplete } from './rescue/file-check.ts';
import {
  currentRecovery,
  finishRecovery,
  noteTold,
  type Recovery,
  recover,
  untoldRecovery,
} from './rescue/recovery.ts';
import { isOldNumber, migrations, refuseNewer, schemaAfter } from './sqlite/migrations.ts';
import { connect, type DatabaseOptions, openDatabase } from './sqlite/open-database.ts';
import { isDamage, toStorageError } from './sqlite/storage-error.ts';
import { createTicketLog, type TicketLogOptions } from './sqlite/ticket-log.ts';

export interface OpenOptions
  extends Pick<TicketLogOptions, 'file' | 'nativeBinding' | 'migrations' | 'now' | 'onDamagedRow' | 'demandWritable'> {
  freeBytes?: BackupOptions['freeBytes'];
  /** Tells of a backup that could not be made; everything else goes on. */
  onError(error: AppError, about: string): void;
}

export interface OpenedLog {
  log: TicketLog;
  /** Whether the run that opened it has it to itself: its folder is the data folder, whose lock one run at a time has. */
  ownsLog: Instance['ownsLog'];
  /** Bytes on disk, the write-ahead log included. */
  bytes(): number;
  /** Waits for writes in hand, ends the backups and closes the file. */
  close(): Promise<void>;
  /** Account of the file's replacement, at this start or before, that nobody was told of yet; null where there is none. */
  recovery: Recovery | null;
  /** A person was told of it. */
  recoveryTold(): void;
  /** Gives that of this or an earlier start, as long as the former file is still there. */
  knownRecovery(): Recovery | null;
  backups: DailyBackups;
  /** Makes one now. Rejects with `storage_failed`. */
  backUp(): Promise<Backup>;
}

/**
 * Opens the log for the program: checks the file where its last end was unclean, makes a new one of what can be read
 * where it is damaged or of before the first release, backs it up before its schema changes and then daily. A file of a
 * newer program is refused and not touched. Rejects with `storage_failed`.
 */
export async function openTicketLog(options: OpenOptions): Promise<OpenedLog> {
  const { file, nativeBinding, migrations: steps = migrations, now = Date.now, freeBytes, onError } = options;
  const database: DatabaseOptions = { file, nativeBinding, migrations: steps };
  const backup: BackupOptions = {
    folder: join(dirname(file), 'backups'),
    nativeBinding,
    now,
    ...(freeBytes && { freeBytes }),
  };
  let isReplaced = finishRecovery(file, now());
  const schema = schemaOf(file) ?? 0;
  refuseNewer(file, schema, steps);

  const isOldForm = isOldNumber(schema);
  const backups = listBackups(backup.folder);
  const lastRun = lookAtLastRun(file, { hasBackups: backups.length > 0 });
  const { isStale } = lastRun;
  const { demandWritable = () => {} } = options;
  function replace(cause: Recovery['cause']): void {
    recover({ ...database, cause, backups, now: now(), isStale, demandWritable });
    isReplaced = true;
  }
  // A start that fails must leave no file that looks older than it is.
  if (!isStale) noteComplete(file);
  const isBroken = lastRun.isEmptied || ((lastRun.needsCheck || isOldForm) && !isWhole(database));
  if (isBroken) replace('damage');
  else if (isOldForm) replace('old_form');

  async function open(): Promise<Database> {
    // What was checked until now may have taken minutes, in which another program may have had the folder.
    demandWritable();
    const opened = schemaOf(file) ?? 0;
    if (opened > 0 && opened < schemaAfter(steps)) await backUpFirst();
    return openDatabase(database);
  }

  async function backUpFirst(): Promise<void> {
    const db = connect(database);
    try {
      await makeBackup(db, backup);
      removeOldBackups(backup.folder, now());
    } catch (thrown) {
      onError(toAppError(thrown), 'backup before a migration');
    } finally {
      db.close();
    }
  }

  const db = await open().catch((thrown) => {
    if (isReplaced || !isDamage(thrown)) throw thrown;
    replace('damage');
    return open();
  });
  try {
    if (isStale && !isReplaced) distrustRows(db, new Date(now()).toISOString());
    forgetEnd(file);
  } catch (thrown) {
    db.close();
    throw toStorageError(thrown, file);
  }

  let isDamaged = false;
  const log = await createTicketLog({
    ...options,
    open: () => db,
    onDamagedFile() {
      isDamaged = true;
    },
  });
  const daily = createDailyBackups(db, backup, onError);
  return {
    log,
    ownsLog: true,
    bytes: log.bytes,
    async close() {
      if (!db.open) return;
      await daily.stop();
      await log.close();
      if (isDamaged) noteComplete(file);
      else noteCleanEnd(file);
    },
    recovery: untoldRecovery(file),
    recoveryTold: () => noteTold(file),
    knownRecovery: () => currentRecovery(file),
    backups: daily,
    backUp: () => makeBackup(db, backup),
  };
}

/** The schema's number, read without SQLite, so that a file which is not ours to open stays as it is, bit for bit. */
function schemaOf(file: string): number | null {
  const pages = openPages(file);
  pages.close();
  return pages.schemaVersion;
}
