import type { App, Receiver } from '@slack/bolt';
import { type AppError, type ErrorCode, toAppError } from '../../shared/errors.ts';
import { refusalOf } from './errors.ts';
import { createReconnectDelays } from './reconnect-delays.ts';
import { createRetiredSockets } from './retired-sockets.ts';
import type { Delivery, Socket, SocketListeners } from './socket.ts';

/** How the line to Slack is. */
export type SlackState =
  | { state: 'connecting' }
  | { state: 'connected'; since: string; connections: number | null }
  | { state: 'disconnected'; code: ErrorCode | 'closed' | 'silent' | 'stopped'; message: string }
  | { state: 'unauthorized'; message: string };

export interface SupervisorOptions {
  /** Opens one connection. Throws AppError. */
  open(listeners: SocketListeners): Promise<Socket>;
  /** Runs before the first connection and again until it resolves once: proves the bot token. Throws AppError. */
  authenticate(): Promise<void>;
  onState(state: SlackState): void;
  /** Whether this is to be acknowledged only when all is done with it, and not at all where that failed. */
  isWrittenFirst(body: Record<string, unknown>): boolean;
  /** Errors that no listener answered. */
  onError(error: AppError): void;
  /** Wait before try number `attempt` (0 is the first after a failure), in milliseconds. */
  retryDelayMs(attempt: number): number;
}

export interface SupervisedReceiver extends Receiver {
  /** Closes the line until `wake`; resolves when it is closed, after at most 1.4 s. */
  sleep(): Promise<void>;
  /** Opens a line at once, after sleep or a change of the network, unless the one there proves to be alive within a second. */
  wake(): void;
  /** Another receiver takes over: opens nothing more, and takes deliveries until Slack closes what is open. */
  retire(): void;
}

/** A connection, named before there is one because its listeners must know which one they speak of. */
interface Line {
  socket: Socket | null;
  /** Slack has said that it will close it. */
  isEnding: boolean;
}

/**
 * Bolt's receiver over Socket Mode, supervised here because the client's own reconnect leaves seconds without
 * a socket: a successor is open before a predecessor closes or is given up, an unannounced loss is mended at once, and a
 * refused token is tried again after 15 s, then less and less often. A line that is open goes on meanwhile.
 *
 * A predecessor goes on taking deliveries until Slack closes it: what is under way when we close is lost, and Slack
 * does not send commands again.
 */
export function createSupervisedReceiver(options: SupervisorOptions): SupervisedReceiver {
  const delays = createReconnectDelays(options.retryDelayMs);
  const retired = createRetiredSockets();
  let app: App | null = null;
  let mode: 'running' | 'asleep' | 'stopped' = 'stopped';
  let current: Socket | null = null;
  /** When `current` was opened, on performance.now()'s clock. */
  let openedAt = 0;
  let authenticated = false;
  let tries = 0;
  /** Number of the try whose outcome counts; null where none is under way. */
  let tryInHand: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  // One line per change: a second `connecting` in a row would say nothing new.
  let lastState = '';

  function report(state: SlackState): void {
    const key = state.state === 'disconnected' ? `disconnected ${state.code}` : state.state;
    if (key === lastState && state.state !== 'connected') return;
    lastState = key;
    options.onState(state);
  }

  /**
   * Hands a delivery to Bolt, which acknowledges events before it does anything: those that must be written down first are
   * acknowledged here, afterwards. One that could not be is not, and so Slack delivers it again.
   */
  async function deliver({ body, ack, retry_num, retry_reason }: Delivery): Promise<void> {
    const isWrittenFirst = options.isWrittenFirst(body);
    try {
      await app?.processEvent({
        body,
        ack: async (response) => (isWrittenFirst ? undefined : ack(response ?? {})),
        ...(retry_num === undefined ? {} : { retryNum: retry_num }),
        ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
      });
      if (isWrittenFirst && app !== null) await ack({});
    } catch (thrown) {
      options.onError(toAppError(thrown));
    }
  }

  function connectIn(delayMs: number): void {
    clearTimeout(timer);
    if (mode === 'running') timer = setTimeout(() => void connect(), Math.max(delayMs, delays.pauseLeft()));
  }

  /** Connects anew, not behind a try that may hang on a network that is gone. */
  function connectAnewIn(delayMs: number): void {
    tryInHand = null;
    connectIn(delayMs);
  }

  /** Opens a connection; the one before it, if any, lives on until Slack closes it. */
  async function connect(): Promise<void> {
    if (mode !== 'running' || tryInHand !== null) return;
    tries += 1;
    const mine = tries;
    tryInHand = mine;
    // Tries again and again are no news each time.
    if (current === null && delays.failures() === 0) report({ state: 'connecting' });
    try {
      if (!authenticated) await options.authenticate();
      authenticated = true;
      if (mine !== tryInHand) return;
      const line: Line = { socket: null, isEnding: false };
      const socket = await options.open(listenersOf(line));
      line.socket = socket;
      if (mode !== 'running') void socket.close();
      // Another try was faster; this one may have got deliveries already.
      else if (mine !== tryInHand && current !== null) retired.add(socket);
      else connected(socket);
    } catch (thrown) {
      if (mine === tryInHand) failed(toAppError(thrown));
    } finally {
      if (mine === tryInHand) tryInHand = null;
    }
  }

  function connected(socket: Socket): void {
    if (current !== null) retired.add(current);
    current = socket;
    openedAt = performance.now();
    delays.succeeded();
    clearTimeout(timer);
    report({ state: 'connected', since: new Date().toISOString(), connections: socket.connections });
    if (socket.lifetimeMs !== null) connectIn(delays.beforeRenewal(socket.lifetimeMs));
  }

  function failed(error: AppError): void {
    if (mode !== 'running') return;
    const { code, message } = error;
    if (current === null) {
      report(code === 'unauthorized' ? { state: code, message } : { state: 'disconnected', code, message });
    }
    connectIn(delays.afterFailure(error));
  }

  const delayAfterLoss = (isAnnounced: boolean) => delays.afterLoss(performance.now() - openedAt, isAnnounced);

  /** No longer the one that counts; it may still speak, so it is not closed yet. */
  function giveUp(socket: Socket): void {
    current = null;
    retired.add(socket);
  }

  function listenersOf(line: Line): SocketListeners {
    return {
      onDelivery: (delivery) => void deliver(delivery),
      onWarning(reason) {
        // One that is replaced already, or about to be, may end.
        if (line.socket === null || line.socket !== current || line.isEnding) return;
        line.isEnding = true;
        const refusal = refusalOf(reason);
        if (refusal === null) return connectIn(delayAfterLoss(true));
        giveUp(current);
        failed(refusal);
      },
      onSilent() {
        if (line.socket === null) return;
        // Silent since it was replaced: it will not come back to life.
        if (line.socket !== current) return retired.drop(line.socket);
        giveUp(current);
        report({
          state: 'disconnected',
          code: 'silent',
          message: 'Slack has gone silent. A new line is being opened.',
        });
        connectAnewIn(delayAfterLoss(false));
      },
      onClosed() {
        if (line.socket === null) return;
        if (line.socket !== current) return retired.forget(line.socket);
        current = null;
        report({ state: 'disconnected', code: 'closed', message: 'The connection to Slack was closed.' });
        connectIn(delayAfterLoss(false));
      },
    };
  }

  /** Closes everything; `state` is told unless something else was wanted meanwhile. */
  async function end(next: 'asleep' | 'stopped', state: SlackState): Promise<void> {
    mode = next;
    tryInHand = null;
    clearTimeout(timer);
    const last = current;
    current = null;
    await Promise.all([last?.close(), retired.closeAll()]);
    if (mode === next) report(state);
  }

  return {
    init(bolt) {
      app = bolt;
    },
    async start() {
      mode = 'running';
      delays.succeeded();
      connectAnewIn(0);
    },
    async sleep() {
      const message = 'The line to Slack is closed while the computer sleeps.';
      if (mode === 'running') await end('asleep', { state: 'disconnected', code: 'stopped', message });
    },
    wake() {
      if (mode === 'asleep') mode = 'running';
      delays.succeeded();
      if (current !== null) current.check();
      else connectAnewIn(0);
    },
    retire() {
      mode = 'stopped';
      tryInHand = null;
      clearTimeout(timer);
      if (current !== null) giveUp(current);
    },
    async stop() {
      const message = 'The connection to Slack was closed on purpose.';
      await end('stopped', { state: 'disconnected', code: 'stopped', message });
    },
  };
}
