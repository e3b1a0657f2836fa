import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/**
 * Asks `maySend` before any byte leaves this process by undici, which all of Slack, Jira and OpenAI go through: requests,
 * and frames of a WebSocket. Where it says no the connection is cut instead. Nowhere above could be sure: a process can be
 * stopped, for however long, between any check and the write.
 */
export function guardOutgoing(maySend: () => boolean): void {
  subscribe('undici:client:connected', (message) => {
    const { socket } = message as { socket: Socket };
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    const guarded = (...args: unknown[]): boolean => {
      if (maySend()) return write(...args);
      socket.destroy();
      return false;
    };
    Object.assign(socket, { write: guarded });
  });
}
