import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { buildIfStale } from './build.ts';
import { electronPath } from './electron-runtime.ts';
import { projectDir } from './paths.ts';
import { electronArguments, electronEnvironment, launched } from './start-options.ts';
import { noDisplayMessage, openDisplay } from './virtual-display.ts';

/** How long the app may take to finish its work once it was told to end, in milliseconds. */
const patience = 10_000;

/** Where the person called npm: relative paths and the `.env` of the current folder are meant from there. */
const calledFrom = process.env['INIT_CWD'] ?? process.cwd();

/** Stdout belongs to the app. */
const report = (line: string) => console.error(line);

async function start(): Promise<void> {
  await buildIfStale(report);
  const executable = await electronPath(report);
  const display = await openDisplay();
  if (!display) throw new Error(noDisplayMessage);

  const [command, ...args] = launched([
    executable,
    projectDir,
    ...electronArguments(process.argv.slice(2), calledFrom),
  ]);
  const app = spawn(command, args, {
    cwd: calledFrom,
    env: electronEnvironment({ ...process.env, ...display.env }, calledFrom),
    stdio: 'inherit',
  });
  const end = (signal: NodeJS.Signals) => {
    app.kill(signal);
    setTimeout(() => app.kill('SIGKILL'), patience).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));
  if (process.env['npm_lifecycle_event']) endWithParent(() => end('SIGTERM'));
  app.once('error', fail);
  app.once('exit', (code, signal) => process.exit(code ?? 128 + os.constants.signals[signal ?? 'SIGTERM']));
}

/** npm passes SIGTERM to its shell alone, which dies without a word: all we see is that we have another parent. */
function endWithParent(onOrphaned: () => void): void {
  const line = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = line();
  const watch = setInterval(() => {
    if (line() === before) return;
    clearInterval(watch);
    onOrphaned();
  }, 500);
}

/** npm's own process is the parent of the shell that runs the script; known on Linux only, 0 elsewhere. */
function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function fail(thrown: unknown): void {
  report(thrown instanceof Error ? thrown.message : String(thrown));
  process.exit(1);
}

start().catch(fail);
