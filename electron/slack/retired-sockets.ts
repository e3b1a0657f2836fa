import { longestLifetimeMs } from './reconnect-delays.ts';
import type { Socket } from './socket.ts';

/** Sockets that were replaced. They go on taking deliveries until Slack closes them. */
export interface RetiredSockets {
  add(socket: Socket): void;
  /** Closes it. */
  drop(socket: Socket): void;
  /** Forgets one that is closed already. */
  forget(socket: Socket): void;
  closeAll(): Promise<void>;
}

/** Slack closes a connection at the end of its lifetime; what it forgets is closed here this much later. */
const forgottenAfterMs = 60_000;
/** More are not kept: an app has ten connections, for all its desktops. */
const most = 2;

export function createRetiredSockets(): RetiredSockets {
  /** Oldest first, each with the timer that closes it. */
  const timers = new Map<Socket, NodeJS.Timeout>();

  function forget(socket: Socket): void {
    clearTimeout(timers.get(socket));
    timers.delete(socket);
  }

  function drop(socket: Socket): void {
    forget(socket);
    void socket.close();
  }

  return {
    add(socket) {
      timers.set(
        socket,
        setTimeout(() => drop(socket), Math.min(socket.lifetimeMs ?? 0, longestLifetimeMs) + forgottenAfterMs),
      );
      const [oldest] = timers.keys();
      if (oldest !== undefined && timers.size > most) drop(oldest);
    },
    drop,
    forget,
    async closeAll() {
      const sockets = [...timers.keys()];
      for (const socket of sockets) forget(socket);
      await Promise.all(sockets.map((socket) => socket.close()));
    },
  };
}
