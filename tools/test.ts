import { spawn } from 'node:child_process';
import { buildIfStale } from './build.ts';
import { electronPath } from './electron-runtime.ts';
import { inPackage, projectDir } from './paths.ts';
import { noDisplayMessage, openDisplay } from './virtual-display.ts';

const report = (line: string) => console.error(line);

/** What keeps the desktop tests from running here, or null; everything else is tested all the same. */
async function obstacle(): Promise<string | null> {
  try {
    await electronPath(report);
    return null;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

await buildIfStale(report);
const noElectron = await obstacle();
const display = await openDisplay();
const reason = noElectron ?? (display ? null : noDisplayMessage);
if (reason) report(`\nThe e2e tests are NOT run: ${reason}\n`);

const args = ['run', ...(reason ? ['--project=!e2e'] : []), ...process.argv.slice(2)];
const vitest = spawn(process.execPath, [inPackage('vitest', 'vitest.mjs'), ...args], {
  cwd: projectDir,
  env: { ...process.env, ...display?.env },
  stdio: 'inherit',
});
vitest.once('exit', (code) => process.exit(code ?? 1));
