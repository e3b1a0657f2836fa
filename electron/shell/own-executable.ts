import { existsSync } from 'node:fs';

/** In a package for Linux the launcher has the program's name, and the program this after it. */
export const launchedSuffix = '.bin';

/** What to start for this program to be started as a person does: its launcher, where it has one. */
export function ownExecutable(execPath: string): string {
  const launcher = execPath.endsWith(launchedSuffix) ? execPath.slice(0, -launchedSuffix.length) : execPath;
  return existsSync(launcher) ? launcher : execPath;
}
