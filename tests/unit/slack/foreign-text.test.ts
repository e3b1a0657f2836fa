import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMrkdwn } from '../../../electron/demo/read-mrkdwn.ts';
import { foreign, hasMarks, inCode, link, literal } from '../../../electron/slack/foreign-text.ts';

const names = { users: [{ id: 'U1', name: 'ann', realName: 'Ann' }], channels: [] };
const shown = (text: string) => readMrkdwn(text, names).map(({ kind, text: words }) => `${kind}:${words}`);
/** Signs that mean something to Slack or to the order of writing, between letters. */
const hostile = fc.string({
  unit: fc.constantFrom(
    ...'*_~`:><&|!@# \n\r\t.()a1xß中אʼª①ˋ\u202E\u202D\u2066\u2069\u200B\u200F\u2028',
    '```',
    ':ok:',
    '<!channel>',
    '*x*',
  ),
  maxLength: 30,
});

describe('what somebody wrote, among words of ours', () => {
  it.each([
    'VPN drops every ten minutes',
    'file_name_here and snake_case()',
    'a*b*c and 2 * 3 _ 4 ~ 5',
    'at 10:30:45, ratio 3:2, C:/temp, https://a.example/x?y=1',
    'größer – "quoted" (and) [more] {things} 100 % #7',
  ])('stays as it is where Slack finds no marks: %s', (text) => {
    expect([foreign(text), hasMarks(text)]).toEqual([text, false]);
  });

  it.each([
    ['*Approved* by <@U1>', '∗Approved∗ by &lt;@U1&gt;'],
    ['_slanted_ and ~gone~', 'ˍslantedˍ and ∼gone∼'],
    ['unbalanced *bold', 'unbalanced ∗bold'],
    ['(*in brackets*)', '(∗in brackets∗)'],
    ['`code` and ```more```', 'ˋcodeˋ and ˋˋˋmoreˋˋˋ'],
    [':white_check_mark: :+1: x:tada:', '꞉white_check_mark: ꞉+1: x꞉tada:'],
    ['`*Approved*` by ann', 'ˋ∗Approved∗ˋ by ann'],
    ['`_x_` `~y~`', 'ˋˍxˍˋ ˋ∼y∼ˋ'],
    ['ʼ*Approved*ʼ ª*b*ª º_c_º ①~d~①', 'ʼ∗Approved∗ʼ ª∗b∗ª ºˍcˍº ①∼d∼①'],
    ['done 5:white_check_mark: at 10:30', 'done 5꞉white_check_mark: at 10:30'],
    ['> a quotation', '› a quotation'],
    ['one\n*Approved* by ann\r\n> x', 'one ∗Approved∗ by ann &gt; x'],
    ['with \u0000a \u001b[31mcolour', 'with a [31mcolour'],
  ])('cannot look like ours: %j', (text, safe) => {
    expect(foreign(text)).toBe(safe);
  });

  it('neither begins, nor ends, nor imitates emphasis, whatever it is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const pieces = shown(`was *not* received: ${foreign(text)} and *this* is ours`);
        expect(pieces.filter((piece) => !piece.startsWith('text:'))).toEqual(['bold:not', 'bold:this']);
        expect(shown(`*Status*\n${foreign(text)}`).filter((piece) => !piece.startsWith('text:'))).toEqual([
          'bold:Status',
        ]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is told apart by hasMarks exactly where it would be written otherwise', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const plain = foreign(text).replace(/[\u2068\u2069]/g, '');
        expect(hasMarks(text)).toBe(plain !== literal(text));
      }),
    );
  });

  it('stays within its backticks', () => {
    expect(shown(`type \`/invite @${inCode('bot` *x* `')}\` now`)).toEqual([
      'text:type ',
      'code:/invite @botˋ *x* ˋ',
      'text: now',
    ]);
  });
});

describe('the order of writing', () => {
  it.each([
    '\u202A',
    '\u202B',
    '\u202C',
    '\u202D',
    '\u202E',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u200E',
    '\u200F',
    '\u061C',
  ])('is not turned by %j', (control) => {
    expect(foreign(`gnp${control}.exe`)).toBe('gnp.exe');
    expect(literal(`gnp${control}.exe`)).toBe('gnp.exe');
  });

  it('of Hebrew and Arabic stays theirs, and moves nothing around it', () => {
    expect(foreign('המדפסת (3) בוערת')).toBe('\u2068המדפסת (3) בוערת\u2069');
    expect(foreign('\u202Eالطابعة\u200F!')).toBe('\u2068الطابعة\u200F!\u2069');
  });
});

describe('a link', () => {
  it.each([
    ['https://acme.example/browse/KAN-7', '<https://acme.example/browse/KAN-7|KAN-7>'],
    ['HTTPS://ACME.example:443/browse/../browse/KAN-7', '<https://acme.example/browse/KAN-7|KAN-7>'],
    ['https://acme.example/a|b>c d<e\n', '<https://acme.example/a%7Cb%3Ec%20d%3Ce|KAN-7>'],
    ['https://acme.example/?a=1&b=<!channel>', '<https://acme.example/?a=1&amp;b=%3C!channel%3E|KAN-7>'],
    ['https://acme.example/#|KAN-1>', '<https://acme.example/#%7CKAN-1%3E|KAN-7>'],
    ['javascript:alert(1)', 'KAN-7'],
    ['slack://user?id=U1', 'KAN-7'],
    ['!channel', 'KAN-7'],
    ['https://acme.example@evil.example/browse/KAN-7', 'KAN-7'],
    ['not an address', 'KAN-7'],
    [null, 'KAN-7'],
  ])('to %j is written %s', (address, written) => {
    expect(link(address, 'KAN-7')).toBe(written);
  });
});
