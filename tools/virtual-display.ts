import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { secretNames } from '../shared/settings.ts';
import { hasDisplay, hasProgram } from './linux-packages.ts';

export interface Display {
  /** What a program needs in its environment to appear here. */
  env: Record<string, string>;
  close(): void;
}

export const noDisplayMessage =
  'There is no display (DISPLAY and WAYLAND_DISPLAY are empty) and no Xvfb to stand in for one. ' +
  'Start this from a desktop session, or install Xvfb: sudo apt-get install -y xvfb';

/**
 * A shell that ends Xvfb when its own standard input closes, which it does however we end. Xvfb has a process group
 * of its own: a signal to ours must not take the screen from an app that is still finishing its work.
 */
const guarded = 'Xvfb "$@" & exec 3>&-; read -r _; kill $!';

/** The screen to show windows on: the user's own, else a virtual one of Xvfb. Null where there is neither. */
export async function openDisplay(): Promise<Display | null> {
  if (hasDisplay()) return { env: {}, close() {} };
  if (!hasProgram('Xvfb')) return null;
  // Xvfb itself chooses a free number and writes it to this descriptor once it is ready.
  const options = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const guard = spawn('sh', ['-c', guarded, 'sh', ...options], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    detached: true,
    env: withoutSecrets(process.env),
  });
  const announced = await firstChunk(guard.stdio[3] as Readable);
  return { env: { DISPLAY: `:${announced.trim()}` }, close: () => guard.stdin?.end() };
}

/** The environment for Xvfb, which has no business with tokens. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secretNames.some((secret) => secret === name)));
}

function firstChunk(stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once('data', (chunk) => resolve(String(chunk)));
    stream.once('end', () => reject(new Error('Xvfb could not start. Look at what it says: Xvfb -displayfd 1')));
  });
}
