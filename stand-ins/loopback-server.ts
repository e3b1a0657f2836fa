import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createFaults, type Fault, isAfterCommit, type LastingFault, type PlannedFault } from './faults.ts';
import { createWatch } from './watch.ts';

/** What a client sent, as the log of requests keeps it. */
export interface ReceivedRequest {
  /** Name of the operation: Slack's method, or Jira's operation id; `unknown` for no known path. */
  operation: string;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A string or bytes are sent as they are, anything else as JSON, undefined as an empty body. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  origin: string;
  requests: ReceivedRequest[];
  waitForRequest(predicate: (request: ReceivedRequest) => boolean, timeoutMs?: number): Promise<ReceivedRequest>;
  /** The next request of this operation meets the fault; several queue up. */
  failNext(operation: string, fault: Fault): PlannedFault;
  /** Every request that `meets` names meets the fault until it ends; of several, the first that was set. */
  failWhile(meets: (request: ReceivedRequest) => boolean, fault: Fault): LastingFault;
  /** Resolves when no request whose effect was put off is left to take it. */
  landed(): Promise<void>;
  /** Cuts the requests in hand and refuses connections until `comeBack`; what was upgraded to a socket lives on. */
  goDown(): void;
  /** Listens at the same port again; rejects where another program has taken it meanwhile. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export interface LoopbackHandler {
  operationOf(method: string, path: string): string;
  answer(request: ReceivedRequest): Answer;
  /** What its answers give as `Date`, in milliseconds since 1970; the computer's clock where absent. */
  now?(): number;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const bodyLimit = 4 * 1024 * 1024;

/** Listens on a random port of 127.0.0.1. Requests from web pages (they carry `Origin`) are refused. */
export async function createLoopbackServer(handler: LoopbackHandler): Promise<LoopbackServer> {
  const requests: ReceivedRequest[] = [];
  const watch = createWatch(() => requests, 'request');
  const faults = createFaults<ReceivedRequest>();
  const landings = new Set<Promise<unknown>>();

  /** A process that wants to end does not wait for what nobody sees any more. */
  function landLate(request: ReceivedRequest, afterMs: number): void {
    const landing = wait(afterMs, undefined, { ref: false })
      .then(() => handler.answer(request))
      .finally(() => landings.delete(landing));
    landings.add(landing);
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const method = incoming.method ?? 'GET';
    const body = await readBody(incoming);
    const request: ReceivedRequest = {
      operation: handler.operationOf(method, url.pathname),
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body,
    };
    requests.push(request);
    watch.changed(request);
    if (incoming.headers.origin !== undefined) return send(response, { status: 403, body: 'XSRF check failed' });
    const fault = faults.take(request);
    if (fault === undefined) return send(response, handler.answer(request));
    if (typeof fault === 'object' && 'landAfterMs' in fault) {
      landLate(request, fault.landAfterMs);
      incoming.socket.destroy();
      return;
    }
    if (typeof fault === 'object' && 'delayMs' in fault) {
      const answer = handler.answer(request);
      await wait(fault.delayMs, undefined, { ref: false });
      return send(response, answer);
    }
    if (isAfterCommit(fault)) handler.answer(request);
    if (fault === 'hang' || fault === 'hang_after_commit') return;
    if (fault === 'cut' || fault === 'cut_after_commit') incoming.socket.destroy();
    else if (fault === 'reset') incoming.socket.resetAndDestroy();
    else send(response, fault);
  }

  const server = createServer((incoming, response) => {
    if (handler.now !== undefined) response.setHeader('date', new Date(handler.now()).toUTCString());
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.on('upgrade', (incoming, socket, head) => {
    if (handler.upgrade === undefined || incoming.headers.origin !== undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    } else handler.upgrade(incoming, socket, head);
  });
  function listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  }
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The loopback server has no port.');

  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    waitForRequest: watch.waitFor,
    failNext: faults.add,
    failWhile: faults.addLasting,
    async landed() {
      await Promise.all(landings);
    },
    goDown() {
      server.close();
      server.closeAllConnections();
    },
    comeBack: () => listen(address.port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > bodyLimit) throw new Error('The request is too large.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  if (body instanceof Uint8Array) {
    response.writeHead(status, headers).end(body);
    return;
  }
  const isText = typeof body === 'string';
  const type = isText ? (body.startsWith('<') ? 'text/html;charset=UTF-8' : 'text/plain') : 'application/json';
  response
    .writeHead(status, { 'content-type': isText ? type : `${type};charset=UTF-8`, ...headers })
    .end(isText ? body : JSON.stringify(body));
}
