import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { hasDisplay, hasProgram } from './linux-packages.ts';

export interface Display {
  /** What a program needs in its environment to appear here. */
  env: Record<string, string>;
  close(): void;
}

/**
 * The screen to show windows on: the user's own, else a virtual one of Xvfb, started as our child so that it ends
 * with our process group. Null where there is neither.
 */
export async function openDisplay(): Promise<Display | null> {
  if (hasDisplay()) return { env: {}, close() {} };
  if (!hasProgram('Xvfb')) return null;
  // Xvfb itself chooses a free number and writes it to the descriptor once it is ready.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const close = () => server.kill();
  process.once('exit', close);
  const [announced] = await once(server.stdio[3] as Readable, 'data');
  return { env: { DISPLAY: `:${String(announced).trim()}` }, close };
}

export const noDisplayMessage =
  'There is no display (DISPLAY and WAYLAND_DISPLAY are empty) and no Xvfb to stand in for one. ' +
  'Start this from a desktop session, or install Xvfb: sudo apt-get install -y xvfb';
