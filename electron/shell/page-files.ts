import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pageAddress } from '../../shared/page-address.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** The policy of renderer/index.html, and what only a header can say. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Answers with the files that lie in `folder` now, by exactly their names: an address is looked up, never made into a
 * path, so none leads out of the folder. 404 for everything else. They are kept, about 2 MB: a checkout that is built anew
 * while the program runs has other pages, and those of the window that is open are loaded when they are opened.
 */
export function createPageFiles(folder: string): (address: string, method: string) => Response {
  const files = new Map(
    namesIn(folder).map((name) => [
      new URL(name, pageAddress).href,
      { type: types[extname(name)], bytes: new Uint8Array(readFileSync(join(folder, ...name.split('/')))) },
    ]),
  );
  return (address, method) => {
    const file = files.get(address);
    if (file?.type === undefined || method !== 'GET') return new Response(null, { status: 404 });
    const headers = {
      'content-type': file.type,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-dns-prefetch-control': 'off',
    };
    return new Response(file.bytes, { headers });
  };
}

/** Names of all files in a folder, with slashes; no links, and nothing that is neither file nor folder. */
function namesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return namesIn(join(folder, entry.name)).map((name) => `${entry.name}/${name}`);
    return entry.isFile() ? [entry.name] : [];
  });
}
