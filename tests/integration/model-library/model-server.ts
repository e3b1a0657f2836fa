import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ModelServer {
  url: string;
  /** Method, path and range of each request, in order. */
  requests: string[];
  /** The `Authorization` headers that came. */
  logins: string[];
  /** Bytes that were sent in answer to requests for a range. */
  sent(): number;
  /** Sends the rest of what `holdFromByte` holds back. */
  release(): void;
  close(): Promise<void>;
}

/** How the server misbehaves. */
export interface Faults {
  /** So many connections are cut in the middle of their body. */
  cuts?: number;
  /** Nothing of the file from this byte on comes until `release`: a test can step in, however slow the machine. */
  holdFromByte?: number;
  /** Says nothing of the length, and goes on until the other side hangs up. */
  isEndless?: boolean;
  status?: number;
  contentType?: string;
  headers?: Record<string, string>;
}

/** A server on loopback that gives `body` at every path, in ranges where they are asked for. */
export async function startModelServer(body: Buffer, faults: Faults = {}): Promise<ModelServer> {
  const requests: string[] = [];
  const logins: string[] = [];
  let sent = 0;
  let cuts = faults.cuts ?? 0;
  let limit = faults.holdFromByte ?? Number.POSITIVE_INFINITY;
  const held: (() => void)[] = [];

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { range, authorization } = request.headers;
    if (authorization !== undefined) logins.push(authorization);
    requests.push(`${request.method} ${request.url} ${range ?? ''}`.trim());
    if (request.url?.startsWith('/v2/')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ggufFile: { rfilename: 'tiny-q4_k_m.gguf', size: body.length } }));
      return;
    }
    if (faults.status !== undefined) {
      response.writeHead(faults.status).end();
      return;
    }
    if (faults.isEndless) {
      let given = 0;
      const more = () => {
        let isTaken = true;
        while (isTaken && !response.destroyed && given < limit) {
          given += body.length;
          isTaken = response.write(body);
        }
      };
      response.on('drain', more);
      if (request.method === 'HEAD') response.end();
      else more();
      return;
    }
    const [, from = '0', to = String(body.length - 1)] = /bytes=(\d+)-(\d*)/.exec(range ?? '') ?? [];
    const part = body.subarray(Number(from), Number(to) + 1);
    response.writeHead(range === undefined ? 200 : 206, {
      'accept-ranges': 'bytes',
      'content-length': part.length,
      'content-type': faults.contentType ?? 'application/octet-stream',
      ...(range === undefined ? {} : { 'content-range': `bytes ${from}-${to}/${body.length}` }),
      ...faults.headers,
    });
    if (request.method === 'HEAD') return void response.end();
    if (cuts > 0 && range !== undefined) {
      cuts -= 1;
      response.write(part.subarray(0, part.length / 2), () => response.destroy());
      return;
    }
    let at = 0;
    const step = () => {
      if (response.destroyed) return;
      const end = Math.min(at + 256 * 1024, limit - Number(from));
      if (at < part.length && end <= at) return void held.push(step);
      const piece = part.subarray(at, end);
      at += piece.length;
      if (range !== undefined) sent += piece.length;
      if (piece.length === 0) return void response.end();
      response.write(piece, step);
    };
    step();
  }

  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    logins,
    sent: () => sent,
    release() {
      limit = Number.POSITIVE_INFINITY;
      for (const step of held.splice(0)) step();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
