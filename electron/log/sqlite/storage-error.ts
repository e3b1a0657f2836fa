import { AppError, toAppError } from '../../../shared/errors.ts';

/**
 * Makes of what SQLite threw a `storage_failed` that a person can act on. Other errors are passed through `toAppError`.
 * Codes: https://www.sqlite.org/rescode.html; better-sqlite3 gives the extended ones (SQLITE_IOERR_WRITE).
 */
export function toStorageError(thrown: unknown, file: string): AppError {
  const code = codeOf(thrown);
  if (thrown instanceof AppError || !code.startsWith('SQLITE_')) return toAppError(thrown);
  const [, primary = ''] = code.split('_');
  const advice = adviceByCode[primary] ?? `SQLite reports ${code}. Restart the program; if it stays, report it.`;
  return new AppError('storage_failed', `The ticket log ${file} failed: ${advice}`, { cause: thrown });
}

/** Whether the file itself is broken; SQLite's own error, or one made from it. */
export function isDamage(thrown: unknown): boolean {
  const cause = thrown instanceof AppError ? thrown.cause : thrown;
  return codeOf(cause).startsWith('SQLITE_CORRUPT') || isCode(cause, 'SQLITE_NOTADB');
}

export function isCode(thrown: unknown, code: string): boolean {
  return codeOf(thrown) === code;
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

const locked = 'another program holds it locked. Close that program and try again.';
const damaged =
  'it is damaged or no ticket log. Restart the program: it keeps the damaged file and carries over what can be read.';
const denied = 'it may not be written. Check who may write to the file and its folder.';

/** Advice by the second word of SQLite's code. */
const adviceByCode: Partial<Record<string, string>> = {
  FULL: 'the disk is full. Free some space and try again.',
  BUSY: locked,
  LOCKED: locked,
  CORRUPT: damaged,
  NOTADB: damaged,
  READONLY: denied,
  PERM: denied,
  CANTOPEN: denied,
  IOERR: 'the disk reports an error. Check the disk, or its connection, and try again.',
};
