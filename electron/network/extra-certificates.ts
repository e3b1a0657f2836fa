import { X509Certificate } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import tls, { type SecureContextOptions } from 'node:tls';
import { errorCode } from '../files/error-code.ts';
import { writtenPath } from '../files/written-path.ts';

/** Bytes. What systems trust, some 150 certificates, has 250 kB. */
const longestFile = 8 * 1024 * 1024;
const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

/** The part of `node:tls` that decides whom a connection trusts. The last two are Node 22.19's and 24.5's. */
type Tls = Pick<typeof tls, 'createSecureContext'> &
  Partial<Pick<typeof tls, 'setDefaultCACertificates' | 'getCACertificates'>>;

/** Electron takes the variable itself away from what it starts; processes of ours find the path here. */
export const ownVariable = 'TICKET_AGENT_CA_CERTS';

/**
 * What NODE_EXTRA_CA_CERTS says; empty where it says nothing. With NODE_OPTIONS off, Electron removes it before any code
 * of ours runs (shell/common/node_bindings.cc), but Linux keeps what a process was started with. On other systems
 * NODE_OPTIONS stays on: tools/fuses.ts.
 */
export function extraCertificatesPath(env: Readonly<Record<string, string | undefined>>): string {
  const given = env['NODE_EXTRA_CA_CERTS'] || env[ownVariable];
  if (given || process.platform !== 'linux') return given ?? '';
  try {
    const start = 'NODE_EXTRA_CA_CERTS=';
    const entries = readFileSync('/proc/self/environ', 'utf8').split('\0');
    return entries.find((entry) => entry.startsWith(start))?.slice(start.length) ?? '';
  } catch {
    return '';
  }
}

/**
 * Has every connection of this process trust the certificates in this file, of NODE_EXTRA_CA_CERTS, beside those that
 * Node brings. Where Node has read it too, nothing changes. A connection that names whom it trusts is left alone, as by Node.
 *
 * @returns Why the file, or what of it, is not trusted, in words; null where nothing is wrong.
 */
export function trustExtraCertificates(path: string, node: Tls = tls): string | null {
  if (path === '') return null;
  const file = resolve(writtenPath(path));
  const { certificates, problem } = readCertificates(file);
  if (certificates.length > 0) trust(certificates, node);
  return problem === null
    ? null
    : `NODE_EXTRA_CA_CERTS: ${file} ${problem}. Expected a file of certificates in PEM form.`;
}

function trust(certificates: readonly string[], node: Tls): void {
  if (node.setDefaultCACertificates !== undefined && node.getCACertificates !== undefined) {
    node.setDefaultCACertificates([...node.getCACertificates('default'), ...certificates]);
    return;
  }
  const { createSecureContext } = node;
  // Node itself looks it up there for each connection, whoever asks for one.
  node.createSecureContext = (options?: SecureContextOptions) => {
    const secure = createSecureContext(options);
    if (options?.ca === undefined) for (const certificate of certificates) secure.context.addCACert(certificate);
    return secure;
  };
}

function readCertificates(path: string): { certificates: string[]; problem: string | null } {
  const none = (problem: string) => ({ certificates: [], problem });
  let text: string | null;
  try {
    text = readText(path);
  } catch (thrown) {
    const code = errorCode(thrown);
    return none(`cannot be read (${code})`);
  }
  if (text === null) return none('is no ordinary file, or too long');
  const found = text.split(begin).slice(1);
  if (found.length === 0) return none('holds no certificate');
  const certificates = found.flatMap((rest) => {
    const [body, after] = rest.split(end);
    const certificate = `${begin}${body}${end}\n`;
    return after !== undefined && isCertificate(certificate) ? [certificate] : [];
  });
  const damaged = found.length - certificates.length;
  return { certificates, problem: damaged === 0 ? null : `holds ${damaged} that cannot be read, of ${found.length}` };
}

/** Reads an ordinary file, null for anything else: a pipe would keep us waiting for whoever writes into it. */
function readText(path: string): string | null {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    return stats.isFile() && stats.size <= longestFile ? readFileSync(file, 'latin1') : null;
  } finally {
    closeSync(file);
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem) !== null;
  } catch {
    return false;
  }
}
