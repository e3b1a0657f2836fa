import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

const megabyte = 1024 * 1024;

/** A megabyte of names that are all new to JSON.parse. */
const manyNames = () =>
  JSON.stringify(Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`n${index}`, 0])));

/** How a server can answer to hold up whoever reads it. All say 200 and `application/json`. */
export const hostileAnswers = {
  /** Goes on until the other side hangs up. */
  endless(response: ServerResponse): void {
    const piece = Buffer.alloc(megabyte, 'x');
    const more = () => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', more);
    more();
  },
  /** 200 MB in 200 kB. */
  packed(response: ServerResponse): void {
    response.setHeader('content-encoding', 'gzip');
    response.end(gzipSync(Buffer.alloc(200 * megabyte)));
  },
  /** A byte now and then, for ever. */
  trickling(response: ServerResponse): void {
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  },
  tangled(response: ServerResponse): void {
    response.end(manyNames());
  },
  /** The same behind a byte order mark, which whoever reads text leaves out. */
  bom(response: ServerResponse): void {
    response.end(`\uFEFF${manyNames()}`);
  },
};

/** Answers everything in one hostile way; `left` resolves when the first connection was closed. */
export async function startHostileServer(answer: keyof typeof hostileAnswers) {
  let close = () => {};
  const left = new Promise<void>((resolve) => {
    close = resolve;
  });
  const server = createServer((request, response) => {
    request.resume();
    response.on('error', () => {});
    request.socket.once('close', close);
    response.setHeader('content-type', 'application/json');
    hostileAnswers[answer](response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    left,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
