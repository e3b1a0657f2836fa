import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Figure } from './bench-figures.ts';
import { projectDir } from './paths.ts';
import { runCommand } from './run-command.ts';

/** Keeps the figures, with the machine that gave them, in a file; gives both for people. */
export async function saveFigures(
  figures: readonly Figure[],
  executable: string,
): Promise<{ machine: string; file: string }> {
  const machine = await describeMachine(executable);
  const at = new Date().toISOString();
  const folder = path.join(projectDir, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${at.replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify({ at, machine, figures }, null, 2)}\n`);
  const words = Object.entries(machine).map((pair) => pair.join(' '));
  return { machine: words.join(', '), file };
}

async function describeMachine(executable: string): Promise<Record<string, string | number>> {
  const asNode = { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } };
  const electron = await runCommand(executable, ['-p', 'process.versions.electron'], asNode);
  const memoryGb = Math.round(os.totalmem() / 2 ** 30);
  const cpu = os.cpus()[0]?.model ?? 'unknown';
  return {
    electron: electron.trim(),
    os: `${os.platform()} ${os.arch()}`,
    cpu,
    cores: os.availableParallelism(),
    memoryGb,
  };
}
