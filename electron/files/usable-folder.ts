import { accessSync, constants, lstatSync, mkdirSync, mkdtempSync, rmdirSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { errorCode } from './error-code.ts';

/** Files that must be ordinary ones, and writable, where they are there. */
const neededFiles = ['tickets.db', 'tickets.db-wal', 'tickets.db-shm', 'agent.lock'];

/** Makes a folder where it is not there yet. Gives why this program cannot keep its files there; null where it can. */
export function folderProblem(folder: string): string | null {
  const choose = 'Choose another folder with --user-data-dir or TICKET_AGENT_HOME.';
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    return `The data folder ${folder} cannot be used (${errorCode(thrown)}). ${adviceFor(thrown)} ${choose}`;
  }
  for (const name of neededFiles) {
    const path = join(folder, name);
    const isLock = name === 'agent.lock';
    // Where a link leads nowhere, nothing can be made in its place.
    const stats = isLock ? statsOf(path, lstatSync) : statsOf(path);
    if (stats === null) continue;
    if (!stats.isFile()) {
      const what = stats.isDirectory() ? 'a folder' : stats.isSymbolicLink() ? 'a link' : 'a pipe or a device';
      return `${path} is ${what}, and this program keeps a file of that name in its data folder. Move it away, or rename it, and start again. ${choose}`;
    }
    if (!isWritable(path)) {
      return `${path} may not be written. Check who may write to it, and whether its disk is read-only. ${choose}`;
    }
  }
  return null;
}

/** Why nothing could be written to a folder that is there, in words. */
export function unwritable(folder: string, thrown: unknown): string {
  const choose = 'Choose another folder with --user-data-dir or TICKET_AGENT_HOME.';
  return `The data folder ${folder} cannot be written (${errorCode(thrown)}). ${adviceFor(thrown)} ${choose}`;
}

/** Notices about what the program can do without; sentences. */
export function folderNotices(folder: string): string[] {
  const logs = join(folder, 'logs');
  const stats = statsOf(logs);
  if (stats === null || (stats.isDirectory() && isWritable(logs))) return [];
  const what = stats.isDirectory() ? 'may not be written' : 'is no folder';
  return [`Nothing is written to log files: ${logs} ${what}. Move it away, or rename it, and start again.`];
}

/** Chromium's socket is `scoped_dirXXXXXX/SingletonSocket` there; it ends the program where the path does not fit. */
const socketName = '/scoped_dirXXXXXX/SingletonSocket';
/** Bytes of a socket's path, its final zero included: unix(7); macOS has 104. */
const longestSocket = 104;

/** Finds a folder for Chromium's socket: `wanted` (TMPDIR) where it serves, else the first of `others`; null where none does. */
export function socketFolder(
  wanted: string | undefined,
  others: readonly string[] = ['/tmp', '/var/tmp'],
): string | null {
  return [wanted, ...others].find((folder) => folder !== undefined && canHoldSocket(folder)) ?? null;
}

function canHoldSocket(folder: string): boolean {
  if (!isAbsolute(folder) || Buffer.byteLength(folder + socketName) >= longestSocket) return false;
  try {
    rmdirSync(mkdtempSync(join(folder, 'scoped_dir')));
    return true;
  } catch {
    return false;
  }
}

function adviceFor(thrown: unknown): string {
  switch (errorCode(thrown)) {
    case 'EROFS':
      return 'Its disk is read-only.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full. Free some space and start again.';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'It, or what it lies in, is a file and no folder.';
    default:
      return 'Check who may write there.';
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function statsOf(path: string, read: (path: string) => Stats = statSync): Stats | null {
  try {
    return read(path);
  } catch {
    return null;
  }
}
