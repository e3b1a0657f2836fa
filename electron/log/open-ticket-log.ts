import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { type AppError, toAppError } from '../../shared/errors.ts';
import type { TicketLog } from '../tickets/ports.ts';
import { type Backup, type BackupOptions, listBackups, makeBackup, removeOldBackups } from './backups.ts';
import { distrustRows } from './carry-over.ts';
import { createDailyBackups, type DailyBackups } from './daily-backups.ts';
import { openPages } from './database-pages.ts';
import { forgetMark, isWhole, lookAtLastRun, markCleanEnd, markComplete } from './file-check.ts';
import { latestSchema, refuseNewer } from './migrations.ts';
import { connect, openDatabase } from './open-database.ts';
import { currentRecovery, finishRecovery, type Recovery, recover } from './recovery.ts';
import { isDamage, toStorageError } from './storage-error.ts';
import { createTicketLog, type TicketLogOptions } from './ticket-log.ts';

export interface OpenOptions extends Pick<TicketLogOptions, 'file' | 'nativeBinding' | 'now' | 'onDamagedRow'> {
  freeBytes?: BackupOptions['freeBytes'];
  /** A backup could not be made; everything else goes on. */
  onError(error: AppError, about: string): void;
}

export interface OpenedLog {
  /** Closing it ends the backups, too. */
  log: TicketLog;
  /** What happened at this very start; null where the file was whole. */
  recovery: Recovery | null;
  /** Of this or an earlier start, as long as the damaged file is still there. */
  knownRecovery(): Recovery | null;
  backups: DailyBackups;
  /** Makes one now. Rejects with `storage_failed`. */
  backUp(): Promise<Backup>;
}

/**
 * Opens the log for the program: checks the file where its last end was unclean, makes a new one of what can be read
 * where it is damaged, backs it up before its schema changes and then daily. A file of a newer program is refused and
 * not touched. Rejects with `storage_failed`.
 */
export async function openTicketLog(options: OpenOptions): Promise<OpenedLog> {
  const { file, nativeBinding, now = Date.now, freeBytes, onError } = options;
  const backup: BackupOptions = {
    folder: join(dirname(file), 'backups'),
    nativeBinding,
    now,
    ...(freeBytes && { freeBytes }),
  };
  finishRecovery(file, now());
  const schema = schemaOf(file);
  refuseNewer(file, schema ?? 0);

  const hasBackups = listBackups(backup.folder).length > 0;
  const { needsCheck, isEmptied, isStale } = lookAtLastRun(file, { hasBackups, schema });
  const heal = () => recover({ file, nativeBinding, backupFolder: backup.folder, now: now(), isStale });
  // A start that fails must leave no file that looks older than it is.
  if (!isStale) markComplete(file);
  let isHealed = isEmptied || (needsCheck && !isWhole({ file, nativeBinding }));
  if (isHealed) heal();

  async function open(): Promise<Database> {
    const opened = schemaOf(file);
    if (opened !== null && opened > 0 && opened < latestSchema) await backUpFirst();
    return openDatabase({ file, nativeBinding });
  }

  async function backUpFirst(): Promise<void> {
    const db = connect({ file, nativeBinding });
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
    if (isHealed || !isDamage(thrown)) throw thrown;
    heal();
    isHealed = true;
    return open();
  });
  try {
    if (isStale && !isHealed) distrustRows(db, new Date(now()).toISOString());
    forgetMark(file);
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
  const backups = createDailyBackups(db, backup, onError);
  return {
    log: {
      ...log,
      async close() {
        if (!db.open) return;
        await backups.stop();
        await log.close();
        if (isDamaged) markComplete(file);
        else markCleanEnd(file);
      },
    },
    recovery: isHealed ? currentRecovery(file) : null,
    knownRecovery: () => currentRecovery(file),
    backups,
    backUp: () => makeBackup(db, backup),
  };
}

/** The schema's number, read without SQLite, so that a file which is not ours to open stays as it is, bit for bit. */
function schemaOf(file: string): number | null {
  const pages = openPages(file);
  pages.close();
  return pages.schemaVersion;
}
