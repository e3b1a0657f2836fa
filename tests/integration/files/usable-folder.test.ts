import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderNotices, folderProblem, socketFolder } from '../../../electron/files/usable-folder.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

describe('the data folder', () => {
  it('is made, and has no problem', () => {
    const folder = join(aTemporaryFolder(), 'a', 'b');
    expect(folderProblem(folder)).toBeNull();
    expect(folderNotices(folder)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('may not be a file, or lie in one', () => {
    const file = join(aTemporaryFolder(), 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'data')]) {
      expect(folderProblem(folder)).toMatch(/cannot be used .* is a file and no folder\. Choose another folder/);
    }
  });

  it.each(['tickets.db', 'tickets.db-wal', 'agent.lock'])('says what to do where %s is a folder or a pipe', (name) => {
    const folder = aTemporaryFolder();
    mkdirSync(join(folder, name));
    expect(folderProblem(folder)).toMatch(new RegExp(`^${join(folder, name)} is a folder, .* Move it away`));

    const other = aTemporaryFolder();
    spawnSync('mkfifo', [join(other, name)]);
    expect(folderProblem(other)).toMatch(/is a pipe or a device/);
  });

  it('says what to do where the lock file is a link, which may lead nowhere', () => {
    const folder = aTemporaryFolder();
    symlinkSync('nowhere', join(folder, 'agent.lock'));
    expect(folderProblem(folder)).toMatch(/agent\.lock is a link/);
  });

  it('names the file that may not be written', ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may write everything.');
    const folder = aTemporaryFolder();
    writeFileSync(join(folder, 'tickets.db'), '');
    chmodSync(join(folder, 'tickets.db'), 0o400);
    expect(folderProblem(folder)).toMatch(/tickets\.db may not be written/);
  });

  it('does without log files, and says so', () => {
    const folder = aTemporaryFolder();
    writeFileSync(join(folder, 'logs'), '');
    expect(folderProblem(folder)).toBeNull();
    expect(folderNotices(folder)).toEqual([expect.stringContaining(`${join(folder, 'logs')} is no folder`)]);
  });
});

describe('the folder for Chromium’s socket', () => {
  it('is TMPDIR where that serves, and leaves nothing there', () => {
    const folder = aTemporaryFolder();
    expect(socketFolder(folder, ['/elsewhere'])).toBe(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['is missing', (folder: string) => join(folder, 'missing')],
    ['is relative', () => 'tmp'],
    [
      'is a file',
      (folder: string) => {
        writeFileSync(join(folder, 'file'), '');
        return join(folder, 'file');
      },
    ],
    [
      'has too long a path',
      (folder: string) => {
        const long = join(folder, 'ü'.repeat(40));
        mkdirSync(long, { recursive: true });
        return long;
      },
    ],
  ])('is another one where TMPDIR %s', (_, wanted) => {
    const folder = aTemporaryFolder();
    const other = aTemporaryFolder();
    expect(socketFolder(wanted(folder), ['/missing', other])).toBe(other);
    expect(socketFolder(wanted(folder), ['/missing'])).toBeNull();
  });
});
