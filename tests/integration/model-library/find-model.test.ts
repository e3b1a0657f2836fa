import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { findModel } from '../../../electron/model-library/find-model.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = aTemporaryFolder();
});

function given(...names: string[]): void {
  for (const name of names) writeFileSync(join(folder, name), '');
}

it('takes the configured model whatever lies in the folder', async () => {
  given('a.gguf', 'b.gguf');
  expect(await findModel('/elsewhere/c.gguf', folder)).toEqual({ path: '/elsewhere/c.gguf', reason: null });
});

it('takes the only model in the folder', async () => {
  given('a.GGUF', 'notes.txt', 'b.gguf.part', '._a.gguf');
  mkdirSync(join(folder, 'old.gguf'));
  expect(await findModel(null, folder)).toEqual({ path: join(folder, 'a.GGUF'), reason: null });
});

it('takes a model in several files for one, by its first', async () => {
  given('big-00001-of-00002.gguf', 'big-00002-of-00002.gguf');
  expect((await findModel(null, folder)).path).toBe(join(folder, 'big-00001-of-00002.gguf'));
});

it('chooses none of several, and names them', async () => {
  given('b.gguf', 'a.gguf');
  const { path, reason } = await findModel(null, folder);
  expect(path).toBeNull();
  expect(reason).toContain('a.gguf, b.gguf');
  expect(reason).toContain('GGML_MODEL_PATH');
});

it('finds none in an empty folder, or in none', async () => {
  expect(await findModel(null, folder)).toEqual({ path: null, reason: null });
  expect(await findModel(null, join(folder, 'missing'))).toEqual({ path: null, reason: null });
});
