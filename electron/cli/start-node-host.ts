import { fork } from 'node:child_process';
import { join } from 'node:path';
import { withoutForeign } from '../../shared/foreign-variables.ts';
import { secretNames } from '../../shared/settings.ts';
import type { HostProcess } from '../classifier/gguf/host-calls.ts';

export interface NodeHost extends HostProcess {
  pid: number;
}

/**
 * Starts the model's process under plain Node, where the app starts it as Electron's utility process. `env`: beside ours,
 * which it gets without tokens and without what is meant for others' programs.
 */
export function startNodeHost(env: Record<string, string> = {}): NodeHost {
  const child = fork(join(import.meta.dirname, '..', 'app', 'model-host.ts'), [], {
    env: { ...withoutSecrets(withoutForeign(process.env)), ...env },
    // As Electron copies messages.
    serialization: 'advanced',
    execArgv: [],
    // Our stdout is for JSON lines alone, and what llama.cpp says when it aborts tells a person nothing.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // It may be gone before it is told that it is not wanted any more.
  child.on('error', () => {});
  return {
    pid: child.pid ?? 0,
    post: (message: object) => void (child.connected && child.send(message)),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill('SIGKILL'),
  };
}

function withoutSecrets(env: Record<string, string>): Record<string, string> {
  // Windows tells no upper case from lower.
  const isSecret = (name: string) => secretNames.some((secret) => secret === name.toUpperCase());
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isSecret(name)));
}
