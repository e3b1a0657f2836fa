import { describe, expect, it } from 'vitest';
import { drawnEmoji, readMrkdwn, readPlainText } from '../../../electron/demo/read-mrkdwn.ts';

const names = {
  users: [{ id: 'U1', name: 'alice', realName: 'Alice' }],
  channels: [{ id: 'C1', name: 'help', isPrivate: false, isMember: true, isArchived: false, imUser: null }],
};
const now = new Date(2026, 4, 20, 12, 0).getTime();
const read = (text: string) => readMrkdwn(text, names, now).map(({ kind, text }) => `${kind}:${text}`);

it('has a picture, or its name, for each emoji', () => {
  expect(['tada', 'no_entry', 'parrot'].map(drawnEmoji)).toEqual(['🎉', '⛔', ':parrot:']);
});

describe('mrkdwn', () => {
  it.each([
    ['plain words', ['text:plain words']],
    ['*bold* and _italic_', ['bold:bold', 'text: and ', 'italic:italic']],
    ['was *not* recorded: 2 * 3 * 4', ['text:was ', 'bold:not', 'text: recorded: 2 * 3 * 4']],
    ['~gone~ and a~b~c', ['strike:gone', 'text: and a~b~c']],
    ['file_name_here and a*b*c', ['text:file_name_here and a*b*c']],
    ['*größer*', ['bold:größer']],
    ['type `/ticket *x* :ticket:` now', ['text:type ', 'code:/ticket *x* :ticket:', 'text: now']],
    [':ticket: *<http://a.example/browse/KAN-7|KAN-7>*  VPN', ['text:🎫 ', 'link:KAN-7', 'text:  VPN']],
    ['<https://a.example>', ['link:https://a.example']],
    ['*by <@U1>*', ['bold:by ', 'mention:@alice']],
    [
      '<@U9|zoe> <@U8> in <#C1> or <#C9|old>',
      ['mention:@zoe', 'text: ', 'mention:@U8', 'text: in ', 'mention:#help', 'text: or ', 'mention:#old'],
    ],
    ['<!here> now', ['mention:@here', 'text: now']],
    ['at 10:30:45, :our-parrot: stays', ['text:at 10:30:45, :our-parrot: stays']],
    ['Thanks :+1::skin-tone-3: :e-mail: :rotating_light:', ['text:Thanks 👍🏼 📧 🚨']],
    ['a &lt;b&gt; &amp;amp; *c &amp; d*', ['text:a <b> &amp; ', 'bold:c & d']],
    ['one\n\ntwo', ['text:one', 'text:\n', 'text:\n', 'text:two']],
    ['why\n>the *whole* line', ['text:why', 'text:\n', 'quote:the whole line']],
    ['&gt; typed', ['quote:typed']],
    ['a > b', ['text:a > b']],
    ['', []],
  ])('%j is read piece by piece', (text, pieces) => {
    expect(read(text)).toEqual(pieces);
  });

  it.each([
    ['today', new Date(2026, 4, 20, 9, 5)],
    ['yesterday', new Date(2026, 4, 19, 23, 59)],
    [new Date(2026, 0, 2).toLocaleDateString(undefined, { dateStyle: 'medium' }), new Date(2026, 0, 2, 9, 5)],
  ])("shows a moment as %s, in the reader's time", (day, date) => {
    const time = date.toLocaleTimeString(undefined, { timeStyle: 'short' });
    const sequence = `<!date^${date.getTime() / 1000}^{date_short_pretty} at {time}|2026>`;
    expect(read(`*Approved* ${sequence}`)).toEqual(['bold:Approved', `text: ${day} at ${time}`]);
  });

  it('falls back to the given words where it does not know the format of a moment', () => {
    expect(read('<!date^1700000000^{ago}|a while ago>')).toEqual(['text:a while ago']);
  });
});

it('plain text knows shortcodes and entities, and no marks', () => {
  expect(readPlainText(':ticket: *A* &amp; B', false)).toBe(':ticket: *A* & B');
  expect(readPlainText(':ticket: *A* &amp; B')).toBe('🎫 *A* & B');
});
