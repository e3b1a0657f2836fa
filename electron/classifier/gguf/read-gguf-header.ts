import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { type GgufHeader, parseGgufHeader } from './gguf-header.ts';

/** Bytes. Most headers end before the first; the vocabularies of some models (Gemma: 262,144 tokens) take 8 MB. */
const firstRead = 1024 * 1024;
/** Bytes. No header that we know is half as long: Gemma's, with 262,144 tokens, has 16 MB at most. */
const headerLimit = 32 * 1024 * 1024;

/** What is said of a path that leads nowhere. */
export const noSuchFile = 'there is no such file';

/**
 * Reads as much of a file as its header takes. Never rejects: what keeps the file from being read is its `problem`.
 * The event loop is held for some milliseconds at a time.
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  try {
    // A pipe would keep us waiting for whoever writes into it; Windows has no such flag.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return unreadable(`it is ${kindOf(stats)}, not a file`);
      const most = Math.min(stats.size, headerLimit);
      for (let bytes = Math.min(firstRead, most); ; bytes = Math.min(bytes * 4, most)) {
        const head = Buffer.allocUnsafe(bytes);
        const { bytesRead } = await file.read(head, 0, bytes, 0);
        const header = parseGgufHeader(head.subarray(0, bytesRead), stats.size);
        if (header.problem !== null || header.elements !== null) return header;
        if (bytes < most) continue;
        if (most === headerLimit) return unreadable(`its header is longer than ${headerLimit / 1024 / 1024} MB`);
        return header;
      }
    } finally {
      await file.close();
    }
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return unreadable(noSuchFile);
    // What a socket answers, which cannot be opened.
    if (code === 'ENXIO') return unreadable('it is a socket, not a file');
    if (code === 'EACCES' || code === 'EPERM') return unreadable('this user may not read it');
    return unreadable(`it cannot be read (${thrown instanceof Error ? thrown.message : String(thrown)})`);
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function unreadable(problem: string): GgufHeader {
  return { problem, values: new Map(), elements: null };
}
