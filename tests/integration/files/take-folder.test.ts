import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLock, type FolderLock, readLock } from '../../../electron/files/folder-lock.ts';
import { type LockOwner, lockContent, type StartOf } from '../../../electron/files/lock-owner.ts';
import {
  silentAfterRebootMs,
  silentMs,
  type TakeFolderDeps,
  type Taking,
  takeFolder,
} from '../../../electron/files/take-folder.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

function anOwner(id: string, others: Partial<LockOwner> = {}): LockOwner {
  const since = '2026-11-29T08:00:00.000Z';
  return {
    id,
    host: 'desk',
    machine: 'machine',
    boot: 'boot',
    pidNamespace: 'pid:[1]',
    pid: 1,
    started: '1',
    since,
    ...others,
  };
}

const elsewhere = anOwner('elsewhere', { host: 'container', pidNamespace: 'pid:[2]', pid: 1 });

/** A folder's lock file, and time that passes only where somebody waits. */
function aFolder() {
  const file = join(aTemporaryFolder(), 'agent.lock');
  let now = 0;
  const clocks = { steady: () => now, wall: () => 0 };
  const waited: (string | null)[] = [];

  /** A start; `meanwhile` is called at each wait, with the milliseconds that have passed. */
  function start(given: Partial<TakeFolderDeps> & { meanwhile?: (passed: number) => void } = {}): Promise<Taking> {
    const began = now;
    return takeFolder({
      file,
      here: anOwner('here', { pid: 100 }),
      startOf: () => null,
      showFirst: () => false,
      onWait: (owner) => waited.push(owner?.id ?? null),
      clocks,
      async wait(ms) {
        now += ms;
        given.meanwhile?.(now - began);
      },
      ...given,
    });
  }

  return {
    file,
    start,
    waited,
    clocks,
    pass(ms: number) {
      now += ms;
    },
    passed: () => now,
    owner: () => JSON.parse(readFileSync(file, 'utf8')).id,
  };
}

async function taken(taking: Promise<Taking>): Promise<FolderLock> {
  const result = await taking;
  if (result.outcome !== 'taken') throw new Error(`The folder was not taken: ${result.outcome}`);
  return result.lock;
}

describe('a start', () => {
  it('takes a folder that nobody has, and gives it free at the end', async () => {
    const { file, start, owner } = aFolder();
    const lock = await taken(start());
    expect(owner()).toBe('here');
    expect(lock.isHeld()).toBe(true);
    lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('replaces an owner of this machine that died, without waiting for a sign of life', async () => {
    const { file, start, owner, passed, waited } = aFolder();
    createLock(file, anOwner('dead', { pid: 99 }));
    const lock = await taken(start());
    expect(owner()).toBe('here');
    expect(passed()).toBeLessThan(1_000);
    expect(waited).toEqual([]);
    expect(lock.isHeld()).toBe(true);
  });

  it('has the first program of this machine show its window', async () => {
    const { file, start, owner } = aFolder();
    createLock(file, anOwner('first', { pid: 99, started: '7' }));
    const startOf: StartOf = () => '7';
    await expect(start({ startOf, showFirst: () => true })).resolves.toEqual({ outcome: 'shown' });
    expect(owner()).toBe('first');
  });

  it('asks a program that is only just starting again', async () => {
    const { file, start } = aFolder();
    createLock(file, anOwner('first', { pid: 99, started: '7' }));
    let asked = 0;
    const showFirst = () => {
      asked += 1;
      return asked === 3;
    };
    await expect(start({ startOf: () => '7', showFirst })).resolves.toEqual({ outcome: 'shown' });
  });

  it.each([
    ['is written anew', (file: string) => writeFileSync(file, lockContent(elsewhere, 1))],
    ['is touched only', (file: string) => utimesSync(file, 1, 1)],
  ])('ends as soon as the lock of another machine %s', async (_, beat) => {
    const { file, start, passed, waited } = aFolder();
    createLock(file, elsewhere);
    const meanwhile = (ms: number) => ms === 40_000 && beat(file);
    await expect(start({ meanwhile })).resolves.toEqual({ outcome: 'held', owner: elsewhere });
    expect(passed()).toBeLessThan(42_000);
    expect(waited).toEqual(['elsewhere']);
  });

  it.each([
    ['of another machine', lockContent(elsewhere, 3)],
    ['that is empty', ''],
    ['that is damaged', '{"pid":'],
  ])('takes a lock %s over after a minute without a sign of life, not before', async (_, content) => {
    const { file, start, owner } = aFolder();
    writeFileSync(file, content);
    const meanwhile = (ms: number) => {
      if (ms < silentMs) expect(readFileSync(file, 'utf8')).toBe(content);
    };
    await expect(start({ meanwhile })).resolves.toMatchObject({ outcome: 'taken', isForeign: true });
    expect(owner()).toBe('here');
  });

  it('takes one that most likely ended with the power of this machine over after twelve seconds', async () => {
    const { file, start, passed, waited } = aFolder();
    const beforeTheReboot = anOwner('before', { boot: 'another' });
    createLock(file, beforeTheReboot);
    await expect(start()).resolves.toMatchObject({ outcome: 'taken', isForeign: true });
    expect(passed()).toBeGreaterThan(silentAfterRebootMs);
    expect(passed()).toBeLessThan(silentAfterRebootMs + 5_000);
    expect(waited).toEqual(['before']);
  });

  it('ends where it was a machine of the same name, which gives a sign of life', async () => {
    const { file, start } = aFolder();
    const namesake = anOwner('namesake', { boot: 'another' });
    createLock(file, namesake);
    const meanwhile = (ms: number) => ms === 10_000 && writeFileSync(file, lockContent(namesake, 1));
    await expect(start({ meanwhile })).resolves.toEqual({ outcome: 'held', owner: namesake });
  });

  it('waits twelve seconds where only its number lives, on a system that tells no more of a process', async () => {
    const { file, start, passed } = aFolder();
    createLock(file, anOwner('windows', { started: null, pid: 7 }));
    await expect(start({ startOf: () => 'unknown' })).resolves.toMatchObject({ outcome: 'taken' });
    expect(passed()).toBeLessThan(silentAfterRebootMs + 5_000);
  });

  it('asks an owner that lives here for some seconds to show its window before it counts as held', async () => {
    const { file, start } = aFolder();
    const owner = anOwner('first', { pid: 7, started: '7' });
    createLock(file, owner);
    let asked = 0;
    const showFirst = () => {
      asked += 1;
      return asked > 8;
    };
    const meanwhile = (ms: number) => writeFileSync(file, lockContent(owner, ms));
    await expect(start({ startOf: () => '7', showFirst, meanwhile })).resolves.toEqual({ outcome: 'shown' });
  });

  it('does not count time in which it was stopped itself', async () => {
    const { file, start, pass } = aFolder();
    createLock(file, elsewhere);
    const meanwhile = (ms: number) => {
      if (ms === 10_000) pass(600_000);
      // By its own clock the minute is long over.
      if (ms === 610_500) writeFileSync(file, lockContent(elsewhere, 1));
    };
    await expect(start({ meanwhile })).resolves.toMatchObject({ outcome: 'held' });
  });

  it('takes it at once where the other one ends meanwhile', async () => {
    const { file, start, owner } = aFolder();
    const lock = createLock(file, elsewhere);
    await taken(start({ meanwhile: (ms) => ms === 5_000 && lock?.release() }));
    expect(owner()).toBe('here');
  });

  it('leaves it to a third one that took it over in the same moment', async () => {
    const { file, start, owner } = aFolder();
    createLock(file, elsewhere);
    const third = anOwner('third', { host: 'nas', boot: 'other' });
    let beats = 0;
    const meanwhile = () => {
      if (owner() === 'elsewhere') return;
      // Later than ours: it wrote over it. From then on it lives.
      beats += 1;
      writeFileSync(file, lockContent(third, beats));
    };
    await expect(start({ meanwhile })).resolves.toEqual({ outcome: 'held', owner: third });
    expect(owner()).toBe('third');
  });

  it('of two at the same time leaves one', async () => {
    const { file, owner } = aFolder();
    createLock(file, anOwner('dead', { pid: 99 }));
    const startAs = (id: string, pid: number) =>
      takeFolder({
        file,
        here: anOwner(id, { pid }),
        // Both live.
        startOf: (asked) => (asked === 99 ? null : '1'),
        showFirst: () => true,
        onWait() {},
      });
    const outcomes = await Promise.all([startAs('one', 100), startAs('two', 101)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['shown', 'taken']);
    expect(owner()).toBe(outcomes[0]?.outcome === 'taken' ? 'one' : 'two');
  });
});

describe('a lock that is held', () => {
  /** One of ours, and the clocks that it goes by. */
  function aLock() {
    const file = join(aTemporaryFolder(), 'agent.lock');
    const time = { steady: 0, wall: 0 };
    const lock = createLock(file, anOwner('here'), { steady: () => time.steady, wall: () => time.wall });
    if (lock === null) throw new Error('There was a lock already.');
    return { file, lock, time };
  }

  it.each(['steady', 'wall'] as const)('is looked at again where the %s clock says that time has passed', (clock) => {
    const { file, lock, time } = aLock();
    writeFileSync(file, lockContent(elsewhere, 0));
    time[clock] += 3_000;
    expect(lock.isHeld()).toBe(false);
    // Whatever happens to the file then.
    writeFileSync(file, lockContent(anOwner('here'), 0));
    time[clock] += 3_000;
    expect(lock.isHeld()).toBe(false);
  });

  it('is not lost where its share is away after a sleep; nothing is sent until it is back', () => {
    const { file, lock, time } = aLock();
    const lost = vi.fn();
    lock.keep(lost);
    const folder = dirname(file);
    renameSync(folder, `${folder}-away`);
    time.wall += 8 * 3_600_000;
    expect(lock.isHeld()).toBe(false);
    // What the share is mounted on.
    mkdirSync(folder);
    expect(lock.isHeld()).toBe(false);
    rmdirSync(folder);
    renameSync(`${folder}-away`, folder);
    expect(lock.isHeld()).toBe(true);
    expect(lost).not.toHaveBeenCalled();
    lock.release();
  });

  it('is lost where another folder stays in its place', () => {
    const { file, lock, time } = aLock();
    const folder = dirname(file);
    renameSync(folder, `${folder}-away`);
    mkdirSync(folder);
    const lost = vi.fn();
    lock.keep(lost);
    time.wall += 600_000;
    for (let looks = 0; looks < 120; looks += 1) lock.look();
    expect(lost).toHaveBeenCalledTimes(1);
    rmdirSync(folder);
    renameSync(`${folder}-away`, folder);
  });

  it('is lost where the file is gone: another may have had it, and ended', () => {
    const { file, lock } = aLock();
    rmSync(file);
    expect(lock.look()).toBe(false);
  });

  it('gives signs of life that others see, and none in another’s file', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { file, lock } = aLock();
    lock.keep(() => {});
    const before = readLock(file);
    vi.advanceTimersByTime(5_000);
    const after = readLock(file);
    expect(after?.owner).toEqual(before?.owner);
    expect(after?.mark.split('"')[3]).not.toBe(before?.mark.split('"')[3]);

    writeFileSync(file, lockContent(elsewhere, 7));
    vi.advanceTimersByTime(50_000);
    expect(readFileSync(file, 'utf8')).toBe(lockContent(elsewhere, 7));
  });

  it('tells once who has it now, and leaves the other’s file alone at the end', () => {
    const { file, lock } = aLock();
    const lost: unknown[] = [];
    lock.keep((by) => lost.push(by));
    writeFileSync(file, lockContent(elsewhere, 0));
    lock.look();
    lock.look();
    expect(lost).toEqual([elsewhere]);
    lock.release();
    expect(existsSync(file)).toBe(true);
  });
});
