import { expect, it } from 'vitest';
import { looksCut, tokenFault } from '../../../electron/slack/token-format.ts';

const bot = `xoxb-123456789012-123456789012-${'a1B2'.repeat(6)}`;
const app = `xapp-1-A0123ABCD-123456789012-${'0f'.repeat(32)}`;

it('finds nothing wrong with what Slack gives out, blanks around it included', () => {
  expect(tokenFault('bot', bot)).toBeNull();
  expect(tokenFault('app', `  ${app}\n`)).toBeNull();
  expect(looksCut('bot', bot)).toBe(false);
  expect(looksCut('app', app)).toBe(false);
});

it.each([
  ['bot', app, /app-level token.*belongs in the field “App-level token”.*OAuth & Permissions/],
  ['app', bot, /bot token.*belongs in the field “Bot token”.*Basic Information/],
  ['bot', 'xoxp-1-2-3', /user token/],
  ['app', 'xoxp-1-2-3', /user token/],
  ['bot', 'xoxe.xoxb-1-abc', /token rotation is on, which is not supported/],
  ['bot', 'xoxe-1-abc', /token rotation is on/],
  ['app', 'xoxe.xoxp-1-abc', /token rotation is on/],
  ['bot', 'xoxa-2-abc', /another kind/],
  ['bot', '0123456789abcdef0123456789ABCDEF', /signing secret/],
  ['app', '12345.67890', /client ID/],
  ['bot', `"${bot}"`, /quotation marks/],
  ['app', `“${app}”`, /quotation marks/],
  ['bot', 'xoxb-123 456', /blank or a line break/],
  ['app', 'xapp-1-A01\n23', /blank or a line break/],
  ['bot', 'xoxb-', /not copied whole/],
  ['app', 'xapp-1-A0123…', /not copied whole/],
  ['bot', 'xoxb-12••••', /not copied whole/],
  ['bot', 'xoxb-12é', /characters/],
  ['bot', 'hello', /begin with xoxb-/],
] as const)('tells for a %s token what %j is, without quoting it', (kind, text, words) => {
  const fault = tokenFault(kind, text);
  expect(fault).toMatch(words);
  expect(fault).not.toContain(text.slice(5, 30) || 'nothing to quote');
});

it('suspects short tokens of having lost their end', () => {
  expect(looksCut('bot', bot.slice(0, 30))).toBe(true);
  expect(looksCut('app', app.slice(0, 60))).toBe(true);
});
