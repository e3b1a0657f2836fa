import type { DatabasePages } from './database-pages.ts';

export type Value = string | number | null | Buffer;

/** A row as a table stores it. */
export interface StoredRow {
  rowid: number;
  /**
   * Values in the order of the table's columns; those that were added to the table after the row was written are
   * missing.
   */
  values: Value[];
}

/** First byte of a table leaf: https://www.sqlite.org/fileformat2.html#b_tree_pages */
const tableLeaf = 0x0d;
/** Bytes of the longest row that is believed: no ticket is as long. */
const longestRow = 4_000_000;

/**
 * The rows of all tables, page by page, without the trees above them: one damaged page costs its own rows only. Which
 * table a row is of, its shape must tell. What is not a row any more is left out. `isWanted`: by the number of columns.
 */
export function* rowsIn(pages: DatabasePages, isWanted: (columns: number) => boolean): Generator<StoredRow> {
  for (let number = 1; number <= pages.count; number += 1) {
    const page = pages.read(number);
    // The first page begins with the file's own header.
    const start = number === 1 ? 100 : 0;
    if (page[start] !== tableLeaf) continue;
    const cells = page.readUInt16BE(start + 3);
    for (let cell = 0; cell < cells; cell += 1) {
      const row = readOr(null, () => readRow(pages, page, page.readUInt16BE(start + 8 + 2 * cell), isWanted));
      if (row !== null) yield row;
    }
  }
}

/** Reads, or gives something else: bytes that are no row lead anywhere, also out of the page. */
function readOr<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function readRow(
  pages: DatabasePages,
  page: Buffer,
  at: number,
  isWanted: (columns: number) => boolean,
): StoredRow | null {
  const cell = readerOf(page, at);
  const length = cell.varint();
  const rowid = cell.varint();
  if (length > longestRow) return null;
  const inPage = lengthInPage(length, pages.pageSize);
  const head = readerOf(page, cell.at());
  const types = typesOf(head);
  if (!isWanted(types.length)) return null;
  const payload = readPayload(pages, page, cell.at(), inPage, length);
  if (payload === null) return null;
  const body = readerOf(payload, head.at() - cell.at());
  const values = types.map((type) => valueOfType(type, body));
  // What ends elsewhere than it says is no row any more.
  return body.at() === length ? { rowid, values } : null;
}

/** Bytes of a row that lie in the leaf itself; the rest is in overflow pages. */
function lengthInPage(length: number, pageSize: number): number {
  const most = pageSize - 35;
  if (length <= most) return length;
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (pageSize - 4));
  return fitting <= most ? fitting : least;
}

function readPayload(pages: DatabasePages, page: Buffer, at: number, inPage: number, length: number): Buffer | null {
  const parts = [page.subarray(at, at + inPage)];
  let read = inPage;
  let next = read < length ? page.readUInt32BE(at + inPage) : 0;
  while (read < length) {
    if (next < 1 || next > pages.count) return null;
    const overflow = pages.read(next);
    next = overflow.readUInt32BE(0);
    parts.push(overflow.subarray(4, 4 + length - read));
    read += pages.pageSize - 4;
  }
  return Buffer.concat(parts);
}

interface Reader {
  at(): number;
  varint(): number;
  bytes(length: number): Buffer;
}

function readerOf(buffer: Buffer, start: number): Reader {
  let at = start;
  return {
    at: () => at,
    /** Reads a number up to 2^53; larger ones are no length and no number of a row here. */
    varint() {
      let value = 0;
      for (let index = 0; index < 8; index += 1) {
        const byte = buffer.readUInt8(at++);
        value = value * 128 + (byte & 0x7f);
        if (byte < 0x80) return value;
      }
      throw new RangeError('No number of ours is as large.');
    },
    bytes(length) {
      if (at + length > buffer.length) throw new RangeError('The row ends before its last value.');
      at += length;
      return buffer.subarray(at - length, at);
    },
  };
}

/** The types of a record's values: https://www.sqlite.org/fileformat2.html#record_format */
function typesOf(reader: Reader): number[] {
  const start = reader.at();
  const end = start + reader.varint();
  const types: number[] = [];
  while (reader.at() < end) types.push(reader.varint());
  return types;
}

const integerLengths = [0, 1, 2, 3, 4, 6, 8];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function valueOfType(type: number, reader: Reader): Value {
  if (type === 0) return null;
  if (type <= 5) return reader.bytes(integerLengths[type] ?? 0).readIntBE(0, integerLengths[type] ?? 0);
  if (type === 6) return Number(reader.bytes(8).readBigInt64BE());
  if (type === 7) return reader.bytes(8).readDoubleBE();
  if (type === 8 || type === 9) return type - 8;
  if (type < 12) throw new RangeError('There is no such type.');
  const bytes = reader.bytes(Math.floor((type - 12) / 2));
  return type % 2 === 0 ? bytes : utf8.decode(bytes);
}
