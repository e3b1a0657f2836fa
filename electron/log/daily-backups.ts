import type { Database } from 'better-sqlite3';
import { type AppError, toAppError } from '../../shared/errors.ts';
import { type BackupOptions, isBackupDue, listBackups, makeBackup, removeOldBackups } from './backups.ts';

/** Makes the backup of each day, and removes those that are older than seven days. */
export interface DailyBackups {
  /** Looks at once, and then every hour, whether one is due. `onChange`: one was made, or could not be. */
  start(onChange?: () => void): void;
  /** Ends the backups, also the one in hand. */
  stop(): Promise<void>;
  /**
   * Moment at which the newest was made (ISO 8601), and why a later one could not be; each null where there is none.
   */
  state(): { at: string | null; message: string | null };
}

const hourMs = 60 * 60_000;

/** Builds the daily backups. `onError` is told of one that could not be made; everything else goes on. */
export function createDailyBackups(
  db: Database,
  options: BackupOptions,
  onError: (error: AppError, about: string) => void,
): DailyBackups {
  const { folder, now = Date.now } = options;
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let message: string | null = null;

  async function run(onChange: () => void): Promise<void> {
    try {
      if (!isBackupDue(folder, now())) return;
      await makeBackup(db, options, ending.signal);
      message = null;
    } catch (thrown) {
      if (ending.signal.aborted) return;
      const error = toAppError(thrown);
      message = error.message;
      onError(error, 'backup');
    } finally {
      removeOldBackups(folder, now());
    }
    onChange();
  }

  function runAlone(onChange: () => void): void {
    running ??= run(onChange)
      .catch((thrown) => onError(toAppError(thrown), 'backup'))
      .finally(() => {
        running = null;
      });
  }

  return {
    start(onChange = () => {}) {
      clearInterval(timer);
      timer = setInterval(() => runAlone(onChange), hourMs);
      timer.unref();
      runAlone(onChange);
    },
    async stop() {
      clearInterval(timer);
      ending.abort();
      await running;
    },
    state() {
      const [newest] = listBackups(folder);
      return { at: newest === undefined ? null : new Date(newest.at).toISOString(), message };
    },
  };
}
