import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const hasOpenssl = isOpensslThere();

function isOpensslThere(): boolean {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
}

/** A certificate that no system trusts. `names`: `DNS:models.test`, `IP:127.0.0.1`. `file`: for NODE_EXTRA_CA_CERTS. */
export function makeCertificate(folder: string, names: string[]): { file: string; key: Buffer; cert: Buffer } {
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  const subject = ['-subj', '/CN=models.test', '-addext', `subjectAltName=${names.join(',')}`];
  const files = ['-keyout', key, '-out', file];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject], {
    stdio: 'ignore',
  });
  return { file, key: readFileSync(key), cert: readFileSync(file) };
}
