import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { endGroup, onDisplay } from './desk.ts';
import type { World } from './world.ts';

/** A packaged program at work. */
export interface Packaged {
  /** Its main process, but where it runs as somebody else. */
  pid: number;
  /** Of stdout. */
  lines(): string[];
  /** What stderr has said. */
  errors(): string;
  /** Ends it as a person would; its exit code. */
  end(): Promise<number | null>;
}

/** Starts it on this world's data folder; it is killed when the test ends. `asNobody`: as an ordinary user, by root. */
export function startPackaged(
  executable: string,
  world: World,
  { args = [], env, asNobody = false }: { args?: string[]; env: Record<string, string>; asNobody?: boolean },
): Packaged {
  const own = [...args, `--user-data-dir=${world.dataDir}`];
  const [command, ...given] = asNobody
    ? ['su', '-s', '/bin/sh', '-c', 'exec "$0" "$@"', '--', 'nobody', executable, ...own]
    : [executable, ...own, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const app = spawn(command, given, {
    cwd: world.folder,
    env: onDisplay(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  onTestFinished(() => endGroup(app));
  const ended = once(app, 'exit');
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    app[name].on('data', (chunk) => {
      said[name] += String(chunk);
    });
  }
  return {
    pid: app.pid ?? 0,
    lines: () => said.stdout.split('\n').filter(Boolean),
    errors: () => said.stderr,
    async end() {
      app.kill('SIGTERM');
      const [code] = await ended;
      return code;
    },
  };
}

/** A port of this machine that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
