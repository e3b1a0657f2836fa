import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { openPages } from '../../../../electron/log/rescue/database-pages.ts';
import { rowsIn, type StoredRow } from '../../../../electron/log/rescue/page-rows.ts';
import { aTemporaryFolder } from '../../../temporary-folder.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = aTemporaryFolder();
  file = join(folder, 'some.db');
});

/** Rows of the table with six columns, by their number. */
function readRows(): StoredRow[] {
  const pages = openPages(file);
  try {
    const rows = [...rowsIn(pages, (columns) => columns === 6)];
    return rows.sort((one, other) => one.rowid - other.rowid);
  } finally {
    pages.close();
  }
}

const aText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.nat(20_000).map((length) => 'ü'.repeat(length)),
);
const aRow = fc.tuple(
  fc.option(aText),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.oneof(fc.integer({ min: -200, max: 200 }), fc.constantFrom(0, 1, -32_768, 8_388_607, 2 ** 31, -(2 ** 45))),
  fc.uint8Array({ maxLength: 6000 }).map((bytes) => Buffer.from(bytes)),
);

it('reads the rows that SQLite would, whatever they hold, also those that are in the write-ahead log only', () => {
  fc.assert(
    fc.property(fc.array(aRow, { maxLength: 40 }), fc.array(aRow, { maxLength: 20 }), (first, later) => {
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      const db = new Database(file);
      db.pragma('journal_mode = wal');
      db.pragma('secure_delete = on');
      db.exec('create table things (id integer primary key, a, b, c real, d, e)');
      const insert = db.prepare('insert into things (a, b, c, d, e) values (?, ?, ?, ?, ?)');
      const insertAll = db.transaction((rows: typeof first) => {
        for (const row of rows) insert.run(...row);
      });
      insertAll(first);
      db.pragma('wal_checkpoint(restart)');
      insertAll(later);
      db.exec('delete from things where id % 3 = 0');
      const known = db.prepare<[], Record<string, unknown>>('select * from things order by id').all();
      // A transaction that was not committed when everything ended counts for nothing.
      db.exec('begin; update things set a = 0');
      try {
        const read = readRows().map(({ rowid, values: [, a, b, c, d, e] }) => ({ id: rowid, a, b, c, d, e }));
        expect(read).toEqual(known);
      } finally {
        db.close();
      }
    }),
    { numRuns: 60 },
  );
});

it('never fails on whatever bytes there are', () => {
  const db = new Database(file);
  db.exec('create table things (id integer primary key, a, b, c, d, e)');
  const insert = db.prepare(`insert into things (a) values ('${'some words '.repeat(100)}')`);
  for (let index = 0; index < 50; index += 1) insert.run();
  const whole = db.serialize();
  db.close();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 300 })), { maxLength: 30 }),
      fc.nat(whole.length),
      (damages, length) => {
        const damaged = Buffer.from(whole);
        for (const [at, bytes] of damages) damaged.set(bytes.subarray(0, damaged.length - at), at);
        writeFileSync(file, damaged);
        truncateSync(file, length);
        expect(readRows().length).toBeLessThanOrEqual(whole.length);
      },
    ),
    { numRuns: 200 },
  );
});
