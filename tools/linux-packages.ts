import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command.ts';

type Report = (line: string) => void;

/** Debian's packages for what Electron links against; they bring the rest (X11, Pango, CUPS, AT-SPI, ...). */
const libraryPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];

/** Whether a program of this name is in PATH. */
export function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/** What this executable needs and the machine lacks: libraries by `ldd`, and a virtual display where there is no other. */
export async function missingForElectron(executable: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const packages = missingLibraries(await runCommand('ldd', [executable])).length > 0 ? [...libraryPackages] : [];
  if (!hasDisplay() && !hasProgram('Xvfb')) packages.push('xvfb');
  return packages;
}

/** The libraries that `ldd` did not find. */
export function missingLibraries(ldd: string): string[] {
  return [...ldd.matchAll(/^\s*(\S+) => not found/gm)].flatMap((match) => match[1] ?? []);
}

/** What building a native addon needs and the machine lacks. */
export function missingForBuilding(): string[] {
  return ['python3', 'make', 'g++'].filter((program) => !hasProgram(program));
}

/** Installs Debian packages where this process may, else says which command does. Returns whether they are there now. */
export async function installPackages(names: string[], report: Report): Promise<boolean> {
  if (names.length === 0) return true;
  if (!hasProgram('apt-get')) {
    report(`This machine lacks (by Debian's names): ${names.join(', ')}. Install them, then run: npm run postinstall`);
    return false;
  }
  if (process.getuid?.() !== 0) {
    report(`This machine lacks: ${names.join(', ')}. Install with: ${await installCommand(names)}`);
    return false;
  }
  report(`Installing ${names.join(', ')} with apt-get ...`);
  await apt('update', '-q').catch(() => {}); // last week's lists will do; if not, the installation says so
  try {
    await apt('install', '-q', '-y', '--no-install-recommends', ...lockPatience, ...(await namesHere(names)));
    return true;
  } catch (thrown) {
    report(thrown instanceof Error ? thrown.message : String(thrown));
    report(`This machine lacks: ${names.join(', ')}. Install with: ${await installCommand(names)}`);
    return false;
  }
}

/** Options that wait for another installation that may be under way. */
const lockPatience = ['-o', 'DPkg::Lock::Timeout=240'];

function apt(...args: string[]): Promise<string> {
  return runCommand('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 5 * 60_000,
  });
}

async function installCommand(names: string[]): Promise<string> {
  return `sudo apt-get install -y --no-install-recommends ${(await namesHere(names)).join(' ')}`;
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries when their time became 64 bits wide: libgtk-3-0t64. */
async function namesHere(names: string[]): Promise<string[]> {
  const candidates = names.map((name) => `${name}t64`);
  const policy = await runCommand('apt-cache', ['policy', ...candidates]).catch(() => '');
  const known = new Set(
    [...policy.matchAll(/^(\S+):\n(?:.*\n)?\s+Candidate: (?!\(none\))/gm)].map((match) => match[1]),
  );
  return names.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name));
}
