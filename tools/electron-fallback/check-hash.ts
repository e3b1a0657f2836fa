import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Throws, with a message for a person, unless the file is the one that was meant. `expected`: `sha512-` and base64. */
export async function checkHash(file: string, expected: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (`sha512-${hash.digest('base64')}` === expected) return;
  throw new Error(`${basename(file)} is not the file that is expected: its SHA-512 is another one. It was not used.`);
}
