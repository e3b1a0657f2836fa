import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { setAutostart } from '../../../electron/shell/set-autostart.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const command = ['/opt/agent', '--hidden'];
let file: string;

beforeEach(() => {
  const folder = aTemporaryFolder();
  file = join(folder, 'autostart', 'agent.desktop');
});

const usersMode = (wanted: number) => wanted & ~0o027;
const set = (isWanted: boolean, dataDir = '/data') => setAutostart({ file, isWanted, command, dataDir, usersMode });

it('makes the entry, and its folder, and takes the entry away again', () => {
  set(true);
  expect(readFileSync(file, 'utf8')).toContain('Exec=/opt/agent --hidden --user-data-dir=/data\n');
  set(false);
  expect(existsSync(file)).toBe(false);
  set(false);
  expect(existsSync(file)).toBe(false);
});

it('leaves an entry alone that says the same', () => {
  set(true);
  utimesSync(file, 1, 1);
  set(true);
  expect(statSync(file).mtimeMs).toBe(1000);
  set(true, '/elsewhere');
  expect(readFileSync(file, 'utf8')).toContain('--user-data-dir=/elsewhere');
});

it.each(['/data/other', '/data 2', '/dat', '/data/'])('does not remove the entry that starts %s', (other) => {
  set(true, other);
  set(false);
  expect(existsSync(file)).toBe(true);
  set(false, other);
  expect(existsSync(file)).toBe(false);
});

it('removes an entry whose command a person has added to', () => {
  mkdirSync(dirname(file));
  writeFileSync(file, '[Desktop Entry]\nExec=/opt/agent --user-data-dir=/data --hidden\n');
  set(false);
  expect(existsSync(file)).toBe(false);
});

it.skipIf(process.platform === 'win32')('leaves the entry and its folder as open as the person has files made', () => {
  const umask = process.umask(0o077);
  onTestFinished(() => void process.umask(umask));
  set(true);
  expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([0o640, 0o750]);
});
