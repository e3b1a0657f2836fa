import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readGgufHeader } from '../../../electron/classifier/gguf/read-gguf-header.ts';
import { createModelFiles } from '../../../electron/model-library/model-files.ts';
import { listModels } from '../../../electron/model-library/model-list.ts';
import { ggufFileSchema as wholeFileSchema } from '../../../shared/model-view.ts';
import { tinyGguf, writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const tiny = tinyGguf();
const ggufFileSchema = wholeFileSchema.omit({ estimate: true, measured: true });
let folder: string;
beforeEach(() => {
  folder = aTemporaryFolder();
});

const at = (name: string) => join(folder, name);
const list = async (chosen: string | null = null, files = createModelFiles()) =>
  (await listModels({ folders: [folder], chosen }, files)).files;

describe('the list of models', () => {
  it('tells what the header of each file says', async () => {
    writeTinyGguf(at('b.gguf'), { name: 'Tiny', licence: 'apache-2.0', fileType: 15 });
    writeFileSync(at('notes.txt'), '');
    mkdirSync(at('a.gguf'));
    const files = await list(at('b.gguf'));
    expect(files.map((file) => ggufFileSchema.parse(file))).toEqual([
      {
        path: at('b.gguf'),
        name: 'b.gguf',
        bytes: tiny.length,
        isChosen: true,
        facts: {
          name: 'Tiny',
          architecture: 'llama',
          quantisation: 'Q4_K_M',
          parameters: 121_536,
          contextLength: 2048,
          licence: 'apache-2.0',
          hasChatTemplate: true,
        },
        problem: null,
        folder,
      },
    ]);
  });

  it('adds the chosen file where it lies elsewhere, and names it once where it does not', async () => {
    mkdirSync(at('elsewhere'));
    writeTinyGguf(at('a.gguf'));
    writeTinyGguf(join(folder, 'elsewhere', 'c.gguf'));
    const elsewhere = await list(join(folder, 'elsewhere', 'c.gguf'));
    expect(elsewhere.map(({ name, isChosen }) => [name, isChosen])).toEqual([
      ['a.gguf', false],
      ['c.gguf', true],
    ]);
    expect(await list(join(folder, 'elsewhere', '..', 'a.gguf'))).toHaveLength(1);
  });

  it('is empty where there is no folder', async () => {
    const { files } = await listModels({ folders: [at('missing')], chosen: null }, createModelFiles());
    expect(files).toEqual([]);
  });

  it.each<[string, (path: string) => void, RegExp]>([
    ['is a web page', (path) => writeFileSync(path, '<!doctype html><title>Sign in</title>'), /^It is a web page/],
    ['is empty', (path) => writeFileSync(path, ''), /^It is empty\. /],
    ['ends in its header', (path) => truncateSync(path, 5_000), /^It is incomplete/],
    ['ends in its weights', (path) => truncateSync(path, 100_000), /^It is incomplete/],
    ['has a damaged length', (path) => writeFileSync(path, damaged()), /damaged\. /],
    ['is an adapter', (path) => writeTinyGguf(path, { type: 'adapter' }), /^It is no model by itself/],
  ])('says what is wrong with a file that %s', async (_what, spoil, problem) => {
    writeTinyGguf(at('a.gguf'));
    spoil(at('a.gguf'));
    const [file] = await list();
    expect(file).toMatchObject({ name: 'a.gguf', facts: null, problem: expect.stringMatching(problem) });
  });

  it.runIf(process.platform !== 'win32')('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [at('a.gguf')]);
    expect(await list(at('a.gguf'))).toMatchObject([{ problem: expect.stringContaining('It is a pipe, not a file') }]);
  });

  it('survives any single damaged byte in the header', async () => {
    for (let index = 0; index < 10_000; index += 37) {
      const bytes = Buffer.from(tiny);
      bytes.writeUInt8(bytes.readUInt8(index) ^ 0xff, index);
      writeFileSync(at('a.gguf'), bytes);
      expect(ggufFileSchema.array().safeParse(await list()).success, `byte ${index}`).toBe(true);
    }
  });

  it('refuses a header that does not end where every other has', async () => {
    const vocabulary = withLongVocabulary(1);
    // One text of 40 MB in place of the token.
    vocabulary.writeUInt32LE(40 * 1024 * 1024, vocabulary.indexOf('a token of 16 by') - 8);
    writeFileSync(at('a.gguf'), vocabulary);
    truncateSync(at('a.gguf'), 50 * 1024 * 1024);
    const [file] = await list();
    expect(file?.problem).toMatch(/^Its header is longer than 32 MB\. Choose another file/);
  });

  it('reads a header that is longer than the first read', async () => {
    writeFileSync(at('a.gguf'), withLongVocabulary(200_000));
    const [file] = await list();
    expect(file).toMatchObject({ problem: null, facts: { architecture: 'llama', parameters: 32 } });
  });
});

describe('a model in several files', () => {
  it('is one, with the size and the parameters of all', async () => {
    writeTinyGguf(at('big-00001-of-00002.gguf'));
    writeTinyGguf(at('big-00002-of-00002.gguf'));
    const files = await list();
    expect(files).toHaveLength(1);
    expect(files[0]).toMatchObject({
      name: 'big-00001-of-00002.gguf',
      bytes: 2 * tiny.length,
      facts: { parameters: 2 * 121_536 },
      problem: null,
    });
  });

  it('cannot be used where a part is missing or damaged', async () => {
    writeTinyGguf(at('big-00001-of-00003.gguf'));
    const missing = expect.stringMatching(/^Part 2 of 3: big-00002-of-00003.gguf is missing in .*\./);
    expect((await list())[0]).toMatchObject({ facts: null, problem: missing });
    writeFileSync(at('big-00002-of-00003.gguf'), '');
    expect((await list())[0]).toMatchObject({
      facts: null,
      problem: expect.stringMatching(/^Part 2 of 3: it is empty/),
    });
  });
});

describe('a file that is removed', () => {
  it('is left out, also when it goes while the folder is read', async () => {
    writeTinyGguf(at('a.gguf'));
    symlinkSync(at('gone'), at('b.gguf'));
    expect((await list()).map(({ name }) => name)).toEqual(['a.gguf']);
    rmSync(at('a.gguf'));
    expect(await list()).toEqual([]);
  });

  it('stays where it is the chosen one, and says so', async () => {
    const [file] = await list(at('a.gguf'));
    const problem = expect.stringContaining('There is no such file');
    expect(file).toMatchObject({ name: 'a.gguf', bytes: 0, isChosen: true, facts: null, problem });
  });
});

describe('a list that is asked for often', () => {
  it('reads each header once, and again when its file has changed', async () => {
    writeTinyGguf(at('a.gguf'));
    writeTinyGguf(at('b.gguf'));
    const readHeader = vi.fn(readGgufHeader);
    const files = createModelFiles(readHeader);
    const ask = () => list(null, files);
    const [first] = await Promise.all([ask(), ask()]);
    expect(await ask()).toEqual(first);
    expect(readHeader).toHaveBeenCalledTimes(2);
    writeTinyGguf(at('b.gguf'), { name: 'another' });
    utimesSync(at('b.gguf'), 1, 1);
    expect((await ask())[1]?.facts?.name).toBe('another');
    expect(readHeader).toHaveBeenCalledTimes(3);
  });
});

function damaged(): Buffer {
  const bytes = Buffer.from(tiny);
  bytes.writeUInt32LE(0x7fff_ffff, 28);
  return bytes;
}

/** A header of that many tokens of 16 bytes before its architecture, and one tensor. */
function withLongVocabulary(tokens: number): Buffer {
  const long = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  };
  const int = (value: number) => long(value).subarray(0, 4);
  const string = (value: string) => Buffer.concat([long(value.length), Buffer.from(value)]);
  const token = string('a token of 16 by');
  const vocabulary = [string('tokenizer.ggml.tokens'), int(9), int(8), long(tokens), ...Array(tokens).fill(token)];
  const architecture = [string('general.architecture'), int(8), string('llama')];
  const tensor = [string('output.weight'), int(1), long(32), int(0), long(0)];
  const tokenizer = [string('tokenizer.ggml.model'), int(8), string('llama')];
  const metadata = [...vocabulary, ...architecture, ...tokenizer];
  const head = [Buffer.from('GGUF'), int(3), long(1), long(3), ...metadata, ...tensor];
  return Buffer.concat([...head, Buffer.alloc(256)]);
}

it('asks all folders at once: one that does not answer keeps nobody waiting', async () => {
  const asked: string[] = [];
  let answer: (names: string[]) => void = () => {};
  const files = {
    ...createModelFiles(),
    names(path: string) {
      asked.push(path);
      return path === '/hung'
        ? new Promise<string[]>((resolve) => (answer = resolve))
        : Promise.reject(new Error('No.'));
    },
  };
  const listing = listModels({ folders: ['/hung', folder], chosen: null }, files);
  expect(asked).toEqual(['/hung', folder]);
  answer([]);
  expect([...(await listing).silent.keys()]).toEqual([folder]);
});
