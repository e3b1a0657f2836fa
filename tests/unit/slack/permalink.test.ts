import { expect, it } from 'vitest';
import { isPermalink } from '../../../electron/slack/permalink.ts';

it.each([
  ['https://acme.slack.com/archives/C1/p1764000000000100', true],
  ['https://acme.slack-gov.com/archives/C1/p1764000000000100', true],
  ['http://acme.slack.com/archives/C1/p1', false],
  ['https://acme.slack.com.evil.example/archives/C1/p1', false],
  ['https://evilslack.com/archives/C1/p1', false],
  ['https://ana@acme.slack.com/archives/C1/p1', false],
  ['archives/C1/p1', false],
  ['', false],
])('takes %s for the address of a message: %s', (url, isOne) => {
  expect(isPermalink(url)).toBe(isOne);
});
