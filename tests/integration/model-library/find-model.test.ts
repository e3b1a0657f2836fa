import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { partsOf } from '../../../electron/classifier/gguf/judge-model.ts';
import { findModel } from '../../../electron/model-library/find-model.ts';
import { createModelFiles } from '../../../electron/model-library/model-files.ts';
import { modelFolders } from '../../../electron/model-library/model-folders.ts';
import { AppError } from '../../../shared/errors.ts';
import { tinyGguf, writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = aTemporaryFolder();
});

const at = (name: string) => join(folder, name);
const find = (...folders: string[]) => findModel(null, folders.length === 0 ? [folder] : folders, createModelFiles());

function given(...names: string[]): void {
  for (const name of names) writeTinyGguf(at(name));
}

it('takes the configured model whatever lies in the folder', async () => {
  given('a.gguf', 'b.gguf');
  const found = await findModel('/elsewhere/c.gguf', [folder], createModelFiles());
  expect(found).toEqual({ path: '/elsewhere/c.gguf', reason: null, isUndecided: false });
});

it('takes the only model in the folder', async () => {
  given('a.GGUF', 'notes.txt', 'b.gguf.part', '._a.gguf', '.hidden.gguf');
  mkdirSync(at('old.gguf'));
  expect(await find()).toEqual({ path: at('a.GGUF'), reason: null, isUndecided: false });
});

it('takes a model in several files for one, by its first', async () => {
  given('big-00001-of-00002.gguf', 'big-00002-of-00002.gguf', '._big-00001-of-00002.gguf');
  expect((await find()).path).toBe(at('big-00001-of-00002.gguf'));
});

it('chooses none of several, and names them', async () => {
  given('b.gguf', 'a.gguf');
  const { path, reason, isUndecided } = await find();
  expect([path, isUndecided]).toEqual([null, true]);
  expect(reason).toContain('a.gguf, b.gguf');
  expect(reason).toContain('GGML_MODEL_PATH');
});

it('finds none in an empty folder, or in none', async () => {
  const none = { path: null, reason: null, isUndecided: false };
  expect(await find()).toEqual(none);
  expect(await find(at('missing'))).toEqual(none);
});

describe('what is no model', () => {
  it.each<[string, (path: string) => void]>([
    ['the part of another model that sees pictures', (path) => writeTinyGguf(path, { type: 'mmproj' })],
    ['such a part by its architecture alone', (path) => writeTinyGguf(path, { architecture: 'clip' })],
    ['an adapter', (path) => writeTinyGguf(path, { type: 'adapter' })],
    ['a model for embeddings', (path) => writeTinyGguf(path, { architecture: 'nomic-bert' })],
    ['a vocabulary only', (path) => writeTinyGguf(path, { hasWeights: false })],
    ['a model without a tokenizer', (path) => writeTinyGguf(path, { tokenizer: 'none' })],
    ['a damaged file', (path) => writeFileSync(path, 'GGUF')],
    ['a download that ended early', (path) => writeFileSync(path, tinyGguf().subarray(0, 100_000))],
    ['a web page', (path) => writeFileSync(path, '<!doctype html>')],
    ['a link to nothing', (path) => symlinkSync('/nowhere', path)],
    ['a pipe', (path) => void execFileSync('mkfifo', [path])],
  ])('does not count beside a model: %s', async (_what, write) => {
    given('model.gguf');
    write(at('other.gguf'));
    expect(await find()).toEqual({ path: at('model.gguf'), reason: null, isUndecided: false });
  });

  it('is not chosen where it is alone, and the reason says what it is; OpenAI may answer', async () => {
    writeTinyGguf(at('mmproj-a.gguf'), { type: 'mmproj' });
    const { path, reason, isUndecided } = await find();
    expect([path, isUndecided]).toEqual([null, false]);
    expect(reason).toMatch(/mmproj-a\.gguf \(it is no model by itself, but a part for one \(mmproj\)\)/);
  });

  it('is tried all the same where it is alone and only damaged: loading says what is wrong', async () => {
    writeFileSync(at('a.gguf'), '');
    expect((await find()).path).toBe(at('a.gguf'));
  });

  it('is a later part of a model whose first is missing, which is named', async () => {
    given('big-00002-of-00003.gguf', 'big-00003-of-00003.gguf');
    expect((await find()).path).toBe(at('big-00002-of-00003.gguf'));
    const { problem } = await createModelFiles().look(at('big-00002-of-00003.gguf'));
    expect(problem).toBe(`it is part 2 of 3, and the first, big-00001-of-00003.gguf, is missing in ${folder}`);
    given('model.gguf');
    expect((await find()).path).toBe(at('model.gguf'));
  });

  it('is a first part under another name, whose others cannot be found', async () => {
    writeTinyGguf(at('renamed.gguf'), { split: { count: 3, no: 0 } });
    const { problem } = await createModelFiles().look(at('renamed.gguf'));
    expect(problem).toContain('-00001-of-00003.gguf');
  });
});

it('takes a name that counts no parts for that of one file, with its bytes', async () => {
  given('odd-00001-of-00000.gguf');
  const seen = await createModelFiles().look(at('odd-00001-of-00000.gguf'));
  expect(seen).toMatchObject({ problem: null, bytes: expect.any(Number) });
  expect(seen.bytes).toBeGreaterThan(100_000);
  expect((await find()).path).toBe(at('odd-00001-of-00000.gguf'));
});

it('counts no more parts than a model can have', async () => {
  given('odd-00001-of-99999.gguf');
  const { problem } = await createModelFiles().look(at('odd-00001-of-99999.gguf'));
  expect(problem).toBe('its name counts 99999 parts, and no model has more than 999');
  expect(partsOf(at('odd-00001-of-99999.gguf'))).toEqual([at('odd-00001-of-99999.gguf')]);
  expect(partsOf(at('big-00001-of-00999.gguf'))).toHaveLength(999);
});

describe('the models of a checkout', () => {
  it('are looked for after those in the data folder', async () => {
    const checkout = aTemporaryFolder();
    const dataDir = aTemporaryFolder();
    for (const each of [checkout, dataDir]) mkdirSync(join(each, 'models'));
    expect(modelFolders(dataDir, checkout)).toEqual([join(dataDir, 'models')]);
    writeTinyGguf(join(checkout, 'models', 'a.gguf'));
    const folders = modelFolders(dataDir, checkout);
    expect((await find(...folders)).path).toBe(join(checkout, 'models', 'a.gguf'));
    writeTinyGguf(join(dataDir, 'models', 'mmproj.gguf'), { type: 'mmproj' });
    expect((await find(...folders)).path).toBe(join(checkout, 'models', 'a.gguf'));
    writeTinyGguf(join(dataDir, 'models', 'b.gguf'));
    expect((await find(...folders)).path).toBe(join(dataDir, 'models', 'b.gguf'));
    expect(modelFolders(dataDir, null)).toEqual([join(dataDir, 'models')]);
  });
});

it('decides nothing where a folder does not answer, and says so', async () => {
  const silent = new AppError('unavailable', '/mnt/share does not answer (waited 5 s). Is the share mounted?');
  const files = { ...createModelFiles(), names: async () => Promise.reject(silent) };
  expect(await findModel(null, ['/mnt/share'], files)).toEqual({
    path: null,
    reason: silent.message,
    isUndecided: true,
  });
});

it('decides nothing where one of the files does not answer: it may be the model that is meant', async () => {
  given('sound.gguf', 'silent.gguf');
  const silent = new AppError(
    'unavailable',
    `${at('silent.gguf')} does not answer (waited 5 s). Is the share mounted?`,
  );
  const own = createModelFiles();
  const look = (path: string) => (path === at('silent.gguf') ? Promise.reject(silent) : own.look(path));
  const found = await findModel(null, [folder], { ...own, look });
  expect(found).toEqual({ path: null, reason: silent.message, isUndecided: true });
});
