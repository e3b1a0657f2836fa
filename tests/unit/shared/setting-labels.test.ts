import { expect, it } from 'vitest';
import { fieldName, inFieldWords } from '../../../shared/setting-labels.ts';

it.each([
  ['Check JIRA_EMAIL and JIRA_API_TOKEN.', 'Check “Email of the Atlassian account” and “API token”.'],
  ['Set SLACK_BOT_TOKEN (xoxb-…).', 'Set “Bot token” (xoxb-…).'],
  [
    'Check JIRA_API_TOKEN: it is a personal access token.',
    'Check “Personal access token”: it is a personal access token.',
  ],
  ['Look at NODE_EXTRA_CA_CERTS and MODEL_WAIT_SECONDS.', 'Look at NODE_EXTRA_CA_CERTS and MODEL_WAIT_SECONDS.'],
  ['See JIRA_PROJECT_KEYS.', 'See JIRA_PROJECT_KEYS.'],
])('calls settings as the fields are called: %s', (words, called) => {
  expect(inFieldWords(words, () => false)).toBe(called);
  expect(inFieldWords(words, () => true)).toBe(words);
});

it('calls a setting by both where it may be set in either place', () => {
  const words = inFieldWords('Set JIRA_BASE_URL, NODE_EXTRA_CA_CERTS.', () => false, 'label and name');
  expect(words).toBe('Set “Address of your site” (JIRA_BASE_URL), NODE_EXTRA_CA_CERTS.');
});

it('calls a setting without a field by its name', () => {
  expect([fieldName('JIRA_BASE_URL'), fieldName('MODEL_WAIT_SECONDS')]).toEqual([
    '“Address of your site”',
    'MODEL_WAIT_SECONDS',
  ]);
});
