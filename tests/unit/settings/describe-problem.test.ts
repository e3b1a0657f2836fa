import { expect, it } from 'vitest';
import { describeProblem } from '../../../shared/settings.ts';

it('names the setting and its place, and the place alone where the whole file is meant', () => {
  const problem = { source: '/data/config.yml', message: 'Expected true or false.' };
  expect(describeProblem({ ...problem, key: 'OPENAI_ALLOWED' })).toBe(
    'OPENAI_ALLOWED (/data/config.yml): Expected true or false.',
  );
  expect(describeProblem({ ...problem, key: '' })).toBe('/data/config.yml: Expected true or false.');
});
