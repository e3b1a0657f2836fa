import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlace, savePlace } from '../../../electron/shell/window-place.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

function aFile(): string {
  const folder = aTemporaryFolder();
  return join(folder, 'window.json');
}

const place = { x: -10, y: 20, width: 900, height: 600, isMaximized: true };

describe('where the window was', () => {
  it('is read as it was saved', () => {
    const file = aFile();
    savePlace(file, place);
    expect(readPlace(file)).toEqual(place);
  });

  it('is not known before it was saved', () => {
    expect(readPlace(aFile())).toBeNull();
  });

  it.each(['', '{', '[]', JSON.stringify({ ...place, width: 0 }), JSON.stringify({ ...place, x: 'left' })])(
    'is not known where the file says %j',
    (content) => {
      const file = aFile();
      writeFileSync(file, content);
      expect(readPlace(file)).toBeNull();
    },
  );

  it('names the file that cannot be written', () => {
    const file = join(aFile(), 'nowhere', 'window.json');
    expect(() => savePlace(file, place)).toThrow(
      expect.objectContaining({ code: 'storage_failed', message: expect.stringContaining(file) }),
    );
  });
});
