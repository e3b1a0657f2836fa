import { type ElectronApplication, _electron as electron } from 'playwright-core';
import { appEnvironment } from './app-environment.ts';
import { projectDir } from './paths.ts';
import { electronArguments } from './start-options.ts';

export interface WindowAppOptions {
  /** Electron's executable. */
  executable: string;
  dataDir: string;
  /** The settings, and where to show windows. */
  env: Record<string, string>;
  args: string[];
}

/** The built app with its window in Playwright's hands. */
export async function launchApp({ executable, dataDir, env, args }: WindowAppOptions): Promise<ElectronApplication> {
  const app = await electron.launch({
    executablePath: executable,
    args: [projectDir, ...electronArguments([`--user-data-dir=${dataDir}`, ...args], dataDir)],
    cwd: dataDir,
    env: appEnvironment(env),
  });
  app.context().setDefaultTimeout(20_000);
  return app;
}

/** Milliseconds between two ticks of the timer by which the main process is watched. */
const tickMs = 5;

/** Has the main process note how late each tick of a timer is; the function that is given back ends it and tells. */
export async function watchMain(app: ElectronApplication): Promise<() => Promise<number[]>> {
  await app.evaluate((_, every) => {
    const late: number[] = [];
    let before = performance.now();
    const note = () => {
      const now = performance.now();
      late.push(Math.max(0, now - before - every));
      before = now;
    };
    const timer = setInterval(note, every);
    Reflect.set(globalThis, 'benchLate', () => {
      clearInterval(timer);
      note();
      return late;
    });
  }, tickMs);
  return () => app.evaluate(() => (Reflect.get(globalThis, 'benchLate') as () => number[])());
}
