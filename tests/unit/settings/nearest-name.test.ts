import { expect, it } from 'vitest';
import { nearestName } from '../../../electron/settings/nearest-name.ts';

const known = ['JIRA_BASE_URL', 'JIRA_EMAIL', 'OPENAI_MODEL'];

it('finds the name that was meant', () => {
  expect(nearestName('jira_email', known)).toBe('JIRA_EMAIL');
  expect(nearestName('JIRA_BASEURL', known)).toBe('JIRA_BASE_URL');
});

it('finds none for a word of its own', () => {
  expect(nearestName('SOMETHING_ELSE', known)).toBeNull();
  expect(nearestName('', [])).toBeNull();
});
