import { join } from 'node:path';
import log from 'electron-log/main';
import type { AppError } from '../../shared/errors.ts';
import { failureLine, redact, visibleLine } from './log-line.ts';

/** What is wrong, for whoever reads the log file. */
export interface Logger {
  warn(message: string): void;
  error(message: string): void;
}

export interface AppLogger extends Logger {
  info(message: string): void;
  /** An error by its code, its causes' codes and what it is about. */
  failure(error: AppError, about?: string): void;
}

/** Writes DATA/logs/main.log (1 MB, one older file kept), one line an entry. Nothing goes to stdout, which has its own contract. */
export function createLogger(dataDir: string): AppLogger {
  log.transports.console.level = false;
  log.transports.file.resolvePathFn = () => join(dataDir, 'logs', 'main.log');
  log.transports.file.level = 'info';
  log.transports.file.maxSize = 1024 * 1024;
  const write = (level: 'info' | 'warn' | 'error', message: string) => log[level](visibleLine(redact(message)));
  return {
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message) => write('error', message),
    failure: (error, about = '') => write('error', failureLine(error, about)),
  };
}
