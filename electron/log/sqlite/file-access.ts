import type { Database } from 'better-sqlite3';
import { AppError } from '../../../shared/errors.ts';
import { isDamage, toStorageError } from './storage-error.ts';
import { createWriteBatch } from './write-batch.ts';

export interface FileAccessDeps {
  db: Database;
  /** Path of the file, for sentences. */
  file: string;
  /** Called within the transaction before each write. */
  beforeWrite(): void;
  /** Tells that the file itself turned out to be damaged. */
  onDamagedFile(): void;
}

/** The only way to the file: whatever fails there rejects with `storage_failed`, and so does all after `close`. */
export interface FileAccess {
  read<T>(work: () => T): Promise<T>;
  /** Resolves once `work` is committed, with the other writes of the same turn. */
  write<T>(work: () => T): Promise<T>;
  /** Commits what is waiting, and closes the file. */
  close(): void;
}

export function createFileAccess({ db, file, beforeWrite, onDamagedFile }: FileAccessDeps): FileAccess {
  const batch = createWriteBatch(db);

  function demandOpen(): void {
    if (!db.open) throw new AppError('storage_failed', 'The ticket log is closed: the program is quitting.');
  }

  function failure(thrown: unknown): AppError {
    if (isDamage(thrown)) onDamagedFile();
    return toStorageError(thrown, file);
  }

  return {
    async read(work) {
      demandOpen();
      try {
        return work();
      } catch (thrown) {
        throw failure(thrown);
      }
    },

    async write(work) {
      demandOpen();
      const writing = batch.write(() => {
        beforeWrite();
        return work();
      });
      return writing.catch((thrown) => {
        throw failure(thrown);
      });
    },

    close() {
      if (!db.open) return;
      batch.flush();
      db.close();
    },
  };
}
