import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { endianness } from 'node:os';

/** A database file's pages as they stand after its write-ahead log, read without SQLite, which would change both. */
export interface DatabasePages {
  /** Size of a page in bytes. */
  pageSize: number;
  /** Number of pages that may be asked for, from 1 on. */
  count: number;
  /** `user_version`; null where the first page is not there or is no database's. */
  schemaVersion: number | null;
  /** Reads a page; zeros where the file is cut short. */
  read(page: number): Buffer;
  close(): void;
}

/** Size of a page in every database that this program makes, in bytes. */
const usualPageSize = 4096;

/**
 * Opens `file` and its `-wal` for reading, whatever has become of them; either may be missing. Never use it while this
 * process has the file open through SQLite: closing would drop SQLite's locks. Format:
 * https://www.sqlite.org/fileformat2.html
 */
export function openPages(file: string): DatabasePages {
  const fd = openIfThere(file);
  const wal = readWal(`${file}-wal`);
  const header = Buffer.alloc(100);
  if (fd !== null) readSync(fd, header, 0, 100, 0);
  const pageSize = wal?.pageSize ?? pageSizeIn(header) ?? usualPageSize;
  const inFile = fd === null ? 0 : Math.ceil(fstatSync(fd).size / pageSize);

  function read(page: number): Buffer {
    const newest = wal?.pages.get(page);
    if (newest !== undefined) return newest;
    const bytes = Buffer.alloc(pageSize);
    if (fd !== null) readSync(fd, bytes, 0, pageSize, (page - 1) * pageSize);
    return bytes;
  }

  const first = read(1);
  return {
    pageSize,
    count: Math.max(inFile, wal?.count ?? 0),
    schemaVersion: pageSizeIn(first) === null ? null : first.readUInt32BE(60),
    read,
    close() {
      if (fd !== null) closeSync(fd);
    },
  };
}

/** Size of a page in bytes; null where these are not the first bytes of a database. */
function pageSizeIn(header: Buffer): number | null {
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return null;
  const size = header.readUInt16BE(16);
  return size === 1 ? 65_536 : size >= 512 ? size : null;
}

function openIfThere(file: string): number | null {
  try {
    return openSync(file, 'r');
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

interface Wal {
  pageSize: number;
  /** Pages of the database after the last commit. */
  count: number;
  /** The newest committed content of each page in it. */
  pages: Map<number, Buffer>;
}

/** Pages that were committed to the write-ahead log; null where there is none or nothing in it holds. */
function readWal(file: string): Wal | null {
  const bytes = readIfThere(file);
  if (bytes.length < 32) return null;
  const magic = bytes.readUInt32BE(0);
  if (magic !== 0x377f0682 && magic !== 0x377f0683) return null;
  const sum = createChecksum(magic === 0x377f0683 ? 'BE' : 'LE');
  const pageSize = bytes.readUInt32BE(8);
  const salt = bytes.subarray(16, 24);
  sum.add(bytes.subarray(0, 24));
  if (!sum.is(bytes, 24)) return null;
  const wal: Wal = { pageSize, count: 0, pages: new Map() };
  const uncommitted = new Map<number, Buffer>();
  // Frames of an earlier round may follow; their salt is another.
  for (let at = 32; at + 24 + pageSize <= bytes.length; at += 24 + pageSize) {
    const page = bytes.subarray(at + 24, at + 24 + pageSize);
    sum.add(bytes.subarray(at, at + 8));
    sum.add(page);
    if (!bytes.subarray(at + 8, at + 16).equals(salt) || !sum.is(bytes, at + 16)) break;
    uncommitted.set(bytes.readUInt32BE(at), page);
    const countAfterCommit = bytes.readUInt32BE(at + 4);
    if (countAfterCommit === 0) continue;
    for (const [number, content] of uncommitted) wal.pages.set(number, content);
    uncommitted.clear();
    wal.count = countAfterCommit;
  }
  return wal.count === 0 ? null : wal;
}

function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    if (isMissing(thrown)) return Buffer.alloc(0);
    throw thrown;
  }
}

/** The running checksum over a write-ahead log. */
function createChecksum(order: 'BE' | 'LE') {
  let [first, second] = [0, 0];
  return {
    /** Adds a multiple of eight bytes. */
    add(bytes: Buffer): void {
      // A copy, since 32-bit words must lie at a multiple of four.
      const copy = Buffer.from(bytes);
      if (order !== endianness()) copy.swap32();
      const words = new Uint32Array(copy.buffer, copy.byteOffset, copy.length / 4);
      for (let index = 0; index < words.length; index += 2) {
        first = (first + (words[index] ?? 0) + second) >>> 0;
        second = (second + (words[index + 1] ?? 0) + first) >>> 0;
      }
    },
    /** Whether the checksum stored at this place is the one so far. */
    is: (bytes: Buffer, at: number) => bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second,
  };
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
