import path from 'node:path';
import { expect, it } from 'vitest';
import { ourDocuments, ourFiles, readOurs } from './documents.ts';

const code = ourFiles('**/*.{ts,tsx,mjs,css}');
/** What changed in the past may be gone. */
const documents = ourDocuments().filter((name) => name !== 'CHANGELOG.md');

/** Files of code as documents name them: `ticket-log.ts`, `slack/commands.ts`, `bench*.ts`. */
const named = (markdown: string): string[] => {
  const names = markdown.match(/[\w*.-][\w*./-]*\.(?:tsx?|mjs|css)\b/g) ?? [];
  return [...new Set(names.map((name) => name.replace(/^(?:\.\.\/)+/, '')))];
};

function isThere(name: string, files: readonly string[]): boolean {
  const pattern = new RegExp(`(?:^|/)${name.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]*')}$`);
  return files.some((file) => pattern.test(file));
}

it('the documents name files that exist', () => {
  const missing = documents.map((document) => [
    document,
    named(readOurs(document)).filter((name) => !isThere(name, code)),
  ]);
  expect(missing.filter(([, names]) => names?.length !== 0)).toEqual([]);
});

it('a folder’s README names files of that folder, and those of others with their folder', () => {
  const missing = documents
    .filter((document) => document.endsWith('/README.md'))
    .map((document) => {
      const folder = `${path.posix.dirname(document)}/`;
      const inside = code.filter((file) => file.startsWith(folder));
      return [document, named(readOurs(document)).filter((name) => !name.includes('/') && !isThere(name, inside))];
    });
  expect(missing.filter(([, names]) => names?.length !== 0)).toEqual([]);
});

it('the way of a command names functions that its files have', () => {
  const walk = readOurs('docs/architecture.md').split('1. **Delivery**')[1]?.split('\n\n')[0] ?? '';
  let file = '';
  const functions = [...walk.matchAll(/`([\w./-]+)`/g)].flatMap(([, name = '']) => {
    if (!name.endsWith('.ts')) return [{ file, name }];
    file = `electron/${name}`;
    return [];
  });
  expect(functions.length).toBeGreaterThan(30);
  const isDefined = ({ file: within, name }: (typeof functions)[number]) =>
    new RegExp(`(?:function |const |^ +(?:async )?)${name}(?:<.*>)?(?:\\(|: | =)`, 'm').test(readOurs(within));
  expect(functions.filter((each) => !isDefined(each))).toEqual([]);
});
