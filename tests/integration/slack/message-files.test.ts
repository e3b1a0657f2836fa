import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMessageFiles, type MessageFilesDeps } from '../../../electron/slack/message-files.ts';
import { routesByHost, routeTo, webOptions } from '../../../electron/slack/web-options.ts';
import { AppError } from '../../../shared/errors.ts';
import type { SlackFile } from '../../../shared/ticket.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
const mostBytes = 1024 * 1024;
const token = 'xoxb-1-2-three';

/** A Slack that answers as a test says; `seen`: who asked it for what. */
async function aSlack(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: { path: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { origin: `http://127.0.0.1:${address.port}`, seen };
}

function filesOf(origin: string, given: Partial<MessageFilesDeps> = {}) {
  const folder = join(aTemporaryFolder(), 'transfer');
  const apiUrl = `${origin}/api/`;
  const web = new WebClient(token, webOptions(apiUrl, routeTo(apiUrl).fetch));
  const source = createMessageFiles({
    botToken: token,
    apiUrl,
    filesInfo: (file) => web.files.info({ file }),
    guard: (request) => request(),
    dispatcherFor: routesByHost(),
    refusal: () => null,
    folder,
    wait: () => new Promise(() => {}),
    ...given,
  });
  const aFile = (change: Partial<SlackFile> = {}): SlackFile => ({
    ...{ id: 'F1', name: 'screen.png', size: bytes.length },
    ...{ url: `${origin}/files-pri/T1-F1/screen.png`, link: null },
    ...change,
  });
  /** Its bytes and type as they would be passed on; what lies in the folder meanwhile and afterwards. */
  async function read(file = aFile(), most = mostBytes) {
    const got = await source.fetch(file, most, async (content) => ({
      content: Buffer.from(await content.arrayBuffer()),
      type: content.type,
      kept: readdirSync(folder).length,
    }));
    return { ...got, left: readdirSync(folder).length };
  }
  return { source, folder, aFile, read };
}

const image = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'image/png' }).end(bytes);

describe('a file of a message', () => {
  it('is read with the bot’s token, to the byte, and lies on the disk only while it is passed on', async () => {
    const { origin, seen } = await aSlack((_, response) => image(response));
    const { read } = filesOf(origin);
    expect(await read()).toEqual({ content: bytes, type: 'image/png', kept: 1, left: 0 });
    expect(seen).toEqual([{ path: '/files-pri/T1-F1/screen.png', authorization: `Bearer ${token}` }]);
  });

  it('is gone from the disk where passing it on fails, or the file itself', async () => {
    const { origin } = await aSlack((_, response) => image(response));
    const { source, aFile, folder, read } = filesOf(origin);
    const failure = new AppError('unconfirmed', 'No answer.');
    const thrown = source.fetch(aFile(), mostBytes, async () => {
      throw failure;
    });
    await expect(thrown).rejects.toBe(failure);
    await expect(read(aFile(), 1_000)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not read further than it may be, whatever its size is said to be', async () => {
    let sent = 0;
    const { origin } = await aSlack((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      const more = () => {
        while (!response.destroyed) {
          sent += bytes.length;
          if (!response.write(bytes)) return void response.once('drain', more);
        }
      };
      more();
    });
    const { read, aFile } = filesOf(origin);
    await expect(read(aFile({ size: 10 }), 200_000)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(sent).toBeLessThan(60 * 1024 * 1024);
  });

  it.each([
    ['https://files.slack.com.evil.example/f', 'another host'],
    ['https://evil.example/files.slack.com/f', 'another host'],
    ['https://evilslack.com/f', 'another host'],
    ['http://files.slack.com/f', 'plain http'],
    ['https://docs.google.com/document/d/1', 'a file that lies elsewhere'],
    ['https://files.slack.com@evil.example/f', 'another host behind a name'],
    ['file:///etc/passwd', 'this computer'],
    ['not an address', 'nothing'],
  ])('is not asked for at %s (%s)', async (url) => {
    const { origin } = await aSlack((_, response) => image(response));
    const asked: string[] = [];
    const routes = routesByHost();
    const { read, aFile } = filesOf(origin, {
      dispatcherFor: (address) => {
        asked.push(address);
        return routes(address);
      },
    });
    await expect(read(aFile({ url }))).rejects.toMatchObject({ code: 'forbidden' });
    expect(asked).toEqual([]);
  });

  it('is not asked for where this program may not go, and its ticket waits for nothing', async () => {
    const { origin, seen } = await aSlack((_, response) => image(response));
    const { read } = filesOf(origin, { refusal: () => new AppError('not_configured', 'Too old.') });
    await expect(read()).rejects.toMatchObject({ code: 'forbidden', message: 'Too old.' });
    expect(seen).toEqual([]);
  });

  it('takes no redirect to another host, where the token does not go', async () => {
    const other = await aSlack((_, response) => image(response));
    for (const status of [301, 302, 303, 307, 308]) {
      const { origin } = await aSlack((_, response) => response.writeHead(status, { location: other.origin }).end());
      await expect(filesOf(origin).read()).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(other.seen).toEqual([]);
  });

  it('takes a few redirects of the same host', async () => {
    const { origin } = await aSlack(({ url }, response) => {
      if (url === '/moved') image(response);
      else response.writeHead(302, { location: '/moved' }).end();
    });
    expect((await filesOf(origin).read()).content).toEqual(bytes);
    const circle = await aSlack((_, response) => response.writeHead(302, { location: '/again' }).end());
    await expect(filesOf(circle.origin).read()).rejects.toMatchObject({ code: 'forbidden' });
    expect(circle.seen.length).toBeLessThan(6);
  });

  it.each([
    ['text/html', '<html><body>Sign in</body></html>'],
    ['text/html; charset=utf-8', 'Sign in'],
    ['application/xhtml+xml', '<x/>'],
    ['image/png', '<!DOCTYPE html><title>Sign in</title>'],
    ['application/octet-stream', '\uFEFF\n <HTML lang="en">'],
  ])('is refused where a page comes in its place, as %s', async (type, body) => {
    const { origin } = await aSlack((_, response) => response.writeHead(200, { 'content-type': type }).end(body));
    await expect(filesOf(origin).read()).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('may be a page itself', async () => {
    const page = '<!DOCTYPE html><title>Report</title>';
    const { origin } = await aSlack((_, response) => response.writeHead(200).end(page));
    const { read, aFile } = filesOf(origin);
    expect((await read(aFile({ name: 'report.HTML' }))).content.toString()).toBe(page);
  });

  it.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [410, 'not_found'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('is, with %i, %s', async (status, code) => {
    const { origin } = await aSlack((_, response) => response.writeHead(status, { 'retry-after': '7' }).end());
    const error = await filesOf(origin)
      .read()
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code });
    if (status === 429) expect(error.retryAfterMs).toBe(7_000);
  });

  it('may be asked for again where the line broke in the middle', async () => {
    const { origin } = await aSlack((_, response) => {
      response.writeHead(200, { 'content-length': String(bytes.length) }).write(bytes.subarray(0, 100));
      response.destroy();
    });
    await expect(filesOf(origin).read()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('cannot be kept where the folder cannot be made', async () => {
    const { origin } = await aSlack((_, response) => image(response));
    const folder = join(aTemporaryFolder(), 'transfer');
    writeFileSync(folder, 'a file in the way');
    const source = filesOf(origin, { folder });
    await expect(source.source.fetch(source.aFile(), mostBytes, async () => {})).rejects.toMatchObject({
      code: 'storage_failed',
    });
  });
});

describe('a file of which the message tells only that it is there', () => {
  const told = (origin: string) => ({
    ok: true,
    file: {
      ...{ id: 'F1', name: 'real.pdf', size: bytes.length, mimetype: 'application/pdf' },
      ...{ url_private: `${origin}/files-pri/real.pdf`, permalink: 'https://acme.slack.com/files/U1/F1/real.pdf' },
    },
  });
  const json = (response: ServerResponse, body: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const untold = { url: null, size: null, name: 'F1' };

  async function aConnectSlack(answer?: unknown) {
    const slack: Awaited<ReturnType<typeof aSlack>> = await aSlack(({ url }, response) => {
      if (url?.startsWith('/api/files.info')) json(response, answer ?? told(slack.origin));
      else image(response);
    });
    return slack;
  }

  it('is asked for first', async () => {
    const { origin, seen } = await aConnectSlack();
    const { source, read, aFile } = filesOf(origin);
    expect(await source.describe(aFile(untold))).toEqual({
      ...{ id: 'F1', name: 'real.pdf', size: bytes.length },
      ...{ url: `${origin}/files-pri/real.pdf`, link: 'https://acme.slack.com/files/U1/F1/real.pdf' },
    });
    expect((await read(aFile(untold))).content).toEqual(bytes);
    expect(seen.map(({ path }) => path)).toEqual(['/api/files.info', '/api/files.info', '/files-pri/real.pdf']);
  });

  it.each([
    [{ ok: false, error: 'file_not_found' }, 'not_found'],
    [{ ok: false, error: 'file_deleted' }, 'not_found'],
    [{ ok: false, error: 'missing_scope', needed: 'files:read' }, 'forbidden'],
    [{ ok: false, error: 'access_denied' }, 'forbidden'],
    [{ ok: false, error: 'ratelimited' }, 'rate_limited'],
    [{ ok: false, error: 'internal_error' }, 'unavailable'],
    [{ ok: true, file: { id: 'F1' } }, 'forbidden'],
    [{ ok: true }, 'forbidden'],
    [{ ok: true, file: { id: 'F1', url_private: 'https://evil.example/x' } }, 'forbidden'],
  ])('is, where Slack says %j, %s, and stays as it was', async (answer, code) => {
    const { origin } = await aConnectSlack(answer);
    const { source, read, aFile } = filesOf(origin);
    await expect(read(aFile(untold))).rejects.toMatchObject({ code });
    if ('error' in answer) expect(await source.describe(aFile(untold))).toEqual(aFile(untold));
  });

  it('is not waited for', async () => {
    const { origin } = await aSlack(() => {});
    const { source, aFile } = filesOf(origin, { wait: async () => {} });
    expect(await source.describe(aFile(untold))).toEqual(aFile(untold));
  });
});

it('what an earlier run left is nothing of ours: the folder may be there', async () => {
  const { origin } = await aSlack((_, response) => image(response));
  const { folder, read } = filesOf(origin);
  mkdirSync(folder);
  expect((await read()).left).toBe(0);
});
