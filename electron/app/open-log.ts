import { dirname, join } from 'node:path';
import { type AppError, toAppError } from '../../shared/errors.ts';
import { errorCode } from '../files/error-code.ts';
import { type OpenedLog, openTicketLog } from '../log/open-ticket-log.ts';
import type { AppLogger } from '../logging/logging.ts';
import { exitCodes } from './exit-codes.ts';

export interface OpenLogDeps {
  dataDir: string;
  logger: AppLogger;
  /** Called before each write; what it throws keeps the write from being made. */
  demandWritable(): void;
  /** Tells the person why it cannot be opened, in words that also say what to do; `exitCode`: for the program's end. */
  onRefused(message: string, exitCode: number): void;
}

/** Opens DATA/tickets.db, and says on stdout if it was replaced; null where it cannot be opened, which is told by then. */
export async function openLog({ dataDir, logger, demandWritable, onRefused }: OpenLogDeps): Promise<OpenedLog | null> {
  try {
    const opened = await openTicketLog({
      file: join(dataDir, 'tickets.db'),
      // Electron 33 lacks the Node-API that better-sqlite3's own binary needs; its runtime brings one that fits.
      ...(Number(process.versions['napi']) < 10
        ? { nativeBinding: join(dirname(process.execPath), 'better_sqlite3.node') }
        : {}),
      demandWritable,
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
    onRefused(error.message, isUnwritable(error) ? exitCodes.unwritable : exitCodes.failed);
    return null;
  }
}

/** The system's codes, and SQLite's, for what may not or cannot be written. */
const unwritableCodes =
  /^(SQLITE_(READONLY|CANTOPEN|PERM|FULL|IOERR)|E(ACCES|PERM|ROFS|NOSPC|DQUOT|ISDIR|NOTDIR|IO)\b)/;

function isUnwritable({ cause }: AppError): boolean {
  return unwritableCodes.test(errorCode(cause));
}
