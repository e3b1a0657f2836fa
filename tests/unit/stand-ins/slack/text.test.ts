import { describe, expect, it } from 'vitest';
import { broadcastsIn, escapeTyped } from '../../../../stand-ins/slack/text.ts';

const names = {
  users: [{ id: 'U1', name: 'alice', realName: 'Alice' }],
  channels: [{ id: 'C1', name: 'help', isPrivate: false, isMember: true, isArchived: false, imUser: null }],
  links: true,
  withNames: true,
};

describe('what a person types after a command', () => {
  it.each([
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['ask @alice in #help', 'ask <@U1|alice> in <#C1|help>'],
    ['@nobody and #nowhere stay', '@nobody and #nowhere stay'],
    ['hey @channel', 'hey <!channel>'],
    ['see https://x.example/?a=1&b=2', 'see <https://x.example/?a=1&amp;b=2>'],
    ['<!channel> typed by hand', '&lt;!channel&gt; typed by hand'],
  ])('%j reaches the app as %j', (typed, sent) => {
    expect(escapeTyped(typed, names)).toBe(sent);
  });

  it('names people by their id alone in a message', () => {
    expect(escapeTyped('@alice & #help', { ...names, withNames: false })).toBe('<@U1> &amp; <#C1|help>');
  });

  it('keeps mentions as typed where the app does not ask for them', () => {
    expect(escapeTyped('@alice & #help', { ...names, links: false })).toBe('@alice &amp; #help');
  });
});

it('finds the broadcasts that a text would set off', () => {
  expect(broadcastsIn('<!here> &lt;!channel&gt; <!everyone|all>')).toEqual(['here', 'everyone']);
});
