import { expect, it } from 'vitest';
import { nameHints, nearestName, surelyMeant } from '../../../electron/settings/nearest-name.ts';

const known = ['JIRA_BASE_URL', 'JIRA_EMAIL', 'OPENAI_MODEL'];

it('finds the name that was meant', () => {
  expect(nearestName('jira_email', known)).toBe('JIRA_EMAIL');
  expect(nearestName('JIRA_BASEURL', known)).toBe('JIRA_BASE_URL');
});

it.each([
  ['lables', 'labels'],
  ['projcet', 'project'],
  ['chanel', 'channels'],
  ['emjoi', 'emoji'],
])('finds the name that %s was meant to be', (name, meant) => {
  expect(nearestName(name, ['labels', 'project', 'channels', 'emoji'])).toBe(meant);
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

it.each(['JIRA_EMAIL_2', 'JIRA_EMAIL1', 'JIRA_EMAILS', 'jira_email2'])('leaves %s to others', (name) => {
  expect(surelyMeant(name, known)).toBeNull();
});

it.each([
  ['jira_email', 'JIRA_EMAIL'],
  ['JIRA_EMIAL', 'JIRA_EMAIL'],
  ['MODEL_FOLDER', 'MODEL_FOLDERS'],
])('takes %s for %s', (name, meant) => expect(surelyMeant(name, [...known, 'MODEL_FOLDERS'])).toBe(meant));
