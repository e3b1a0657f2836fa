import { expect, it } from 'vitest';
import type { PersonAnswer } from '../../../electron/jira/api/cloud-answers.ts';
import { personWith } from '../../../electron/jira/api/find-account.ts';

const person = (accountId: string, change: Partial<PersonAnswer> = {}): PersonAnswer => {
  return { accountId, active: true, accountType: 'atlassian', ...change };
};
const ada = person('1', { emailAddress: 'Ada@example.com', displayName: 'Ada Lovelace', name: 'ada' });

it.each<[string, string, PersonAnswer[], string | null]>([
  ['an address in any case', 'ada@EXAMPLE.com', [ada, person('2', { emailAddress: 'ada@example.com.au' })], '1'],
  ['an address that is not told', 'ada@example.com', [person('2')], '2'],
  ['an address that several may have', 'ada@example.com', [person('2'), person('3')], null],
  ['an address that somebody else has', 'ada@example.com', [person('2', { emailAddress: 'bob@example.com' })], null],
  ['an address that is told of one of them', 'ada@example.com', [person('2'), ada], '1'],
  ['a whole name', 'ada lovelace', [ada, person('2', { displayName: 'Ada Lovelace-King' })], '1'],
  ['a login', 'ada', [ada, person('2', { name: 'adam' })], '1'],
  ['a name that two have', 'Ada Lovelace', [ada, person('2', { displayName: 'Ada Lovelace' })], null],
  ['the beginning of a name', 'Ada', [person('2', { displayName: 'Ada Lovelace' })], null],
  ['somebody who left', 'ada@example.com', [{ ...ada, active: false }], null],
  ['an app', 'ada@example.com', [{ ...ada, accountType: 'app' }], null],
  ['nobody', 'ada@example.com', [], null],
])('%s leads to one person or to none', (_, words, found, accountId) => {
  expect(personWith(words, found)?.accountId ?? null).toBe(accountId);
});
