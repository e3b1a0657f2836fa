import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkHash } from '../../../tools/electron-fallback/check-hash.ts';

it('takes the archive that is pinned, and no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hash-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'archive.tgz');
  writeFileSync(file, 'as it was');
  const expected = `sha512-${createHash('sha512').update('as it was').digest('base64')}`;
  await expect(checkHash(file, expected)).resolves.toBeUndefined();
  writeFileSync(file, 'as it was not');
  await expect(checkHash(file, expected)).rejects.toThrow('archive.tgz is not the file that is expected');
});
