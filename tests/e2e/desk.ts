import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageBoxOptions } from 'electron';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished, vi } from 'vitest';
import { appEnvironment } from '../../tools/app-environment.ts';
import { computeBuildStamp } from '../../tools/build-stamp.ts';
import { projectDir } from '../../tools/paths.ts';
import { runCommand } from '../../tools/run-command.ts';
import { type Display, noDisplayMessage, openDisplay } from '../../tools/virtual-display.ts';
import { patienceMs } from '../patience.ts';
import type { World } from './world.ts';

let display: Display | null = null;
let electronFile = '';
beforeAll(async () => {
  display = await openDisplay();
  if (display === null) throw new Error(noDisplayMessage);
  electronFile = (await runCommand(process.execPath, [join(projectDir, 'tools', 'electron-runtime.ts')])).trim();
  const stamp = join(projectDir, 'dist', '.stamp');
  if (readFileSync(stamp, 'utf8') !== computeBuildStamp()) {
    console.warn('dist/ is not what the sources give; `npm test` builds it first.');
  }
});
afterAll(() => display?.close());

/** The environment of a program that shows windows on this run's display. */
export const onDisplay = (more: Record<string, string> = {}) => appEnvironment({ ...display?.env, ...more });

const appArguments = (world: World, appDir = projectDir) => [appDir, `--user-data-dir=${world.dataDir}`];

/** The command that starts the app on this world's data folder, for starts without Playwright. */
export function executable(world: World): { file: string; args: string[] } {
  return { file: electronFile, args: [...appArguments(world), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] };
}

export interface StartOptions {
  args?: string[];
  /** The settings; the world's credentials unless given. */
  settings?: Record<string, string>;
  /** Absolute path of the folder that the app lies in; this checkout unless given. */
  appDir?: string;
}

/** The real app in Electron, as built. */
export interface Desk {
  app: ElectronApplication;
  process: ChildProcess;
  /** What it has printed on stdout so far, line by line. */
  lines(): string[];
  waitForLine(line: string | RegExp): Promise<string>;
  /** Its window's page, shown or not; waits for the window to be made. */
  page(): Promise<Page>;
  /** For each of its windows, whether it is visible. */
  windows(): Promise<boolean[]>;
  /** From now on the system's questions are answered with this button: 0 goes on, 1 is Cancel. */
  answerQuestions(button: 0 | 1): Promise<void>;
  /** What was asked since then, as it was given to the dialog. */
  questions(): Promise<MessageBoxOptions[]>;
  /** Quits as its menu does; resolves with the exit code once it has ended. */
  quit(): Promise<number | null>;
  /** Ends it as a power cut would, with all of its processes. */
  kill(): Promise<void>;
}

/**
 * Its stdout goes to a file: Playwright reads the pipe before we can. `exec` keeps the process the one that
 * Playwright knows.
 */
const launcher = '#!/bin/sh\nexec "$DESK_ELECTRON" "$@" >>"$DESK_STDOUT"\n';
let starts = 0;
/** Read by the part of Chromium that looks for fonts, on Linux. */
const fonts = join(import.meta.dirname, 'fonts.conf');

/** Starts the app; it is killed when the test ends, if it still lives. */
export async function startDesk(world: World, { args = [], settings = world.credentials, appDir }: StartOptions = {}) {
  starts += 1;
  const stdout = join(world.folder, `stdout-${starts}.txt`);
  const launcherFile = join(world.folder, 'electron.sh');
  writeFileSync(stdout, '');
  writeFileSync(launcherFile, launcher, { mode: 0o755 });
  const app = await electron.launch({
    executablePath: launcherFile,
    args: [...appArguments(world, appDir), ...args],
    cwd: world.folder,
    env: onDisplay({ ...settings, FONTCONFIG_FILE: fonts, DESK_ELECTRON: electronFile, DESK_STDOUT: stdout }),
  });
  app.context().setDefaultTimeout(patienceMs);
  const child = app.process();
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));

  const desk: Desk = {
    app,
    process: child,
    lines: () => readFileSync(stdout, 'utf8').split('\n').filter(Boolean),
    waitForLine: (line) => waitForLine(desk.lines, line),
    page: () => app.firstWindow(),
    windows: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible())),
    answerQuestions: (button) =>
      app.evaluate(({ dialog }, response) => {
        const asked: MessageBoxOptions[] = [];
        Reflect.set(globalThis, 'asked', asked);
        dialog.showMessageBox = async (...given: unknown[]) => {
          asked.push(given.at(-1) as MessageBoxOptions);
          return { response, checkboxChecked: false };
        };
      }, button),
    questions: () => app.evaluate(() => Reflect.get(globalThis, 'asked')),
    async quit() {
      // The answer may be lost: the app is gone before it can give it.
      await app.evaluate(({ app }) => app.quit()).catch(() => {});
      return ended;
    },
    async kill() {
      endGroup(child);
      await ended;
    },
  };
  onTestFinished(desk.kill);
  return desk;
}

/** A line of what `lines` gives, now or later. */
export function waitForLine(lines: () => string[], wanted: string | RegExp): Promise<string> {
  return vi.waitFor(() => {
    const found = lines().find((line) => (typeof wanted === 'string' ? line === wanted : wanted.test(line)));
    if (found === undefined) throw new Error(`No line ${wanted} in:\n${lines().join('\n')}`);
    return found;
  });
}

/** Kills a process that leads a process group, and the group; nothing where it has ended. */
export function endGroup(leader: ChildProcess): void {
  if (leader.pid === undefined) return;
  try {
    process.kill(-leader.pid, 'SIGKILL');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown;
  }
}
