import { setTimeout as wait } from 'node:timers/promises';
import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';
import type { AppsConnectionsOpenResponse } from '@slack/web-api';
import { WebSocket } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { lastProxyRefusal } from '../network/proxy.ts';
import { isTangled } from '../network/tangled-json.ts';
import { boundFrames } from './bounded-frames.ts';
import { refusalOf, translateSlackError } from './errors.ts';
import { createHeartbeat, type Heartbeat } from './heartbeat.ts';
import { type SocketFrames, watchFrames } from './socket-frames.ts';

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
  /** Asks Slack for a sign of life at once; without one, `onSilent` follows within a second. */
  check(): void;
  /** Ends it; resolves when it is closed, after at most 1.4 s. */
  close(): Promise<void>;
}

export interface SocketListeners {
  onDelivery(delivery: Delivery): void;
  /** Slack is about to close this connection (`warning`, `refresh_requested`, `link_disabled`, ...). */
  onWarning(reason: string): void;
  /** Called where nothing has arrived for too long, each time that this goes on as long. It may come back to life. */
  onSilent(): void;
  /** The connection is gone; called once, and never after `close()`. */
  onClosed(): void;
}

const helloTimeoutMs = 15_000;
/** Characters of a frame: those that are about the connection are shorter, and deliveries mostly. */
const shortFrame = 4096;
/** Slack answers a close, but leaves the TCP connection open; a peer that is gone does not even answer. */
const closeTimeoutMs = 900;
/** What has come is written down and acknowledged within milliseconds, as a rule. */
const ackPatienceMs = 500;
/**
 * Far enough to say: never. The client closes a silent connection before there is another, and takes a busy event loop
 * or a changed clock for silence.
 */
const neverMs = 24 * 60 * 60_000;

/**
 * A `disconnect` frame makes SocketModeClient close at once, with deliveries possibly under way. Here the frame
 * is only announced, so that a successor can be opened first.
 */
class PatientSocketModeClient extends SocketModeClient {
  protected override async onWebSocketMessage(given: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const data = typeof given === 'string' ? given.replace(/^\uFEFF/, '') : given;
    if (data instanceof ArrayBuffer || (data.length > shortFrame && isTangled(Buffer.from(data)))) {
      this.emit('dropped');
      return;
    }
    const frame = data.length > shortFrame ? null : parseFrame(data);
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
 * @param beatMs Between two signs of life; for tests.
 * @throws AppError `unauthorized`, `forbidden`, `unavailable`, `rate_limited`, ... as Slack answers.
 */
export async function openSocket(
  options: SocketModeOptions,
  listeners: SocketListeners,
  beatMs?: number,
): Promise<Socket> {
  const timeouts = { clientPingTimeout: neverMs, serverPingTimeout: neverMs };
  const { dispatcher, cut: cutLine } = boundFrames(options.dispatcher);
  const client = new PatientSocketModeClient({ ...options, ...timeouts, dispatcher, autoReconnectEnabled: false });
  let hello: Pick<Socket, 'lifetimeMs' | 'connections'> = { lifetimeMs: null, connections: null };
  let phase: 'opening' | 'open' | 'closing' = 'opening';
  let frames: SocketFrames | null = null;
  let heartbeat: Heartbeat | null = null;
  const heard = (isPing: boolean) => heartbeat?.heard(isPing);

  client.on('authenticated', ({ url }: AppsConnectionsOpenResponse) => {
    if (url !== undefined) frames = watchFrames(url, heard);
  });
  client.on('hello_frame', (frame: Record<string, unknown>) => {
    hello = readHello(frame);
  });
  client.on('ws_message', () => heard(false));
  /** Deliveries that are not acknowledged yet. */
  const inHand = new Set<Promise<void>>();
  client.on('slack_event', (delivery: Delivery) => {
    const acked = new Promise<void>((resolve) => {
      const ack = (response?: unknown) => delivery.ack(response).finally(resolve);
      listeners.onDelivery({ ...delivery, ack });
    });
    inHand.add(acked);
    void acked.then(() => inHand.delete(acked));
  });
  client.on('dropped', () => options.logger?.warn('A delivery that nobody could mean was dropped.'));
  client.on('disconnected', () => {
    cutLine();
    frames?.stop();
    heartbeat?.stop();
    if (phase === 'open') listeners.onClosed();
    phase = 'closing';
  });

  async function close(): Promise<void> {
    phase = 'closing';
    heartbeat?.stop();
    // Slack delivers them to nobody else.
    if (inHand.size > 0) await Promise.race([Promise.all(inHand), wait(ackPatienceMs)]);
    const closed = client.disconnect();
    // A second call cuts the socket; the client itself would wait for 30 s.
    const cut = setTimeout(() => void client.disconnect(), closeTimeoutMs);
    await closed.finally(() => clearTimeout(cut));
  }

  function ping(): void {
    if (client.websocket?.readyState === WebSocket.OPEN) frames?.ping();
    // Slack has closed it, and left the TCP connection open: without this nobody would notice.
    else void client.disconnect();
  }

  let timer: NodeJS.Timeout | undefined;
  const refused = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('unavailable', 'Slack did not say hello in time.')), helloTimeoutMs);
    client.on('closing_soon', (reason: string) => {
      if (phase === 'open') listeners.onWarning(reason);
      else reject(refusalOf(reason) ?? new AppError('unavailable', `Slack closed the connection: ${reason}.`));
    });
  });
  try {
    await Promise.race([client.start(), refused]);
  } catch (thrown) {
    void close().catch(() => {});
    // A socket that fails before hello rejects with nothing at all.
    throw thrown === undefined
      ? (lastProxyRefusal(options.dispatcher) ?? new AppError('unavailable', 'Slack’s socket could not be opened.'))
      : translateSlackError(thrown);
  } finally {
    clearTimeout(timer);
  }
  phase = 'open';
  heartbeat = createHeartbeat({ ping, onSilent: listeners.onSilent, ...(beatMs === undefined ? {} : { beatMs }) });
  return { ...hello, check: heartbeat.check, close };
}
