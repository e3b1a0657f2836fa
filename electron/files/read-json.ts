import { readFileSync } from 'node:fs';

/** Reads a small file of our own, which an editor may have given a byte order mark. Throws as `node:fs` and JSON.parse do. */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
}
