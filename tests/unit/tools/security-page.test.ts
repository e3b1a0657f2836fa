import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync('docs/security.md', 'utf8');
const promises = readFileSync('SECURITY.md', 'utf8')
  .split('## What it does not protect')[0]
  ?.match(/(?<=^- \*\*).+?(?=\*\*)/gm)
  ?.map((name) => name.replace(/\.$/, ''));

it('names tests for every promise of SECURITY.md, and for no other', () => {
  const rows = page.split('## What shows each promise')[1]?.match(/(?<=^\| )(?!Promise|-).+?(?= +\|)/gm);
  expect(promises?.length).toBeGreaterThan(10);
  expect(rows).toEqual(promises);
});

it('names tests that exist', () => {
  const named = page.match(/tests\/[\w/.-]+\.test\.ts/g) ?? [];
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
