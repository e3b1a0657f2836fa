import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createSlackConnection } from '../../../electron/slack/slack-connection.ts';
import { createSlackWorkspace } from '../../../stand-ins/slack/workspace.ts';
import { createServiceOnFakes } from '../../fakes/ticket-service.ts';

/** A proxy that takes every host for the workspace, and notes which were asked for. */
async function aProxy(port: number) {
  const hosts: string[] = [];
  const server = createServer();
  server.on('connect', (request, client) => {
    hosts.push(request.url ?? '');
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [upstream, client]) socket.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { hosts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('reaches Slack through the proxy of the environment, for the API and for the socket', async () => {
  const slack = await createSlackWorkspace();
  const port = Number(new URL(slack.apiUrl).port);
  const proxy = await aProxy(port);
  vi.stubEnv('HTTP_PROXY', proxy.url);
  const lines: string[] = [];
  const connection = createSlackConnection({
    tokens: slack,
    apiUrl: slack.apiUrl.replace(`127.0.0.1:${port}`, 'slack.test'),
    onState: ({ state }) => lines.push(state),
    onError() {},
    retryDelayMs: () => 10,
    guard: (request) => request(),
    logger: { warn() {}, error() {} },
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await connection.stop();
    await slack.close();
  });
  connection.start(createServiceOnFakes());
  await vi.waitFor(() => expect(lines).toContain('connected'), { timeout: 10_000 });
  expect(new Set(proxy.hosts)).toEqual(new Set(['slack.test:80', `127.0.0.1:${port}`]));
});
