import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, fetch, WebSocket } from 'undici';
import { expect, it, onTestFinished, vi } from 'vitest';
import { guardOutgoing } from '../../../electron/network/outgoing.ts';

it('lets no byte leave once it may not, on connections that are open already too', async () => {
  let maySend = true;
  guardOutgoing(() => maySend);
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.end('{}');
  });
  server.on('upgrade', (request, socket) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.on('data', () => heard.push('frame'));
    socket.on('error', () => {});
    socket.on('end', () => heard.push('closed'));
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = (path: string) => fetch(`http://${host}${path}`, { method: 'POST', body: 'x', dispatcher });

  await (await post('/first')).text();
  const line = new WebSocket(`ws://${host}/line`, { dispatcher });
  await new Promise((resolve) => line.addEventListener('open', resolve));
  line.send('an ack');
  await vi.waitFor(() => expect(heard).toEqual(['/first', 'frame']));

  maySend = false;
  line.send('another');
  await expect(post('/second')).rejects.toThrow();
  await expect(fetch(`http://localhost:${host.split(':')[1]}/third`, { dispatcher })).rejects.toThrow();
  await vi.waitFor(() => expect(heard).toEqual(['/first', 'frame', 'closed']));
});
