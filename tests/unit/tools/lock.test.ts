import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from '../../../tools/lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'lock-'));
  file = path.join(folder, 'some.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Another process that holds the lock until it is killed. */
async function holder() {
  const lock = path.join(import.meta.dirname, '../../../tools/lock.ts');
  const code = `
    const { withLock } = await import(${JSON.stringify(lock)});
    await withLock(${JSON.stringify(file)}, () => { console.log('held'); return new Promise((r) => setTimeout(r, 60_000)); });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

it('gives back what the work returned', async () => {
  expect(await withLock(file, async () => 42)).toBe(42);
});

it('is free again after the work failed', async () => {
  await expect(withLock(file, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
  expect(await withLock(file, async () => 'again')).toBe('again');
});

it('waits for another process, and does not wait for a dead one', async () => {
  const other = await holder();
  let waited = false;
  const onWait = () => {
    waited = true;
    other.kill('SIGKILL');
  };
  expect(await withLock(file, async () => 'mine', onWait)).toBe('mine');
  expect(waited).toBe(true);
});
