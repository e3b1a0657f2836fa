import { expect, it } from 'vitest';
import { z } from 'zod';
import { lineCount, readOurs } from './documents.ts';

/** A section of CONTRIBUTING.md, down to the next heading as high. */
const section = (title: string) =>
  readOurs('CONTRIBUTING.md')
    .split(/^## /m)
    .find((text) => text.startsWith(`${title}\n`)) ?? '';

const recipes = section('Recipes').split(/^### /m).slice(1);

it('the recipes are those that people ask for', () => {
  expect(recipes.map((recipe) => recipe.split('\n')[0])).toEqual([
    'A setting',
    'A Slack message',
    'A Jira call',
    'A page',
  ]);
});

it.each(recipes)('a recipe has eight lines at most, and names files: %s', (recipe) => {
  const [, ...lines] = recipe.trim().split('\n');
  expect(lineCount(lines.join('\n').trim())).toBeLessThanOrEqual(8);
  expect(recipe.match(/`[\w/.-]+\.tsx?`/g)?.length).toBeGreaterThan(1);
});

it('every script of package.json is explained', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readOurs('package.json')));
  const explained = section('Commands').match(/(?<=^\| `npm (?:run )?(?:--silent )?)[\w-]+/gm);
  expect(Object.keys(scripts).filter((name) => !explained?.includes(name))).toEqual([]);
});

it('the glossary has thirty lines at most, and no word twice', () => {
  const words = [...section('Words').matchAll(/\*\*(.+?)\*\*/g)].map(([, word]) => word);
  expect(words.length).toBeGreaterThan(20);
  expect(new Set(words).size).toBe(words.length);
  expect(lineCount(section('Words').replace(/^.*\n/, '').trim())).toBeLessThanOrEqual(30);
});
