import { existsSync } from 'node:fs';
import path from 'node:path';
import { prepareElectron } from './electron-runtime.ts';
import { inPackage, projectDir } from './paths.ts';
import { runCommand } from './run-command.ts';

/**
 * Prepares everything that `npm start` and `npm test` need. Never rejects: what is missing is reported with how to
 * mend it, since half a set-up is better than a failed `npm ci`.
 */
export async function prepare(report: (line: string) => void): Promise<void> {
  const steps = [prepareElectron, installGitHook];
  for (const step of steps) {
    try {
      await step(report);
    } catch (thrown) {
      report(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }
}

async function installGitHook(): Promise<void> {
  if (process.env['CI'] || !existsSync(path.join(projectDir, '.git'))) return;
  await runCommand(process.execPath, [inPackage('lefthook', 'bin', 'index.js'), 'install'], { cwd: projectDir });
}
