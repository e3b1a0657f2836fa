import { expect, it, onTestFinished, vi } from 'vitest';
import { createSlackConnection } from '../../../electron/slack/slack-connection.ts';
import { createSlackWorkspace } from '../../../stand-ins/slack/workspace.ts';
import { createServiceOnFakes } from '../../fakes/ticket-service.ts';
import { startConnectProxy } from '../../fixtures/connect-proxy.ts';
import { patienceMs } from '../../patience.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

it('reaches Slack through the proxy of the environment, for the API and for the socket', async () => {
  const slack = await createSlackWorkspace({ ackTimeoutMs: patienceMs });
  const port = Number(new URL(slack.apiUrl).port);
  const proxy = await startConnectProxy(port);
  vi.stubEnv('HTTP_PROXY', proxy.url);
  const lines: string[] = [];
  const connection = createSlackConnection({
    transferFolder: aTemporaryFolder(),
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
