import { existsSync } from 'node:fs';

/** Suffix of the program in a package for Linux, where the launcher has the name itself. */
export const launchedSuffix = '.bin';

/** What to start for this program to be started as a person does: its launcher, where it has one. */
export function ownExecutable(execPath: string): string {
  const launcher = execPath.endsWith(launchedSuffix) ? execPath.slice(0, -launchedSuffix.length) : execPath;
  return existsSync(launcher) ? launcher : execPath;
}
