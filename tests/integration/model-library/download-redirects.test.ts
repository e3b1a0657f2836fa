import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHostCalls } from '../../../electron/classifier/gguf/host-calls.ts';
import type { Downloaded } from '../../../electron/model-library/download-model.ts';
import { tinyGguf } from '../../../tools/tiny-gguf.ts';
import { createNodeHosts } from '../../fakes/node-host.ts';
import { hasOpenssl, makeCertificate } from '../../fixtures/certificate.ts';
import { startConnectProxy } from '../../fixtures/connect-proxy.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

if (!hasOpenssl) console.warn('Redirects of downloads are NOT tested here: openssl is missing.');

const model = tinyGguf();

/**
 * An https and an http server. A path leads to where `leadsTo` says; any other is the model. With `HTTPS_PROXY` set to
 * `proxy`, every host at port 443 is the https server.
 */
async function aNetwork() {
  const folder = aTemporaryFolder();
  const {
    file: certificate,
    key,
    cert,
  } = makeCertificate(folder, ['DNS:models.test', 'DNS:cdn.test', 'DNS:localhost', 'IP:127.0.0.1']);
  const leadsTo: Record<string, string> = {};
  /** What came, such as "https 127.0.0.1:443 GET /a". */
  const asked: string[] = [];
  const answer =
    (protocol: string): RequestListener =>
    (request, response) => {
      asked.push(`${protocol} ${request.headers.host} ${request.url}`);
      const location = leadsTo[request.url ?? ''];
      if (location !== undefined) return void response.writeHead(302, { location }).end();
      response.setHeader('content-length', model.length);
      response.end(request.method === 'HEAD' ? undefined : model);
    };
  const secure = createTlsServer({ key, cert }, answer('https')).listen(0, '127.0.0.1');
  const plain = createServer(answer('http')).listen(0, '127.0.0.1');
  const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
  await Promise.all([secure, plain].map((server) => once(server, 'listening')));
  const proxy = await startConnectProxy(portOf(secure));
  onTestFinished(() => {
    for (const server of [secure, plain]) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function download(url: string, env: Record<string, string> = {}): Promise<Buffer> {
    const host = createNodeHosts({ NODE_EXTRA_CA_CERTS: certificate, ...env }).startHost();
    onTestFinished(() => host.kill());
    const args = [url, join(folder, 'models'), null, null];
    const { path } = (await createHostCalls(host).call('download', args)) as Downloaded;
    return readFileSync(path);
  }
  return {
    leadsTo,
    asked,
    download,
    https: `https://127.0.0.1:${portOf(secure)}`,
    http: `http://127.0.0.1:${portOf(plain)}`,
    securePort: portOf(secure),
    throughProxy: { HTTPS_PROXY: proxy.url },
  };
}

describe.skipIf(!hasOpenssl)('a download that is led elsewhere', () => {
  it('follows a hub to its store', async () => {
    const net = await aNetwork();
    net.leadsTo['/start'] = 'https://cdn.test/hop';
    net.leadsTo['/hop'] = '/file.gguf';
    expect((await net.download('https://models.test/start', net.throughProxy)).equals(model)).toBe(true);
    expect(new Set(net.asked)).toEqual(
      new Set(['https models.test /start', 'https cdn.test /hop', 'https cdn.test /file.gguf']),
    );
  });

  it('may lead about on this machine where it began here', async () => {
    const net = await aNetwork();
    net.leadsTo['/start'] = `${net.https}/file.gguf`;
    expect((await net.download(`${net.http}/start`)).equals(model)).toBe(true);
  });

  it('never takes a step without encryption, not even between two with', async () => {
    const net = await aNetwork();
    net.leadsTo['/start'] = `${net.http}/hop`;
    net.leadsTo['/hop'] = `${net.https}/file.gguf`;
    await expect(net.download(`${net.https}/start`)).rejects.toThrow(/without encryption/);
    expect(net.asked.filter((line) => line.startsWith('http '))).toEqual([]);
  });

  it.each(['http://models.test/x', 'http://203.0.113.7/x', 'ftp://models.test/x', 'file:///etc/passwd'])(
    'does not go to %s',
    async (address) => {
      const net = await aNetwork();
      net.leadsTo['/start'] = address;
      await expect(net.download('https://models.test/start', net.throughProxy)).rejects.toThrow(/without encryption/);
      expect(new Set(net.asked)).toEqual(new Set(['https models.test /start']));
    },
  );

  it.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '10.0.0.1',
    '169.254.169.254',
    '[fd00::1]',
  ])('is never led from outside to %s', async (near) => {
    const net = await aNetwork();
    net.leadsTo['/start'] = `https://${near}:${net.securePort}/file.gguf`;
    await expect(net.download('https://models.test/start', net.throughProxy)).rejects.toThrow(
      /led from outside to .*Nothing was asked there/,
    );
    expect(new Set(net.asked)).toEqual(new Set(['https models.test /start']));
  });

  it('does not go on for ever', async () => {
    const net = await aNetwork();
    net.leadsTo['/start'] = '/start';
    await expect(net.download(`${net.https}/start`)).rejects.toThrow(/again and again/);
    for (let hop = 1; hop <= 5; hop += 1) net.leadsTo[`/${hop}`] = hop === 5 ? '/file.gguf' : `/${hop + 1}`;
    expect((await net.download(`${net.https}/1`)).equals(model)).toBe(true);
  });
});
