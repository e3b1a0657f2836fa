import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpClient } from '../../../electron/jira/api/http-client.ts';
import type { LoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { startScriptedJira } from './scripted-jira.ts';

const client = (baseUrl: string, timeoutMs?: number) =>
  createHttpClient({ baseUrl, authorization: 'Basic x', login: '', timeoutMs });
const get = { url: '/rest/api/3/x', method: 'GET' } as const;
const post = { url: '/rest/api/3/x', method: 'POST', body: { a: 1 } } as const;

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('the HTTP client', () => {
  const servers: LoopbackServer[] = [];
  const start = async (routes: Parameters<typeof startScriptedJira>[0]) => {
    const server = await startScriptedJira(routes);
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('sends what jira.js asks for and hands on the JSON', async () => {
    const { origin, requests } = await start({ 'POST /x': { status: 200, body: { ok: true } } });
    const searchParams = { fields: ['a', 'b'], none: undefined, count: 2 };
    expect(await client(origin).sendRequest({ ...post, searchParams })).toEqual({ ok: true });
    const [request] = requests;
    expect(request?.body).toBe('{"a":1}');
    expect(request?.headers).toMatchObject({ authorization: 'Basic x', 'content-type': 'application/json' });
    expect(request?.query.toString()).toBe('fields=a%2Cb&count=2');
    await client(origin)
      .sendRequest(get)
      .catch(() => {});
    expect(requests.at(-1)?.headers).not.toHaveProperty('content-type');
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const sent = client(`http://127.0.0.1:${await unusedPort()}`).sendRequest(post);
    await expect(sent).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('ECONNREFUSED') });
  });

  it('knows that nothing was sent to a name that does not exist', async () => {
    vi.stubEnv('HTTP_PROXY', '');
    vi.stubEnv('http_proxy', '');
    const sent = client('http://jira.invalid').sendRequest(post);
    await expect(sent).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('JIRA_BASE_URL'),
    });
  });

  it.each(['cut', 'hang'] as const)('does not know what a write did when the connection is %s', async (fault) => {
    const server = await start({});
    server.failNext('POST /x', fault);
    server.failNext('GET /x', fault);
    await expect(client(server.origin, 400).sendRequest(post)).rejects.toMatchObject({ code: 'unconfirmed' });
    await expect(client(server.origin, 400).sendRequest(get)).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.requests).toHaveLength(2);
  });

  it('may repeat a write that only reads, where it was told so', async () => {
    const server = await start({});
    server.failNext('POST /x', 'cut');
    await expect(client(server.origin).reading.sendRequest(post)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('follows no redirect, so that the token reaches nobody else', async () => {
    const other = await start({});
    const { origin } = await start({ 'GET /x': { status: 302, headers: { location: `${other.origin}/login` } } });
    await expect(client(origin).sendRequest(get)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(other.requests).toEqual([]);
  });

  it('refuses an answer that is too large to be meant', async () => {
    const body = { x: 'x'.repeat(17 * 1024 * 1024) };
    const { origin } = await start({ 'GET /x': { status: 200, body } });
    await expect(client(origin).sendRequest(get)).rejects.toMatchObject({ code: 'bad_response' });
  });

  it('refuses an answer that is not JSON', async () => {
    const { origin } = await start({ 'GET /x': { status: 200, body: 'OK' } });
    await expect(client(origin).sendRequest(get)).rejects.toMatchObject({ code: 'bad_response' });
  });

  it.each(['acme.atlassian.net', 'ftp://acme', 'https://', 'https://ada:secret@acme.example'])(
    'refuses %s as a base URL without repeating it',
    async (baseUrl) => {
      const sent = client(baseUrl).sendRequest(get);
      await expect(sent).rejects.toMatchObject({
        code: 'not_configured',
        message: expect.not.stringContaining('secret'),
      });
    },
  );

  describe('with a proxy in the environment', () => {
    async function startProxy(target: string, status: number) {
      const asked: string[] = [];
      const proxy = createServer();
      proxy.on('connect', (request, socket) => {
        asked.push(request.url ?? '');
        if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
        const upstream = connect(Number(new URL(target).port), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          upstream.pipe(socket).pipe(upstream);
        });
        upstream.on('error', () => socket.destroy());
        socket.on('error', () => upstream.destroy());
        return undefined;
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      const address = proxy.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, `http://127.0.0.1:${address.port}`);
      for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
      return { asked, close: () => proxy.close() };
    }

    it('goes through it, but never for this computer itself', async () => {
      const { origin } = await start({ 'GET /x': { status: 200, body: { ok: true } } });
      const proxy = await startProxy(origin, 200);
      expect(await client(origin).sendRequest(get)).toEqual({ ok: true });
      expect(proxy.asked).toEqual([]);
      expect(await client('http://jira.invalid').sendRequest(get)).toEqual({ ok: true });
      expect(proxy.asked).toEqual(['jira.invalid:80']);
      proxy.close();
    });

    it('knows that nothing was sent when the proxy refuses', async () => {
      const { origin } = await start({});
      const proxy = await startProxy(origin, 407);
      await expect(client('http://jira.invalid').sendRequest(post)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('proxy'),
      });
      proxy.close();
    });
  });
});
