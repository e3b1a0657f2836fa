import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { SettingProblem } from '../../shared/settings.ts';
import { errorCode } from '../files/error-code.ts';
import { decodeText } from './decode-text.ts';

/** Bytes. All settings together take some kilobytes; YAML of this length takes up to a second to parse. */
const longestFile = 64 * 1024;

interface FileText {
  /** Empty where there is no file, and where it cannot be used. */
  text: string;
  problems: SettingProblem[];
}

/** The text of a small, ordinary file. One that cannot be read, or is neither, is a problem and counts as absent. */
export function readFile(path: string): FileText {
  const refuse = (message: string): FileText => ({ text: '', problems: [fileProblem(path, message)] });
  try {
    // A pipe would keep us waiting for whoever writes into it. Windows has no such flag, and no such pipes.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(file);
      if (stats.isDirectory()) return refuse('The file cannot be read (EISDIR). It is a folder; expected a file.');
      if (!stats.isFile()) return refuse('It is a pipe or a device; expected an ordinary file. It is ignored.');
      const bytes = readUpTo(file, longestFile + 1);
      if (bytes.byteLength > longestFile) return refuse(tooLong(path, Math.max(stats.size, bytes.byteLength)));
      return { text: decodeText(bytes), problems: [] };
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { text: '', problems: [] };
    const reason = code === 'EISDIR' ? 'It is a folder; expected a file.' : 'Check who may read it.';
    return refuse(`The file cannot be read (${code}). ${reason}`);
  }
}

/** What is read is counted, not what the file's entry says: it may be growing. */
function readUpTo(file: number, most: number): Buffer {
  const bytes = Buffer.alloc(most);
  let length = 0;
  for (let read = -1; read !== 0 && length < most; length += read) {
    read = readSync(file, bytes, length, most - length, null);
  }
  return bytes.subarray(0, length);
}

function tooLong(path: string, size: number): string {
  const limit = longestFile / 1024;
  return `${basename(path)} has ${size} bytes, more than the ${limit} kB that settings may have, so the whole file is ignored. Take out what is no setting.`;
}

/** A problem with a whole file: its key is empty. */
export function fileProblem(source: string, message: string): SettingProblem {
  return { source, key: '', message };
}
