import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { trustExtraCertificates } from '../../../electron/network/extra-certificates.ts';
import { hasOpenssl, makeCertificate } from '../../fixtures/certificate.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

if (!hasOpenssl) console.warn('NODE_EXTRA_CA_CERTS is NOT tested here: openssl is missing.');

const from = join(import.meta.dirname, '../../../electron/network/extra-certificates.ts');

/** What undici, with and without an agent of its own, makes of the server in a process that was told of the file. */
async function ask(url: string, path: string, isOldNode: boolean): Promise<unknown> {
  const script = `
    const tls = (await import('node:tls')).default;
    const { trustExtraCertificates } = await import(${JSON.stringify(from)});
    const { Agent, fetch } = await import('undici');
    const old = { get createSecureContext() { return tls.createSecureContext; }, set createSecureContext(f) { tls.createSecureContext = f; } };
    const problem = trustExtraCertificates(${JSON.stringify(path)}, ${isOldNode} ? old : tls);
    const get = (options) => fetch(${JSON.stringify(url)}, options).then((answer) => answer.text(), ({ cause }) => cause.code);
    const own = await get({ dispatcher: new Agent({ connect: { timeout: 1000 } }) });
    const strict = await get({ dispatcher: new Agent({ connect: { ca: [] } }) });
    console.log(JSON.stringify({ problem, plain: await get({}), own, strict, roots: tls.rootCertificates.length > 50 }));`;
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env,
    cwd: import.meta.dirname,
  });
  return JSON.parse(stdout);
}

describe.skipIf(!hasOpenssl)('the certificates of NODE_EXTRA_CA_CERTS', () => {
  it.each([
    ['a current Node', false],
    ['the Node of an older Electron', true],
  ])('are trusted by every connection, with %s', async (_, isOldNode) => {
    const folder = aTemporaryFolder();
    const { file, key, cert } = makeCertificate(folder, ['IP:127.0.0.1']);
    const server = createServer({ key, cert }, (_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const untrusted = 'DEPTH_ZERO_SELF_SIGNED_CERT';
    expect(await ask(url, '', isOldNode)).toMatchObject({ problem: null, plain: untrusted, own: untrusted });
    const trusted = await ask(url, file, isOldNode);
    // One that names whom it trusts goes on trusting nobody else.
    expect(trusted).toMatchObject({ problem: null, plain: 'hello', own: 'hello', strict: untrusted });
    writeFileSync(file, `${cert}\n-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n`);
    const partly = await ask(url, file, isOldNode);
    expect(partly).toMatchObject({
      problem: expect.stringContaining('holds 1 that cannot be read, of 2'),
      own: 'hello',
    });
  });
});

describe('a file of NODE_EXTRA_CA_CERTS that is of no use', () => {
  it('is said in words', () => {
    const folder = aTemporaryFolder();
    const empty = join(folder, 'empty.pem');
    writeFileSync(empty, 'no certificate');
    const words = 'Expected a file of certificates in PEM form.';
    const missing = join(folder, 'missing.pem');
    expect(trustExtraCertificates(missing)).toBe(`NODE_EXTRA_CA_CERTS: ${missing} cannot be read (ENOENT). ${words}`);
    expect(trustExtraCertificates(empty)).toContain('holds no certificate');
    expect(trustExtraCertificates(folder)).toContain('is no ordinary file');
  });

  it('is none where the variable is empty', () => {
    expect(trustExtraCertificates('')).toBe(null);
  });
});
