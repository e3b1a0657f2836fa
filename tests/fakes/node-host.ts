import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { HostProcess, StartHost } from '../../electron/classifier/gguf/host-calls.ts';

export interface NodeHost extends HostProcess {
  pid: number;
}

/**
 * Starts the model's process under plain Node, where the app starts it as Electron's utility process. Every process
 * that was started is in `hosts`, the newest last.
 */
export function createNodeHosts(more: Record<string, string> = {}): { startHost: StartHost; hosts: NodeHost[] } {
  const hosts: NodeHost[] = [];
  return {
    hosts,
    startHost(env = {}) {
      const file = join(import.meta.dirname, '..', '..', 'electron', 'app', 'model-host.ts');
      const child = fork(file, [], {
        env: { ...process.env, ...more, ...env },
        // As Electron copies messages.
        serialization: 'advanced',
        execArgv: [],
      });
      const host: NodeHost = {
        pid: child.pid ?? 0,
        post: (message) => void (child.connected && child.send(message as object)),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', (code) => listener(code)),
        kill: () => void child.kill('SIGKILL'),
      };
      hosts.push(host);
      return host;
    },
  };
}
