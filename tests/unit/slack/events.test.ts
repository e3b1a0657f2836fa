import { describe, expect, it } from 'vitest';
import { withoutMention } from '../../../electron/slack/events.ts';

describe('what is left of a text without the bot’s name', () => {
  it.each([
    ['<@UBOT> the VPN drops', 'the VPN drops'],
    ['<@UBOT>: the VPN drops', 'the VPN drops'],
    ['  <@UBOT|ticket_agent>, the VPN drops', 'the VPN drops'],
    ['the VPN drops <@UBOT>', 'the VPN drops'],
    ['hey <@UBOT> the VPN drops', 'hey the VPN drops'],
    ['<@UBOT>\nthe VPN\n\ndrops', 'the VPN\n\ndrops'],
    ['<@UBOT> ask <@U2> and <@UBOTTOM>', 'ask <@U2> and <@UBOTTOM>'],
    [': no name at all', ': no name at all'],
    ['<@UBOT>', ''],
  ])('%j', (text, rest) => {
    expect(withoutMention(text, 'UBOT')).toBe(rest);
  });
});
