import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type HoldFolderDeps, holdFolder } from '../../../electron/app/hold-folder.ts';
import { lockContent } from '../../../electron/files/lock-owner.ts';
import { thisProcess } from '../../../electron/files/this-process.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

/** A start on an empty folder; `chromium`: whether Chromium gives its lock, each time that it is asked. */
async function aStart(chromium: () => boolean, others: Partial<HoldFolderDeps> = {}) {
  const dataDir = others.dataDir ?? aTemporaryFolder();
  const refused: { sentence: string; code: number }[] = [];
  const held = await holdFolder({
    dataDir,
    process: { env: {}, platform: process.platform },
    lockOfChromium: { request: chromium, release() {} },
    say() {},
    noScreen: null,
    lost() {},
    refuse: (sentence, code) => refused.push({ sentence, code }),
    ...others,
  });
  onTestFinished(() => held?.release());
  return { held, refused, file: join(dataDir, 'agent.lock') };
}

describe('a start', () => {
  it('has the folder for itself, until it gives it back', async () => {
    const { held, refused, file } = await aStart(() => true);
    expect(refused).toEqual([]);
    expect(held?.isHeld()).toBe(true);
    expect(() => held?.demand()).not.toThrow();
    held?.release();
    expect(existsSync(file)).toBe(false);
    expect(() => held?.demand()).toThrow(/another program/i);
  });

  it('asks Chromium again where another start was just asking', async () => {
    let asked = 0;
    const { held } = await aStart(() => {
      asked += 1;
      return asked > 1;
    });
    expect(held).not.toBeNull();
  });

  it('leaves the folder to a program that knows nothing of our lock', async () => {
    const dataDir = aTemporaryFolder();
    symlinkSync('desk-1', join(dataDir, 'SingletonLock'));
    const { held, refused, file } = await aStart(() => false, { dataDir });
    expect(held).toBeNull();
    expect(refused).toEqual([{ code: 0, sentence: expect.stringContaining('runs already') }]);
    expect(existsSync(file)).toBe(false);
  });

  it('that can make no window says so and leaves no lock', async () => {
    const { held, refused, file } = await aStart(() => true, { noScreen: 'There is no display.' });
    expect(held).toBeNull();
    expect(refused).toEqual([{ code: 1, sentence: 'There is no display.' }]);
    expect(existsSync(file)).toBe(false);
  });

  it('that can make no window has the first one show its own', async () => {
    const dataDir = aTemporaryFolder();
    const first = { ...thisProcess(), id: 'first', pid: process.ppid, started: null };
    writeFileSync(join(dataDir, 'agent.lock'), lockContent(first, 1));
    const { refused } = await aStart(() => false, { dataDir, noScreen: 'There is no display.' });
    expect(refused).toEqual([{ code: 0, sentence: expect.stringContaining('its window is shown') }]);
  });

  it('says so where Chromium cannot make its lock', async () => {
    const { refused } = await aStart(() => false);
    expect(refused).toEqual([{ code: 4, sentence: expect.stringContaining('Chromium could not make its lock') }]);
  });

  it('says so where the folder cannot be written', async () => {
    const { refused } = await aStart(() => true, { dataDir: join(aTemporaryFolder(), 'missing') });
    expect(refused).toEqual([{ code: 4, sentence: expect.stringContaining('cannot be written (ENOENT)') }]);
  });
});
