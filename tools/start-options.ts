import path from 'node:path';
import { writtenPath } from '../electron/files/written-path.ts';
import { withoutForeign } from '../shared/foreign-variables.ts';
import { launcherScript } from './launcher.ts';

/** What the app is given: the person's own arguments, with the data folder absolute, and what this machine demands. */
export function electronArguments(given: string[], calledFrom: string, isRoot: boolean = runsAsRoot()): string[] {
  const dataDir = '--user-data-dir=';
  const resolved = given.map((argument) =>
    argument.startsWith(dataDir)
      ? dataDir + path.resolve(calledFrom, writtenPath(argument.slice(dataDir.length)))
      : argument,
  );
  // Chromium's sandbox refuses root.
  return isRoot ? [...resolved, '--no-sandbox'] : resolved;
}

/** The person's environment without what is meant for other programs, with the data folder absolute. */
export function electronEnvironment(environment: NodeJS.ProcessEnv, calledFrom: string): Record<string, string> {
  const given = withoutForeign(environment);
  const home = given['TICKET_AGENT_HOME'];
  return home ? { ...given, TICKET_AGENT_HOME: path.resolve(calledFrom, writtenPath(home)) } : given;
}

/** The command that starts this one; on Linux without secrets in its environment. */
export function launched(command: readonly [string, ...string[]], platform = process.platform): [string, ...string[]] {
  return platform === 'linux' ? ['/bin/sh', '-c', launcherScript(), 'launcher', ...command] : [...command];
}

const runsAsRoot = () => process.platform === 'linux' && process.getuid?.() === 0;
