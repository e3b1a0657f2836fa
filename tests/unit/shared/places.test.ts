import { expect, it } from 'vitest';
import { placeKind, placeWords } from '../../../shared/places.ts';

it.each([
  ['C1', 'it-help', '#it-help'],
  ['G1', 'privategroup', 'a private channel'],
  ['D1', 'directmessage', 'a direct message'],
  ['D1', null, 'a direct message'],
  ['G2', 'mpdm-ann--bob--cat-1', 'a group message'],
  ['C2', 'mpdm-fans', '#mpdm-fans'],
  ['C3', 'constructor', '#constructor'],
  ['C4', null, 'C4'],
  ['', null, null],
])('a place in Slack, %s called %s, is for people %s', (channel, channelName, words) => {
  expect(placeWords({ channel, channelName })).toBe(words);
});

it('only placeholders are no names', () => {
  const kindOf = (channelName: string | null, channel = 'C1') => placeKind({ channel, channelName });
  expect([kindOf('it-help'), kindOf('privategroup'), kindOf(null)]).toEqual([null, 'private_channel', null]);
  expect([kindOf('mpdm-ann--bob-1'), kindOf(null, 'D1')]).toEqual(['group_message', 'direct_message']);
});
