import { dirname, join } from 'node:path';
import { toAppError } from '../../shared/errors.ts';
import { type OpenedLog, openTicketLog } from '../log/open-ticket-log.ts';
import type { AppLogger } from '../logging/logging.ts';

export interface OpenLogDeps {
  dataDir: string;
  logger: AppLogger;
  /** Tells the person why it cannot be opened, in words that also say what to do. */
  onRefused(message: string): void;
}

/** Opens DATA/tickets.db, and says on stdout if it was replaced; null where it cannot be opened, which is told by then. */
export async function openLog({ dataDir, logger, onRefused }: OpenLogDeps): Promise<OpenedLog | null> {
  try {
    const opened = await openTicketLog({
      file: join(dataDir, 'tickets.db'),
      // Electron 33 lacks the Node-API that better-sqlite3's own binary needs; its runtime brings one that fits.
      ...(Number(process.versions['napi']) < 10
        ? { nativeBinding: join(dirname(process.execPath), 'better_sqlite3.node') }
        : {}),
      onDamagedRow: logger.failure,
      onError: logger.failure,
    });
    if (opened.recovery !== null) {
      logger.warn(opened.recovery.message);
      process.stdout.write(`log: ${opened.recovery.message}\n`);
    }
    return opened;
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.failure(error, 'open log');
    process.stderr.write(`${error.message}\n`);
    onRefused(error.message);
    return null;
  }
}
