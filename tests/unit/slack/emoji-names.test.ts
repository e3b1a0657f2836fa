import { expect, it } from 'vitest';
import { isSameEmoji } from '../../../electron/slack/emoji-names.ts';

it.each([
  ['ticket', 'ticket'],
  [':ticket:', 'ticket'],
  ['🎫', 'ticket'],
  ['thumbsup', '+1'],
  ['+1', '+1::skin-tone-5'],
  ['👍', '+1::skin-tone-2'],
  ['our_own', 'our_own'],
  ['Warning', 'warning'],
  ['⚠', 'warning'],
])('%s is %s', (set, given) => {
  expect(isSameEmoji(set, given)).toBe(true);
});

it.each([
  ['', 'ticket'],
  ['', ''],
  ['ticket', 'admission_tickets'],
  ['our_own', 'our_other'],
])('%s is not %s', (set, given) => {
  expect(isSameEmoji(set, given)).toBe(false);
});
