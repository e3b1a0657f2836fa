import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel } from '@slack/web-api';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Delivery, openSocket } from '../../../electron/slack/socket.ts';
import { routeTo, webOptions } from '../../../electron/slack/web-options.ts';
import { startConnectProxy } from '../../fixtures/connect-proxy.ts';

const megabyte = 1024 * 1024;
const hello = { type: 'hello', num_connections: 1, debug_info: { approximate_connection_time: 3600 } };
const command = (text: string) => ({ type: 'slash_commands', envelope_id: 'e1', payload: { text } });

/** A Slack that says hello, and then what the test says. */
async function aSlack() {
  const lines: WebSocket[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const { port } = server.address() as AddressInfo;
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: true });
  sockets.on('connection', (line) => {
    lines.push(line);
    line.on('error', () => {});
    line.send(JSON.stringify(hello));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const line of lines) line.terminate();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, lines, say: (frame: unknown) => lines.at(-1)?.send(JSON.stringify(frame)) };
}

async function aLine(port: number) {
  const apiUrl = `http://127.0.0.1:${port}/api/`;
  const { fetch } = routeTo(apiUrl);
  const heard: Delivery[] = [];
  const warnings: string[] = [];
  const closed = vi.fn();
  const ignore = () => {};
  const warn = (...words: string[]) => void warnings.push(words.join(' '));
  const silent = { info: ignore, debug: ignore, setLevel: ignore, setName: ignore };
  const logger = { ...silent, warn, error: warn, getLevel: () => LogLevel.WARN };
  const { proxy } = routeTo('http://slack.test/api/');
  const socket = await openSocket(
    {
      appToken: 'xapp-1',
      clientOptions: webOptions(apiUrl, fetch),
      logger,
      ...(proxy === null ? {} : { dispatcher: proxy }),
    },
    { onDelivery: (delivery) => void heard.push(delivery), onWarning() {}, onSilent() {}, onClosed: closed },
  );
  onTestFinished(() => socket.close());
  return { heard, warnings, closed };
}

it('takes a delivery of a megabyte', async () => {
  const { port, say } = await aSlack();
  const { heard } = await aLine(port);
  say(command('x'.repeat(megabyte)));
  await vi.waitFor(() => expect(heard).toHaveLength(1));
});

it('closes a line that brings more than 4 MB in one frame, packed or not, and takes nothing of it', async () => {
  const { port, say } = await aSlack();
  const { heard, closed } = await aLine(port);
  say(command('x'.repeat(5 * megabyte)));
  await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
  expect(heard).toEqual([]);
});

it('does so through a proxy too', async () => {
  const { port, say } = await aSlack();
  vi.stubEnv('HTTP_PROXY', (await startConnectProxy(port)).url);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { heard, closed } = await aLine(port);
  say(command('x'.repeat(megabyte)));
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  say(command('x'.repeat(5 * megabyte)));
  await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
  expect(heard).toHaveLength(1);
});

it('drops a delivery made to hold the program up, says so, and takes the next one', async () => {
  const { port, say } = await aSlack();
  const { heard, warnings, closed } = await aLine(port);
  say({ ...command('x'), more: Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`n${index}`, 0])) });
  say(command('vpn is down'));
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect(heard[0]?.body).toMatchObject({ text: 'vpn is down' });
  expect(warnings).toEqual([expect.stringContaining('A delivery that nobody could mean was dropped.')]);
  expect(closed).not.toHaveBeenCalled();
});
