import { spawn } from 'node:child_process';
import { buildIfStale } from './build.ts';
import { electronPath } from './electron-runtime.ts';
import { inPackage, projectDir } from './paths.ts';
import { testPlan } from './test-plan.ts';
import { noDisplayMessage, openDisplay } from './virtual-display.ts';

const report = (line: string) => console.error(line);

/** What keeps the e2e tests from running here, or null. */
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
const plan = testPlan(noElectron ?? (display ? null : noDisplayMessage), process.env);
const notify = () => plan.notice && report(`\n${plan.notice}\n`);
notify();

const args = [...plan.arguments, ...process.argv.slice(2)];
const vitest = spawn(process.execPath, [inPackage('vitest', 'vitest.mjs'), ...args], {
  cwd: projectDir,
  // The build above has set it to production, where React lacks what its tests need.
  env: { ...process.env, ...display?.env, NODE_ENV: 'test' },
  stdio: 'inherit',
});
vitest.once('exit', (code) => {
  // Again at the end, where it is seen.
  notify();
  process.exit(code === 0 && plan.mustFail ? 1 : (code ?? 1));
});
