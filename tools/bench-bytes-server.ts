// A worker of `bench-bytes.ts`: serves what others might send, so that making it costs the measured thread nothing.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { WebSocketServer } from 'ws';

/** What is answered from now on. */
export interface HostileAnswer {
  status: number;
  type: string;
  body: string;
}

let answer: HostileAnswer = { status: 200, type: 'text/plain', body: '' };
const hello = { type: 'hello', num_connections: 1, debug_info: { approximate_connection_time: 3600 } };

const server = createServer((request, response) => {
  request.resume();
  if (request.url?.endsWith('/apps.connections.open')) {
    const { port } = server.address() as AddressInfo;
    return response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
  }
  return response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
});
new WebSocketServer({ server }).on('connection', (line) => {
  line.on('error', () => {});
  line.send(JSON.stringify(hello));
  line.send(answer.body);
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
parentPort?.on('message', (next: HostileAnswer) => {
  answer = next;
  parentPort?.postMessage('ready');
});
