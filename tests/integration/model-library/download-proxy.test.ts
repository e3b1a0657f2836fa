import { once } from 'node:events';
import { readFileSync } from 'node:fs';
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

if (!hasOpenssl) console.warn('Downloads through a proxy with a private CA are NOT tested here: openssl is missing.');

/** models.test behind a proxy, with a certificate that no system trusts. */
async function aCompanyNetwork() {
  const folder = aTemporaryFolder();
  const { file: certificate, key, cert } = makeCertificate(folder, ['DNS:models.test']);
  const model = tinyGguf();
  const site = createTlsServer({ key, cert }, (_request, response) => {
    response.end(model);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  onTestFinished(() => {
    site.closeAllConnections();
    site.close();
  });
  const { hosts, url: proxy } = await startConnectProxy((site.address() as AddressInfo).port);
  return { folder, certificate, model, hosts, proxy };
}

async function download(folder: string, env: Record<string, string>): Promise<Downloaded> {
  const host = createNodeHosts(env).startHost();
  onTestFinished(() => host.kill());
  const args = ['https://models.test/tiny.gguf', join(folder, 'models'), null, null];
  return (await createHostCalls(host).call('download', args)) as Downloaded;
}

describe.skipIf(!hasOpenssl)('a download in a company network', () => {
  it('goes through the proxy of the environment, and trusts the certificate that is named there', async () => {
    const { folder, certificate, model, hosts, proxy } = await aCompanyNetwork();
    const { path } = await download(folder, { HTTPS_PROXY: proxy, NODE_EXTRA_CA_CERTS: certificate });
    expect(readFileSync(path).equals(model)).toBe(true);
    expect(new Set(hosts)).toEqual(new Set(['models.test:443']));
  });

  it('says which certificate it does not trust, at once', async () => {
    const { folder, proxy } = await aCompanyNetwork();
    const refusal = { code: 'unavailable', message: expect.stringMatching(/models\.test.*NODE_EXTRA_CA_CERTS/) };
    await expect(download(folder, { HTTPS_PROXY: proxy })).rejects.toMatchObject(refusal);
  });
});
