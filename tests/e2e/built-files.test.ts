import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '../../tools/paths.ts';

const page = join(projectDir, 'dist', 'renderer');
const main = join(projectDir, 'dist', 'main');

function namesIn(folder: string, end: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(end));
}

function read(folder: string, end: string): string {
  return namesIn(folder, end)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** Names of what the window loads before it shows anything: the page's own script, and what that imports at once. */
function firstScripts(): string[] {
  const html = readFileSync(join(page, 'index.html'), 'utf8');
  const entry = /<script[^>]* src="\.\/assets\/([^"]+)"/.exec(html)?.[1] ?? '';
  const found = new Set<string>();
  function follow(name: string): void {
    if (found.has(name)) return;
    found.add(name);
    const text = readFileSync(join(page, 'assets', name), 'utf8');
    for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) follow(imported);
  }
  follow(entry);
  return [...found];
}

it('loads each page of the window when it is opened', () => {
  const first = firstScripts();
  expect(first.length).toBeGreaterThan(0);
  for (const name of ['tickets', 'model', 'settings', 'status', 'demo', 'guide']) {
    const [script = ''] = namesIn(join(page, 'assets'), '.js').filter((each) => each.startsWith(`${name}-page-`));
    expect(script).not.toBe('');
    expect(first).not.toContain(script);
  }
});

it("brings the styles of each of Mantine's components that the window uses, and of no other", () => {
  const classes = (text: string) => new Set(text.match(/\bm_[0-9a-f]{6,8}\b/g));
  const styled = classes(readFileSync(join(projectDir, 'node_modules/@mantine/core/styles.css'), 'utf8'));
  const used = [...classes(read(join(page, 'assets'), '.js'))].filter((name) => styled.has(name)).toSorted();
  expect(used.length).toBeGreaterThan(50);
  expect([...classes(read(join(page, 'assets'), '.css'))].toSorted()).toEqual(used);
});

it("brings the letters of the window's own words and emoji, no others, and no source maps", () => {
  expect(namesIn(join(page, 'assets'), '.ttf').map((name) => name.replace(/-[^-]+\.ttf$/, ''))).toEqual([
    'NotoEmoji_400Regular',
  ]);
  expect(namesIn(join(page, 'assets'), '.woff2').map((name) => name.replace(/-[^-]+\.woff2$/, ''))).toEqual([
    'inter-latin-ext-wght-normal',
    'inter-latin-wght-normal',
  ]);
  expect([...namesIn(join(page, 'assets'), '.map'), ...namesIn(main, '.map')]).toEqual([]);
});

it('has no server in it, and loads what most never need only when it is needed', () => {
  const scripts = namesIn(main, '.js').map((name) => ({ name, text: readFileSync(join(main, name), 'utf8') }));
  const all = scripts.map(({ text }) => text).join('\n');
  // Words of express, of body-parser's iconv-lite and of @slack/oauth.
  for (const word of ['x-powered-by', 'Encoding not recognized', 'ClearStateStore']) {
    expect([word, all.includes(word)]).toEqual([word, false]);
  }
  const withOpenAi = scripts.filter(({ text }) => text.includes('/chat/completions')).map(({ name }) => name);
  expect(withOpenAi).toEqual([expect.stringMatching(/^openai-client-/)]);
});

it("keeps main's scripts in one byte a letter, which is half of what V8 would keep else", () => {
  for (const name of namesIn(main, '.js')) {
    const text = readFileSync(join(main, name), 'utf8');
    expect([name, /[\u0100-\uffff]/.exec(text)?.[0]]).toEqual([name, undefined]);
  }
});

it('has a preload script of few lines', () => {
  expect(readFileSync(join(main, 'preload.cjs')).byteLength).toBeLessThan(10_000);
});
