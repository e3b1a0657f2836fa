import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isRecord, type Json } from '../record.ts';
import { createWatch, type Watch } from '../watch.ts';

/** How long a URL from apps.connections.open may wait for its one connection. */
const ticketLifeMs = 30_000;

/** Opcode 8, two bytes: status 1000. */
const closeFrame = Buffer.from([0x88, 0x02, 0x03, 0xe8]);

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface SocketOptions {
  appId: string;
  /** Seconds after which Slack recycles a connection, as `hello` announces it. */
  approximateConnectionTime: number;
  /** Seconds that a connection lives, where not what was announced. */
  connectionTime?: number | undefined;
  pingIntervalMs: number;
  /** Connections that the app may have at once. */
  maxSockets: number;
  /** How long an envelope may wait for its ack. */
  ackTimeoutMs: number;
}

export interface Acked {
  /** What came with the ack; undefined where nothing came. */
  ack: unknown;
  /** Milliseconds from sending the envelope to receiving its ack. */
  ackMs: number;
}

export interface SlackSocketHub {
  readonly connections: number;
  /** Changes whenever a socket has been greeted or is gone. */
  watch: Watch<number>;
  newTicket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, ticket: string | null): void;
  /** Sends an envelope over one of the open sockets; rejects with Slack's words when nobody answers in time. */
  deliver(type: string, payload: Json, fields: Json): Promise<Acked>;
  disconnect(reason: DisconnectReason): void;
  /** Ends the connections that were warned about, as Slack does some seconds later. */
  endWarned(): void;
  /** Ends every connection without a word, as a lost network does. */
  cut(): void;
  /** Lets nothing arrive any more on the sockets that are open now, in either direction, and tells nobody. */
  goSilent(): void;
  /** Closes the connections as Slack does: by a close frame, with the TCP connection left open. */
  closeAndLinger(): void;
  close(): void;
}

/** Socket Mode's server side: hello, envelopes matched to their acks, pings, disconnect frames. */
export function createSlackSocketHub(options: SocketOptions): SlackSocketHub {
  const server = new WebSocketServer({ noServer: true });
  const open = new Set<WebSocket>();
  const silent = new WeakSet<WebSocket>();
  const warned = new WeakSet<WebSocket>();
  const streams = new WeakMap<WebSocket, Duplex>();
  const tickets = new Map<string, number>();
  const waiting = new Map<string, (ack: unknown) => void>();
  const watch = createWatch(() => [open.size], 'number of connections');
  let turn = 0;

  function accept(socket: WebSocket): void {
    // What follows an error is always a close.
    socket.on('error', () => {});
    if (open.size >= options.maxSockets) {
      leave(socket, 'too_many_websockets');
      return;
    }
    open.add(socket);
    const pings = setInterval(() => {
      if (!silent.has(socket)) socket.ping(`Ping from demo (${Date.now()})`);
    }, options.pingIntervalMs);
    const lifeMs = (options.connectionTime ?? options.approximateConnectionTime) * 1000;
    const life = setTimeout(() => leave(socket, 'refresh_requested'), lifeMs);
    socket.on('message', receive);
    socket.on('close', () => {
      clearInterval(pings);
      clearTimeout(life);
      if (open.delete(socket)) watch.changed(open.size);
    });
    send(socket, {
      type: 'hello',
      num_connections: open.size,
      debug_info: {
        host: 'applink-demo',
        build_number: 1,
        approximate_connection_time: options.approximateConnectionTime,
      },
      connection_info: { app_id: options.appId },
    });
    watch.changed(open.size);
  }

  function receive(data: unknown): void {
    const frame = parse(String(data));
    const id = frame['envelope_id'];
    if (typeof id !== 'string') return;
    waiting.get(id)?.(frame['payload']);
    waiting.delete(id);
  }

  /** Says why, and ends the connection, as Slack does after every reason but a warning. */
  function leave(socket: WebSocket, reason: DisconnectReason): void {
    send(socket, { type: 'disconnect', reason, debug_info: { host: 'applink-demo' } });
    if (reason === 'warning') warned.add(socket);
    else socket.close(1000);
  }

  function send(socket: WebSocket, frame: Json): void {
    if (!silent.has(socket)) socket.send(JSON.stringify(frame));
  }

  return {
    get connections() {
      return open.size;
    },
    watch,
    newTicket() {
      const ticket = randomBytes(16).toString('hex');
      tickets.set(ticket, Date.now() + ticketLifeMs);
      return ticket;
    },
    upgrade(request, socket, head, ticket) {
      const expiresAt = tickets.get(ticket ?? '');
      tickets.delete(ticket ?? '');
      if (expiresAt === undefined || expiresAt < Date.now()) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (opened) => {
        streams.set(opened, socket);
        accept(opened);
      });
    },
    deliver(type, payload, fields) {
      // Slack notices a dead connection too, sooner or later.
      const ready = [...open].filter((socket) => socket.readyState === socket.OPEN && !silent.has(socket));
      const socket = ready[turn++ % ready.length];
      if (socket === undefined) return Promise.reject(new Error('dispatch_failed: no app is connected'));
      const envelopeId = randomUUID();
      const sentAt = performance.now();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(envelopeId);
          reject(new Error(`operation_timeout: no ack within ${options.ackTimeoutMs} ms`));
        }, options.ackTimeoutMs);
        waiting.set(envelopeId, (ack) => {
          clearTimeout(timer);
          resolve({ ack, ackMs: performance.now() - sentAt });
        });
        send(socket, { envelope_id: envelopeId, payload, type, ...fields });
      });
    },
    disconnect(reason) {
      for (const socket of open) leave(socket, reason);
    },
    endWarned() {
      for (const socket of open) if (warned.has(socket)) leave(socket, 'refresh_requested');
    },
    cut() {
      for (const socket of open) socket.terminate();
    },
    goSilent() {
      for (const socket of open) {
        silent.add(socket);
        socket.pause();
      }
    },
    closeAndLinger() {
      for (const socket of open) {
        // ws itself would end the TCP connection after the closing handshake.
        streams.get(socket)?.write(closeFrame);
        silent.add(socket);
        socket.pause();
      }
    },
    close() {
      for (const socket of [...open]) socket.terminate();
      server.close();
    },
  };
}

function parse(text: string): Json {
  try {
    const frame: unknown = JSON.parse(text);
    return isRecord(frame) ? frame : {};
  } catch {
    return {};
  }
}
