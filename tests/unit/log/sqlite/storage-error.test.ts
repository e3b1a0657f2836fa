import { expect, it } from 'vitest';
import { toStorageError } from '../../../../electron/log/sqlite/storage-error.ts';
import { AppError } from '../../../../shared/errors.ts';

const sqliteError = (code: string) => Object.assign(new Error('near "secret": failed'), { code });

it.each([
  ['SQLITE_FULL', /disk is full.*Free/],
  ['SQLITE_BUSY', /another program/],
  ['SQLITE_BUSY_SNAPSHOT', /another program/],
  ['SQLITE_CORRUPT', /damaged/],
  ['SQLITE_NOTADB', /damaged/],
  ['SQLITE_READONLY_DIRECTORY', /may not be written/],
  ['SQLITE_CANTOPEN', /may not be written/],
  ['SQLITE_IOERR_FSYNC', /disk reports an error/],
  ['SQLITE_CONSTRAINT_CHECK', /SQLITE_CONSTRAINT_CHECK/],
])('says what %s means and names the file', (code, expected) => {
  const error = toStorageError(sqliteError(code), '/data/tickets.db');
  expect(error).toMatchObject({ code: 'storage_failed', message: expect.stringMatching(expected) });
  expect(error.message).toContain('/data/tickets.db');
  expect(error.message).not.toContain('secret');
});

it('leaves our own errors alone, and calls the rest a bug', () => {
  const ours = new AppError('not_found', 'no such request');
  expect(toStorageError(ours, 'x')).toBe(ours);
  expect(toStorageError(new TypeError('oops'), 'x').code).toBe('bug');
});
