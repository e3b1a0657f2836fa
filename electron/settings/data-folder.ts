import { posix, win32 } from 'node:path';
import { writtenPath } from '../files/written-path.ts';

/** Electron derives its per-user folder from the product name in package.json. */
const appName = 'AI Ticket Agent';

interface Surroundings {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** The current folder, absolute. */
  cwd: string;
  platform: NodeJS.Platform;
  /** The user's home folder, absolute. */
  home: string;
}

/**
 * The absolute path of DATA, the folder of everything this program keeps: `--user-data-dir`, else
 * `TICKET_AGENT_HOME`, else the folder that Electron itself would choose. Relative paths are taken from the
 * folder where npm was called. With `--demo` it is the folder `demo` in there, away from real data.
 */
export function dataFolder({ argv, env, cwd, platform, home }: Surroundings): string {
  const path = platform === 'win32' ? win32 : posix;
  const given = userDataDir(argv) ?? filled(env['TICKET_AGENT_HOME']);
  const folder = given
    ? path.resolve(filled(env['INIT_CWD']) ?? cwd, writtenPath(given, home, platform))
    : path.join(appData({ env, platform, home }), appName);
  return argv.includes('--demo') ? path.join(folder, 'demo') : folder;
}

/** The last one counts, as in Chromium. */
function userDataDir(argv: readonly string[]): string | undefined {
  const name = '--user-data-dir';
  let found: string | undefined;
  for (const [index, argument] of argv.entries()) {
    const next = argv[index + 1];
    if (argument.startsWith(`${name}=`)) found = filled(argument.slice(name.length + 1)) ?? found;
    else if (argument === name && !next?.startsWith('--')) found = filled(next) ?? found;
  }
  return found;
}

/** Electron's `appData`: https://www.electronjs.org/docs/latest/api/app#appgetpathname */
function appData({ env, platform, home }: Pick<Surroundings, 'env' | 'platform' | 'home'>): string {
  if (platform === 'win32') return filled(env['APPDATA']) ?? win32.join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support');
  const xdg = filled(env['XDG_CONFIG_HOME']);
  return xdg && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.config');
}

function filled(value: string | undefined): string | undefined {
  return value?.trim() ? value.trim() : undefined;
}
