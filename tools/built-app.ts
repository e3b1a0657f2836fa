import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { appEnvironment } from './app-environment.ts';
import { projectDir } from './paths.ts';
import { electronArguments } from './start-options.ts';

export interface BuiltAppOptions {
  /** Electron's executable. */
  executable: string;
  dataDir: string;
  /** The settings, and where to show windows. */
  env: Record<string, string>;
  args: string[];
  /** Another app than ours, to compare with: the absolute path of its folder. */
  appDir?: string;
}

/** The built app in a process of its own. */
export interface BuiltApp {
  /** When this line of stdout comes, or came: milliseconds since the process was started. Rejects after 60 s. */
  lineAt(line: RegExp): Promise<number>;
  hasPrinted(line: RegExp): boolean;
  memory(): Memory | null;
  /** Milliseconds of processor time that it has taken since its start, with all of its processes; null but on Linux. */
  processorMs(): number | null;
  /** Ends it as a person would; resolves when it has ended. */
  stop(): Promise<void>;
  /** Ends it as a power cut would, with all of its processes; resolves when it has ended. */
  kill(): Promise<void>;
}

/** Memory in megabytes; what several processes share is counted once, each has its part. */
export interface Memory {
  main: number;
  /** The main process and all of its descendants. */
  all: number;
}

const patienceMs = 60_000;

export function startBuiltApp({ executable, dataDir, env, args, appDir = projectDir }: BuiltAppOptions): BuiltApp {
  const started = performance.now();
  const child = spawn(executable, [appDir, ...electronArguments([`--user-data-dir=${dataDir}`, ...args], dataDir)], {
    cwd: dataDir,
    env: appEnvironment(env),
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own, so that all of its processes can be killed at once.
    detached: true,
  });
  const ended = once(child, 'exit');
  const lines: { text: string; at: number }[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push({ text, at: performance.now() - started });
    for (const look of [...waiting]) look();
  });
  const kill = () => killGroup(child);
  process.once('exit', kill);

  return {
    lineAt: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(({ text }) => wanted.test(text));
          if (found !== undefined) finish(() => resolve(found.at));
        };
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          settle();
        };
        const giveUp = (why: string) =>
          finish(() => reject(new Error(`${why}. It printed:\n${lines.map(({ text }) => text).join('\n')}`)));
        const timer = setTimeout(() => giveUp(`The app did not print ${wanted}`), patienceMs);
        waiting.add(look);
        void ended.then(() => giveUp('The app has ended'));
        look();
      }),
    hasPrinted: (wanted) => lines.some(({ text }) => wanted.test(text)),
    memory: () => memoryOf(child),
    processorMs: () => processorMsOf(child),
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(kill, 10_000);
      await ended;
      clearTimeout(late);
      process.off('exit', kill);
    },
    async kill() {
      kill();
      await ended;
      process.off('exit', kill);
    },
  };
}

/** Kills the process and its group; does nothing where it has ended. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

/** Linux only: https://docs.kernel.org/filesystems/proc.html, smaps_rollup's Pss. */
function memoryOf({ pid }: ChildProcess): Memory | null {
  if (pid === undefined || process.platform !== 'linux') return null;
  return { main: megabytes(pid), all: descendants(pid).reduce((sum, each) => sum + megabytes(each), megabytes(pid)) };
}

/** The kernel counts in hundredths of a second: https://docs.kernel.org/filesystems/proc.html, fields 14 to 17 of stat. */
function processorMsOf({ pid }: ChildProcess): number | null {
  if (pid === undefined || process.platform !== 'linux') return null;
  return [pid, ...descendants(pid)].reduce((sum, each) => sum + ticks(each), 0) * 10;
}

/** Those of its children that have ended included. */
function ticks(pid: number): number {
  // It may have ended meanwhile: its parent has its time by then.
  if (!existsSync(`/proc/${pid}`)) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

function descendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function megabytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
