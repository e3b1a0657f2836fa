import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepFilesPrivate, mendPrivacy } from '../../../electron/files/private-files.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const modeOf = (path: string) => statSync(path).mode & 0o7777;

const ours = [
  'tickets.db',
  'tickets.db-wal',
  'tickets.db-shm',
  'export-1.csv',
  'settings.json',
  'mark-keys.json',
  'config.yml',
  '.env',
  'logs/main.log',
  'logs/main.old.log',
  'backups/tickets-2026-03-02.db',
  'classifier-cache/readings.jsonl',
];

/** A data folder as an earlier version, or a careless copy, left it. */
function anOpenFolder(names = ours): string {
  const parent = mkdtempSync(join(tmpdir(), 'private-'));
  chmodSync(parent, 0o755);
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'data');
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), 'x');
    chmodSync(join(folder, name), 0o644);
    chmodSync(dirname(join(folder, name)), 0o755);
  }
  chmodSync(folder, 0o755);
  return folder;
}

describe.skipIf(process.platform === 'win32')('what lies in the data folder', () => {
  it.each([0o755, 0o750, 0o777, 0o701])('is taken from others where it is older (folder %o)', (mode) => {
    const folder = anOpenFolder();
    chmodSync(folder, mode);
    expect(mendPrivacy(folder)).toBeNull();
    expect(modeOf(folder)).toBe(0o700);
    for (const name of ours) expect([name, modeOf(join(folder, name))]).toEqual([name, 0o600]);
    for (const name of ['logs', 'backups', 'classifier-cache']) expect(modeOf(join(folder, name))).toBe(0o700);
  });

  it('is left alone where a link leads elsewhere', () => {
    const folder = anOpenFolder();
    const elsewhere = join(folder, '..', 'shared');
    mkdirSync(elsewhere, { mode: 0o755 });
    chmodSync(elsewhere, 0o755);
    symlinkSync(elsewhere, join(folder, 'models'));
    symlinkSync('/nowhere', join(folder, 'broken'));
    expect(mendPrivacy(folder)).toBeNull();
    expect(modeOf(elsewhere)).toBe(0o755);
  });

  it('is mended through a link to the folder', () => {
    const folder = anOpenFolder();
    const link = join(folder, '..', 'link');
    symlinkSync(folder, link);
    expect(mendPrivacy(link)).toBeNull();
    expect(modeOf(folder)).toBe(0o700);
  });

  it('is said to be open where the folder is everybody’s, whose other files are not touched', () => {
    const folder = anOpenFolder(['tickets.db', 'somebody.txt']);
    chmodSync(folder, 0o1777);
    expect(mendPrivacy(folder)).toContain(`get into the data folder ${folder}`);
    expect(modeOf(folder)).toBe(0o1777);
    expect(modeOf(join(folder, 'tickets.db'))).toBe(0o600);
    expect(modeOf(join(folder, 'somebody.txt'))).toBe(0o644);
  });

  it('is nothing to say where there is no folder', () => {
    expect(mendPrivacy('/nowhere/at/all')).toBeNull();
  });

  it('is said to be open where it is somebody else’s', ({ skip }) => {
    const folder = anOpenFolder(['tickets.db']);
    const code = `import { mendPrivacy } from ${JSON.stringify(join(import.meta.dirname, '../../../electron/files/private-files.ts'))};
      console.log(mendPrivacy(${JSON.stringify(folder)}));`;
    const args = ['--input-type=module', '-e', code];
    const run = spawnSync(process.execPath, args, { uid: 65534, gid: 65534, cwd: '/', encoding: 'utf8' });
    if (run.error !== undefined || run.status !== 0) skip('Only root can start a process of somebody else’s here.');
    expect(run.stdout).toContain(`get into the data folder ${folder}, and this program may not change that`);
    expect(run.stdout).toContain('such as tickets.db');
    expect(modeOf(folder)).toBe(0o755);
  });
});

describe.skipIf(process.platform === 'win32')('what this process makes', () => {
  it('is the user’s alone, but for what a person asked for', () => {
    const before = process.umask(0o022);
    onTestFinished(() => void process.umask(before));
    const folder = aTemporaryFolder();
    const { usersMode, asUser } = keepFilesPrivate();
    mkdirSync(join(folder, 'made'));
    writeFileSync(join(folder, 'file'), 'x');
    expect([modeOf(join(folder, 'made')), modeOf(join(folder, 'file'))]).toEqual([0o700, 0o600]);
    expect([usersMode(0o666), usersMode(0o777)]).toEqual([0o644, 0o755]);
    asUser(() => writeFileSync(join(folder, 'theirs'), 'x'));
    expect(() =>
      asUser(() => {
        throw new Error('x');
      }),
    ).toThrow('x');
    writeFileSync(join(folder, 'after'), 'x');
    expect([modeOf(join(folder, 'theirs')), modeOf(join(folder, 'after'))]).toEqual([0o644, 0o600]);
  });
});
