import { expect, it } from 'vitest';
import { ourFiles, readOurs } from './documents.ts';

/** Words with which a fragment begins that can only be read together with the name below it. */
const fragment =
  /^(?:Of|For|To|By|From|In|As|At|On|With|Without|Within|After|Before|Between|Below|Above|Beside|Behind|Until|Once|Since|Only|Also|Not|Nor|Neither|Nothing|Nobody|It|So)\b/;

it('doc comments begin with a noun or a verb', () => {
  const comments = ourFiles('{electron,renderer,shared,stand-ins,tools}/**/*.{ts,tsx}').flatMap((file) =>
    [...readOurs(file).matchAll(/\/\*\*\s*(?:\*\s*)?(\S[^\n]*)/g)].map(([, words = '']) => ({ file, words })),
  );
  expect(comments.length).toBeGreaterThan(1500);
  expect(comments.filter(({ words }) => fragment.test(words))).toEqual([]);
});
