import { utilityProcess } from 'electron';
import { withoutForeign } from '../../shared/foreign-variables.ts';

/** The same as the classifier's `HostProcess`, which this folder does not know. */
interface StartedHost {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/**
 * Starts `file` as a process of its own, without the secrets that this one's environment may hold, and without what others'
 * programs are told there. `purpose`: what the system's list of processes calls it by.
 */
export function createHostStarter(file: string): (purpose: string) => (env?: Record<string, string>) => StartedHost {
  return (purpose) =>
    (env = {}) => {
      const child = utilityProcess.fork(file, [], {
        serviceName: `AI Ticket Agent ${purpose}`,
        stdio: 'ignore',
        env: { ...withoutForeign(process.env), ...env },
      });
      return {
        post: (message) => child.postMessage(message),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', listener),
        kill: () => void child.kill(),
      };
    };
}
