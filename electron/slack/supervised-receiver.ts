import type { App, Receiver } from '@slack/bolt';
import type { SocketModeOptions } from '@slack/socket-mode';
import { type AppError, type ErrorCode, reactionTo, toAppError } from '../../shared/errors.ts';
import { type Delivery, openSocket, type Socket } from './socket.ts';

/** How the line to Slack is. */
export type SlackState =
  | { state: 'connecting' }
  | { state: 'connected'; since: string; connections: number | null }
  | { state: 'disconnected'; code: ErrorCode | 'closed' | 'stopped'; message: string }
  | { state: 'unauthorized'; message: string };

export interface SupervisorOptions {
  socket: SocketModeOptions;
  /** Runs before the first connection and again until it resolves once: proves the bot token. */
  authenticate(): Promise<void>;
  onState(state: SlackState): void;
  /** Errors that no listener answered. */
  onError(error: AppError): void;
  /** Wait before try number `attempt` (0 is the first after a failure), in milliseconds. */
  retryDelayMs(attempt: number): number;
}

export interface SupervisedReceiver extends Receiver {
  /** After sleep: a fresh connection, without waiting for the old one to be missed. */
  wake(): void;
}

/** Slack closes a connection after its lifetime; the successor is opened when this share of it has passed. */
const refreshShare = 0.9;
/** Slack closes a connection at the end of its lifetime; what it forgets is closed here this much later. */
const forgottenAfterMs = 60_000;

/**
 * Bolt's receiver over Socket Mode, supervised here because the client's own reconnect leaves seconds without
 * a socket: a planned successor is open before its predecessor closes, an unannounced loss is mended at once,
 * and a refused token ends the tries until the settings change.
 *
 * A predecessor goes on taking deliveries until Slack closes it: what is under way when we close is lost, and Slack
 * does not send commands again.
 */
export function createSupervisedReceiver(options: SupervisorOptions): SupervisedReceiver {
  let app: App | null = null;
  let current: Socket | null = null;
  /** Replaced, and open until Slack closes them. */
  const retiring = new Map<Socket, NodeJS.Timeout>();
  let authenticated = false;
  let stopped = true;
  let connecting = false;
  let attempt = 0;
  let timer: NodeJS.Timeout | undefined;
  // One line per change: a second `connecting` in a row would say nothing new.
  let lastState = '';

  function report(state: SlackState): void {
    const key = state.state === 'disconnected' ? `disconnected ${state.code}` : state.state;
    if (key === lastState && state.state !== 'connected') return;
    lastState = key;
    options.onState(state);
  }

  function deliver({ body, ack, retry_num, retry_reason }: Delivery): void {
    app
      ?.processEvent({
        body,
        ack: async (response) => ack(response ?? {}),
        ...(retry_num === undefined ? {} : { retryNum: retry_num }),
        ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
      })
      .catch((thrown: unknown) => options.onError(toAppError(thrown)));
  }

  function connectIn(delayMs: number): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void connect(), delayMs);
  }

  function retire(socket: Socket): void {
    const close = () => {
      retiring.delete(socket);
      void socket.close();
    };
    retiring.set(socket, setTimeout(close, (socket.lifetimeMs ?? 0) + forgottenAfterMs));
  }

  async function closeAll(): Promise<void> {
    clearTimeout(timer);
    const sockets = [...retiring.keys(), ...(current === null ? [] : [current])];
    for (const timeout of retiring.values()) clearTimeout(timeout);
    retiring.clear();
    current = null;
    await Promise.all(sockets.map((socket) => socket.close()));
  }

  /** Opens a connection; the one before it, if any, lives on until Slack closes it. */
  async function connect(): Promise<void> {
    if (stopped || connecting) return;
    connecting = true;
    clearTimeout(timer);
    if (current === null) report({ state: 'connecting' });
    try {
      if (!authenticated) await options.authenticate();
      authenticated = true;
      // Named before it exists, because its listeners must know which socket they speak of.
      const opened: { socket: Socket | null } = { socket: null };
      const socket = await openSocket(options.socket, {
        onDelivery: deliver,
        // One that was replaced already may end: its successor is there.
        onWarning: () => {
          if (opened.socket === current) void connect();
        },
        onClosed: () => lost(opened),
      });
      opened.socket = socket;
      const predecessor = current;
      if (stopped) return void socket.close();
      current = socket;
      attempt = 0;
      report({ state: 'connected', since: new Date().toISOString(), connections: socket.connections });
      if (socket.lifetimeMs !== null) connectIn(socket.lifetimeMs * refreshShare);
      if (predecessor !== null) retire(predecessor);
    } catch (thrown) {
      failed(toAppError(thrown));
    } finally {
      connecting = false;
    }
  }

  function failed(error: AppError): void {
    if (stopped) return;
    if (error.code === 'unauthorized') {
      stopped = true;
      void closeAll();
      report({ state: 'unauthorized', message: error.message });
      return;
    }
    if (current === null) report({ state: 'disconnected', code: error.code, message: error.message });
    // What only a person can mend is asked for rarely, but still asked: it is mended in Slack, not here.
    const slowest = reactionTo(error.code) === 'retry' ? 0 : 60_000;
    connectIn(Math.max(error.retryAfterMs ?? 0, slowest, options.retryDelayMs(attempt)));
    attempt += 1;
  }

  function lost(opened: { socket: Socket | null }): void {
    if (opened.socket !== null) {
      clearTimeout(retiring.get(opened.socket));
      retiring.delete(opened.socket);
    }
    if (opened.socket !== current || stopped) return;
    current = null;
    report({ state: 'disconnected', code: 'closed', message: 'The connection to Slack was closed.' });
    connectIn(0);
  }

  return {
    init(bolt) {
      app = bolt;
    },
    async start() {
      stopped = false;
      await connect();
    },
    wake() {
      attempt = 0;
      void connect();
    },
    async stop() {
      stopped = true;
      await closeAll();
      report({ state: 'disconnected', code: 'stopped', message: 'The connection to Slack was closed on purpose.' });
    },
  };
}
