import { renameSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { readFile } from '../../../electron/settings/read-file.ts';
import { rememberFile } from '../../../electron/settings/remember-file.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

let path: string;
beforeEach(() => {
  const folder = aTemporaryFolder();
  path = join(folder, '.env');
});

/** `laterMs`: how long after the changes the file is looked at. */
function remembered(laterMs = 60_000) {
  const read = vi.fn((file: string) => readFile(file).text);
  return { read, look: rememberFile(read, () => Date.now() + laterMs) };
}

it('a file is read once, however often it is looked at', () => {
  const { read, look } = remembered();
  writeFileSync(path, 'A=1');
  for (let time = 0; time < 100; time += 1) expect(look(path)).toBe('A=1');
  expect(read).toHaveBeenCalledTimes(1);
});

it('and again once it was written, also where its size and time are those of before', () => {
  const { look } = remembered();
  writeFileSync(path, 'A=1');
  utimesSync(path, 1, 1);
  expect(look(path)).toBe('A=1');
  writeFileSync(path, 'A=2');
  utimesSync(path, 1, 1);
  expect(look(path)).toBe('A=2');
  writeFileSync(`${path}.new`, 'A=3');
  utimesSync(`${path}.new`, 1, 1);
  renameSync(`${path}.new`, path);
  expect(look(path)).toBe('A=3');
});

it('a file that comes and goes is noticed', () => {
  const { read, look } = remembered();
  expect([look(path), look(path)]).toEqual(['', '']);
  expect(read).toHaveBeenCalledTimes(1);
  writeFileSync(path, 'A=1');
  expect(look(path)).toBe('A=1');
  unlinkSync(path);
  expect(look(path)).toBe('');
});

it('one that was written in this very moment may be written again in the same one, so it is read again', () => {
  const { read, look } = remembered(0);
  writeFileSync(path, 'A=1');
  look(path);
  look(path);
  expect(read).toHaveBeenCalledTimes(2);
});
