import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';
import { AppError } from '../../shared/errors.ts';
import { translateSlackError } from './errors.ts';

/** One delivery from Slack, as SocketModeClient's `slack_event` gives it. */
export interface Delivery {
  body: Record<string, unknown>;
  ack: (response?: unknown) => Promise<void>;
  retry_num?: number;
  retry_reason?: string;
}

/** One open Socket Mode connection. */
export interface Socket {
  /** How long Slack means to keep it, in milliseconds; null where `hello` does not say. */
  lifetimeMs: number | null;
  /** How many connections the app has, this one included; null where `hello` does not say. */
  connections: number | null;
  /** Ends it; resolves when it is closed, after at most a second and a half. */
  close(): Promise<void>;
}

export interface SocketListeners {
  onDelivery(delivery: Delivery): void;
  /** Slack is about to close this connection (`warning`, `refresh_requested`, `link_disabled`, ...). */
  onWarning(reason: string): void;
  /** The connection is gone; called once, and never after `close()`. */
  onClosed(): void;
}

const helloTimeoutMs = 15_000;

/**
 * A `disconnect` frame makes SocketModeClient close at once, with deliveries possibly under way. Here the frame
 * is only announced, so that a successor can be opened first.
 */
class PatientSocketModeClient extends SocketModeClient {
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const frame = typeof data === 'string' ? parseFrame(data) : null;
    if (frame?.['type'] === 'disconnect') {
      this.emit('closing_soon', String(frame['reason'] ?? 'unknown'));
      return;
    }
    // `num_connections` and the lifetime are only in the raw frame.
    if (frame?.['type'] === 'hello') this.emit('hello_frame', frame);
    return super.onWebSocketMessage(data, isBinary);
  }
}

function parseFrame(data: string): Record<string, unknown> | null {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function readHello(frame: Record<string, unknown>): Pick<Socket, 'lifetimeMs' | 'connections'> {
  const info = frame['debug_info'];
  const seconds =
    info && typeof info === 'object' && 'approximate_connection_time' in info ? info.approximate_connection_time : null;
  const connections = frame['num_connections'];
  return {
    lifetimeMs: typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : null,
    connections: typeof connections === 'number' ? connections : null,
  };
}

/**
 * Opens one connection and resolves once Slack has said hello.
 *
 * @throws AppError `unauthorized`, `not_configured`, `unavailable`, `rate_limited`, ... as Slack answers.
 */
export async function openSocket(options: SocketModeOptions, listeners: SocketListeners): Promise<Socket> {
  const client = new PatientSocketModeClient({ ...options, autoReconnectEnabled: false });
  let hello: Pick<Socket, 'lifetimeMs' | 'connections'> = { lifetimeMs: null, connections: null };
  let phase: 'opening' | 'open' | 'closing' = 'opening';
  client.on('hello_frame', (frame: Record<string, unknown>) => {
    hello = readHello(frame);
  });
  client.on('slack_event', (delivery: Delivery) => listeners.onDelivery(delivery));
  client.on('closing_soon', (reason: string) => listeners.onWarning(reason));

  async function close(): Promise<void> {
    phase = 'closing';
    const closed = client.disconnect();
    // A peer that never answers the close frame would hold this for 30 s; a second call cuts the socket.
    const cut = setTimeout(() => void client.disconnect(), 1500);
    await closed.finally(() => clearTimeout(cut));
  }

  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('unavailable', 'Slack did not say hello in time.')), helloTimeoutMs);
  });
  try {
    await Promise.race([client.start(), late]);
  } catch (thrown) {
    void close().catch(() => {});
    // A socket that fails before hello rejects with nothing at all.
    throw thrown === undefined
      ? new AppError('unavailable', 'Slack’s socket could not be opened.')
      : translateSlackError(thrown);
  } finally {
    clearTimeout(timer);
  }
  phase = 'open';
  client.once('disconnected', () => {
    if (phase === 'open') listeners.onClosed();
  });
  return { ...hello, close };
}
