import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from '../../../electron/settings/load-settings.ts';
import { readSavedFile } from '../../../electron/settings/saved-file.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const templatePath = join(import.meta.dirname, '../../../config.yml');
const longest = 64 * 1024;
let dataDir: string;
let cwd: string;
beforeEach(() => {
  const folder = aTemporaryFolder();
  dataDir = join(folder, 'data');
  cwd = join(folder, 'here');
  mkdirSync(dataDir);
  mkdirSync(cwd);
});

const load = () => loadSettings({ dataDir, cwd, env: {}, templatePath });
/** The places of the files that are read, by their names. */
const places = () => ({
  './config.yml': join(cwd, 'config.yml'),
  'config.yml': join(dataDir, 'config.yml'),
  '.env': join(cwd, '.env'),
  'DATA/.env': join(dataDir, '.env'),
});
const names = ['./config.yml', 'config.yml', '.env', 'DATA/.env'] as const;
const lines = (name: string) => (name.endsWith('config.yml') ? 'OPENAI_MODEL: it\n' : 'OPENAI_MODEL=it\n');
const padded = (name: string, size: number) => `${lines(name)}#${' '.repeat(size - lines(name).length - 1)}`;

describe.each(names)('%s', (name) => {
  it('counts with 64 kB, and is absent with a byte more, which is said with size and limit', () => {
    writeFileSync(places()[name], padded(name, longest));
    expect(load().settings.openai.model).toBe('it');
    writeFileSync(places()[name], padded(name, longest + 1));
    const { settings, problems } = load();
    expect(settings.openai.model).not.toBe('it');
    expect(problems).toEqual([
      { source: places()[name], key: '', message: expect.stringMatching(/ has 65537 bytes, more than the 64 kB /) },
    ]);
  });

  it.runIf(process.platform !== 'win32').each([
    ['pipe', (path: string) => void execFileSync('mkfifo', [path])],
    ['device', (path: string) => symlinkSync('/dev/zero', path)],
    ['folder', (path: string) => void mkdirSync(path)],
  ])('that is a %s is a problem and is not waited for', (_what, make) => {
    make(places()[name]);
    expect(load().problems).toEqual([
      { source: places()[name], key: '', message: expect.stringMatching(/expected an? (ordinary )?file/) },
    ]);
  });

  it('is taken up when it is written while the program runs', () => {
    expect(load().settings.openai.model).not.toBe('it');
    writeFileSync(places()[name], lines(name));
    expect(load().settings.openai.model).toBe('it');
    writeFileSync(places()[name], lines(name).replace('it', 'at'));
    expect(load().settings.openai.model).toBe('at');
    expect(load()).toEqual(load());
  });
});

describe('a config.yml made to hold the program up', () => {
  const problemsOf = (text: string) => {
    writeFileSync(places()['config.yml'], text);
    return load().problems;
  };

  it('by aliases of aliases is ignored', () => {
    const letters = [...'abcdefghij'];
    const each = letters.map((letter, index) => {
      const entries = Array.from({ length: 9 }, () => (index === 0 ? 'x' : `*${letters[index - 1]}`));
      return `${letter}: &${letter} [${entries.join(', ')}]`;
    });
    expect(problemsOf(`${each.join('\n')}\nOPENAI_MODEL: it\n`)).toEqual([
      expect.objectContaining({ message: expect.stringContaining('the whole file is ignored') }),
    ]);
    expect(load().settings.openai.model).not.toBe('it');
  });

  it.each([
    ['[', ''],
    ['[', ']'],
    ['{a: ', '}'],
    ['- ', ''],
  ])('by nesting with %j and %j is ignored', (open, close) => {
    const depth = Math.floor(longest / (open.length + close.length));
    expect(problemsOf(open.repeat(depth) + close.repeat(depth))).toEqual([
      expect.objectContaining({ key: '', message: expect.stringContaining('the whole file is ignored') }),
    ]);
  });

  it('by thousands of unknown names has a hundred problems at most', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `name${index}: x`).join('\n');
    expect(problemsOf(text)).toHaveLength(100);
    expect(problemsOf(`${'n'.repeat(1_000)}: x`)).toEqual([
      expect.objectContaining({ message: expect.stringContaining('Unknown setting') }),
    ]);
  });
});

it('an .env of nothing but empty lines is read as fast as any other', () => {
  writeFileSync(places()['.env'], `${' \n\u2028\r'.repeat(9_000)}OPENAI_MODEL=it\n\n\n`);
  expect(load()).toMatchObject({ settings: { openai: { model: 'it' } }, problems: [] });
});

it('settings.json that is too long is not used, and stays where it is', () => {
  const path = join(dataDir, 'settings.json');
  writeFileSync(path, JSON.stringify({ JIRA_EMAIL: 'a@b.example', more: 'x'.repeat(longest) }));
  expect(readSavedFile(path)).toMatchObject({ values: {}, corrupt: false, problems: [{ key: '' }] });
});
