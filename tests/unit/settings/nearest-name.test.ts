import { expect, it } from 'vitest';
import { nameHints, nearestName } from '../../../electron/settings/nearest-name.ts';

const known = ['JIRA_BASE_URL', 'JIRA_EMAIL', 'OPENAI_MODEL'];

it('finds the name that was meant', () => {
  expect(nearestName('jira_email', known)).toBe('JIRA_EMAIL');
  expect(nearestName('JIRA_BASEURL', known)).toBe('JIRA_BASE_URL');
});

it('finds none for a word of its own', () => {
  expect(nearestName('SOMETHING_ELSE', known)).toBeNull();
  expect(nearestName('', [])).toBeNull();
});

it('is looked for for the first hundred names of a file only', () => {
  const nearest = nameHints(known);
  const found = Array.from({ length: 102 }, () => nearest('jira_email'));
  expect(found.filter((name) => name === 'JIRA_EMAIL')).toHaveLength(100);
  expect(found.slice(100)).toEqual([null, null]);
});
