import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Configuration } from 'electron-builder';
import { launchedSuffix } from '../electron/shell/own-executable.ts';
import { buildIfStale } from './build.ts';
import { fallbackExecutable, fallbackVersion } from './electron-fallback/runtime.ts';
import { electronPath } from './electron-runtime.ts';
import { fuses } from './fuses.ts';
import { packagedLauncher } from './launcher.ts';
import { projectDir } from './paths.ts';

/** The name in electron-builder.yml. */
const executableName = 'ai-ticket-agent';

const report = (line: string) => console.error(line);

/**
 * Packages the app for this machine's kind of Linux, with the Electron that this checkout runs, into
 * `<output>/linux-unpacked`. What goes in is said in electron-builder.yml. Throws with a message for a person.
 */
async function packageApp(output: string): Promise<void> {
  if (process.platform !== 'linux') throw new Error('So far the app can be packaged on Linux only.');
  await buildIfStale(report);
  const executable = await electronPath(report);
  const isFallback = executable === fallbackExecutable;
  const config: Configuration = {
    directories: { output },
    // Given, so that nothing is downloaded.
    electronDist: path.dirname(executable),
    afterExtract: ({ appOutDir }) => emptyResources(appOutDir),
    async afterPack(context) {
      await context.packager.addElectronFuses(context, fuses);
      putLauncher(context.appOutDir);
    },
    ...(isFallback ? { electronVersion: fallbackVersion } : {}),
  };
  await build({ projectDir, config, linux: ['dir'], publish: 'never' });
  if (isFallback) report(`This package is for trying only: it holds the fallback Electron ${fallbackVersion}.`);
}

/** What Electron brings to load when there is no app: its own start page, or the fallback's loader. */
function emptyResources(appDir: string): void {
  const resources = path.join(appDir, 'resources');
  rmSync(resources, { recursive: true, force: true });
  mkdirSync(resources);
}

/** Puts the launcher in front: only on Linux Chromium forks processes before the program can clean the environment. */
function putLauncher(appDir: string): void {
  const launcher = path.join(appDir, executableName);
  renameSync(launcher, `${launcher}${launchedSuffix}`);
  writeFileSync(launcher, packagedLauncher(`${executableName}${launchedSuffix}`), { mode: 0o755 });
}

try {
  const { values } = parseArgs({ options: { output: { type: 'string', default: path.join(projectDir, 'release') } } });
  await packageApp(path.resolve(values.output));
} catch (thrown) {
  report(thrown instanceof Error ? thrown.message : String(thrown));
  process.exitCode = 1;
}
