import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { LogLevel, WebClient } from '@slack/web-api';
import { fetch, WebSocket } from 'undici';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createOpenAiClassifier } from '../../../electron/classifier/openai-classifier.ts';
import { createHttpClient } from '../../../electron/jira/api/http-client.ts';
import { createWatchedFetch } from '../../../electron/model-library/watched-fetch.ts';
import { lastProxyRefusal, proxyFor, proxyRefusal } from '../../../electron/network/proxy.ts';
import { translateSlackError } from '../../../electron/slack/errors.ts';
import { routeTo, webOptions } from '../../../electron/slack/web-options.ts';

beforeEach(() => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'])
    vi.stubEnv(name, undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
});

async function portOf(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** The port of nobody. */
async function closedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function proxyThatAnswers(status: number): Promise<number> {
  const server = createServer().on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
  onTestFinished(() => void server.close());
  return portOf(server);
}

async function proxyThatHangsUp(): Promise<number> {
  const server = createTcpServer((socket) => void socket.on('error', () => {}).destroy());
  onTestFinished(() => void server.close());
  return portOf(server);
}

/** Takes connections and says nothing. */
async function silentProxy(): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createTcpServer((socket) => void sockets.add(socket.on('error', () => {})));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return portOf(server);
}

const slackCall = async (): Promise<unknown> => {
  const apiUrl = 'https://slack.invalid/api/';
  return new WebClient('xoxb-1', { ...webOptions(apiUrl, routeTo(apiUrl).fetch), logLevel: LogLevel.ERROR }).auth
    .test()
    .catch((thrown: unknown) => {
      throw translateSlackError(thrown);
    });
};

const services: Record<string, () => Promise<unknown>> = {
  Jira: () =>
    createHttpClient({ baseUrl: 'https://jira.invalid', authorization: 'x', login: '' }).sendRequest({
      url: '/x',
      method: 'POST',
    }),
  Slack: slackCall,
  OpenAI: () =>
    createOpenAiClassifier({ apiKey: 'k', baseUrl: 'https://openai.invalid/v1', model: 'm' }).classify('text'),
  'a download': async () => {
    const watched = createWatchedFetch(async () => {});
    await watched.fetch('https://models.invalid/a.gguf').catch((thrown: unknown) => {
      throw proxyRefusal(thrown) ?? thrown;
    });
    throw watched.refusal();
  },
};

describe.each(Object.entries(services))('%s behind a proxy', (_service, ask) => {
  it.each([
    ['that nobody runs', closedPort, /cannot be reached .*\(ECONNREFUSED\)/],
    ['that hangs up', proxyThatHangsUp, /cannot be reached or does not answer/],
    ['that wants a login', () => proxyThatAnswers(407), /wants a login \(HTTP 407\)/],
    [
      'that does not let it through',
      () => proxyThatAnswers(403),
      /does not let this program through to \w+\.invalid:443/,
    ],
  ])('%s names it, without its credentials', async (_what, start, words) => {
    const port = await start();
    vi.stubEnv('HTTPS_PROXY', `http://bob:hunter2@127.0.0.1:${port}`);
    const error = await ask().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringMatching(words) });
    expect(String(error)).toContain(`The proxy http://127.0.0.1:${port} (HTTPS_PROXY) `);
    expect(String(error)).not.toMatch(/bob|hunter2/);
  });

  it('that has no such name names it', async () => {
    vi.stubEnv('https_proxy', 'http://proxy.invalid:3128');
    await expect(ask()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^The proxy http:\/\/proxy\.invalid:3128 \(https_proxy\) cannot be reached/),
    });
  });
});

it('a proxy that takes the connection and says nothing is told from the service', async () => {
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await silentProxy()}`);
  const dispatcher = proxyFor('https://jira.invalid', 50);
  if (dispatcher === null) throw new Error('no proxy');
  const thrown = await fetch('https://jira.invalid', { dispatcher }).catch((error: unknown) => error);
  expect(proxyRefusal(thrown)?.message).toMatch(/does not answer/);
});

it('a WebSocket that a proxy does not let through leaves its reason behind', async () => {
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await proxyThatAnswers(403)}`);
  const dispatcher = proxyFor('https://wss.invalid', 1_000);
  if (dispatcher === null) throw new Error('no proxy');
  const socket = new WebSocket('wss://wss.invalid/', { dispatcher });
  await new Promise((resolve) => socket.addEventListener('error', resolve, { once: true }));
  expect(lastProxyRefusal(dispatcher)?.message).toMatch(/through to wss\.invalid:443 \(HTTP 403\)/);
});

describe('a download behind a proxy', () => {
  async function watchedFetch(port: number) {
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`);
    const watched = createWatchedFetch(async () => {});
    const isRetried = await watched.fetch('https://models.invalid/a.gguf').then(
      () => false,
      () => true,
    );
    return { isRetried, refusal: watched.refusal(), trouble: watched.trouble() };
  }

  it.each([
    ['that nobody runs', closedPort],
    ['that hangs up', proxyThatHangsUp],
  ])('%s goes on by itself when the proxy is there again, and says meanwhile which', async (_what, start) => {
    const port = await start();
    expect(await watchedFetch(port)).toEqual({
      isRetried: true,
      refusal: null,
      trouble: expect.stringMatching(`^The proxy http://127\\.0\\.0\\.1:${port} .* It is tried again\\.$`),
    });
  });

  it.each([403, 407])('that answers HTTP %d ends', async (status) => {
    expect(await watchedFetch(await proxyThatAnswers(status))).toMatchObject({
      isRetried: false,
      refusal: { message: expect.stringContaining(`HTTP ${status}`) },
    });
  });
});

it('what NO_PROXY names is asked directly, and its failure is its own', async () => {
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await closedPort()}`);
  vi.stubEnv('NO_PROXY', 'jira.invalid');
  await expect(services['Jira']?.()).rejects.toMatchObject({
    message: expect.stringMatching(/^Jira at jira\.invalid/),
  });
});
