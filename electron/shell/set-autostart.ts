import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { autostartEntry, startsWithArgument } from './autostart-entry.ts';

export interface AutostartOptions {
  /** Absolute path of the desktop entry. */
  file: string;
  isWanted: boolean;
  /** The executable and its arguments, without the data folder. */
  command: readonly string[];
  /** Absolute path. */
  dataDir: string;
  /** The permissions that the person's own umask leaves of 0o666 and 0o777; others read this file. */
  usersMode(wanted: number): number;
}

/**
 * Has Linux start the command on this data folder at login, or no longer. An entry that already says so stays as it
 * is, and one that starts another data folder is not removed. Throws what the file system throws.
 */
export function setAutostart({ file, isWanted, command, dataDir, usersMode }: AutostartOptions): void {
  const folder = `--user-data-dir=${dataDir}`;
  const present = readEntry(file);
  if (!isWanted) {
    if (present !== null && startsWithArgument(present, folder)) rmSync(file, { force: true });
    return;
  }
  const entry = autostartEntry([...command, folder], dataDir);
  if (present === entry) return;
  const made = mkdirSync(dirname(file), { recursive: true });
  if (made !== undefined) chmodFrom(made, dirname(file), usersMode(0o777));
  writeFileSync(file, entry);
  if (present === null) chmodSync(file, usersMode(0o666));
}

/** `first` and all folders below it on the way to `last`. */
function chmodFrom(first: string, last: string, mode: number): void {
  for (let folder = last; ; folder = dirname(folder)) {
    chmodSync(folder, mode);
    if (folder === first || folder === dirname(folder)) return;
  }
}

/** Reads the entry; null where there is none. */
function readEntry(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
}
