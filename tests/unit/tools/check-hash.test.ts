import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkHash } from '../../../tools/electron-fallback/check-hash.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

it('takes the archive that is pinned, and no other', async () => {
  const folder = aTemporaryFolder();
  const file = join(folder, 'archive.tgz');
  writeFileSync(file, 'as it was');
  const expected = `sha512-${createHash('sha512').update('as it was').digest('base64')}`;
  await expect(checkHash(file, expected)).resolves.toBeUndefined();
  writeFileSync(file, 'as it was not');
  await expect(checkHash(file, expected)).rejects.toThrow('archive.tgz is not the file that is expected');
});
