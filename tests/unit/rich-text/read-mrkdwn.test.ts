import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMrkdwn } from '../../../electron/rich-text/read-mrkdwn.ts';
import { sketch, treeWords, wordsIn } from './sketch.ts';

const signsAndWords = fc.constantFrom(
  'a',
  'b2',
  ' ',
  '\n',
  '*',
  '_',
  '~',
  '`',
  '```',
  '>',
  '- ',
  '1. ',
  '  ',
  '\t',
  '"',
  '(',
  '/',
  '😀',
  'ß',
);

describe('readMrkdwn', () => {
  it.each([
    ['*bold* _it_ ~no~ `a*b*`', 'p({bold:bold} {italic:it} {strike:no} {code:a*b*})'],
    ['(*b*), *_both_*. „*fett*“', 'p(({bold:b}), {bold,italic:both}. „{bold:fett}“)'],
    ['2*3*4 snake_case_name __init__ **x** a lone * and _', 'p(2*3*4 snake_case_name __init__ **x** a lone * and _)'],
    ['rm *.log,*.tmp /*x*/ a/*b* ~/bin ~', 'p(rm *.log,*.tmp /*x*/ a/*b* ~/bin ~)'],
    ['* a * b* c*', 'ul([p(a * b* c*)])'],
    ['*a\nb*', 'p(*a/b*)'],
    ['*a _b* c_', 'p({bold:a _b} c_)'],
    ['太*字*です', 'p(太*字*です)'],
  ])('counts marks as Slack does: %j', (raw, tree) => {
    expect(sketch(readMrkdwn(raw))).toBe(tree);
  });

  it.each([
    ['<https://a.example/x?y=1&amp;z=2>', 'p({https://a.example/x?y=1&z=2:https://a.example/x?y=1&z=2})'],
    ['*<https://a.example|the *page*>*', 'p({bold,https://a.example:the *page*})'],
    [
      'see https://a_b.example/c_d_(e). (https://x.example)',
      'p(see {https://a_b.example/c_d_(e):https://a_b.example/c_d_(e)}. ({https://x.example:https://x.example}))',
    ],
    ['<mailto:a@b.example|a@b.example>', 'p({mailto:a@b.example:a@b.example})'],
    ['<@U1|Ann Lee> <@U2> <@U3>', 'p(@Ann Lee @U2 @U3)'],
    ['<#C1|it-help> <!channel> <!here|here> <!subteam^S1|@ops>', 'p(#it-help @channel @here @ops)'],
    ['<!date^1392734382^{date} at {time}^https://a.example|18 Feb>', 'p({https://a.example:18 Feb})'],
    ['<!date^1392734382^{date}>', 'p(@date)'.replace('@date', '2014-02-18T14:39:42.000Z')],
    [':tada: :acme-logo: 10:30:45 :+1::skin-tone-3:', 'p(🎉 :acme-logo: 10:30:45 👍)'],
    [':tada::x: (:key:) „:+1:“ *:fire:* :100:, :x:\n:bug:', 'p(🎉❌ (🔑) „👍“ {bold:🔥} 💯, ❌/🐛)'],
    ['root:x:0:0:root:/root app:key:42 C:x: urn:new:thing', 'p(root:x:0:0:root:/root app:key:42 C:x: urn:new:thing)'],
    [
      '"level:warning:disk" nginx:100:www a::key: fe80::100:1 :x:y é:key:',
      'p("level:warning:disk" nginx:100:www a::key: fe80::100:1 :x:y é:key:)',
    ],
    ['`:tada: <https://a.example|a.example> &lt;b&gt;`', 'p({code::tada: a.example <b>})'],
    ['&lt;b&gt; &amp;lt; a <b> c < d', 'p(<b> &lt; a <b> c < d)'],
    ['<javascript:alert(1)|x> <slack://open|Slack>', 'p(<javascript:alert(1)|x> Slack (slack://open))'],
  ])('reads what Slack writes for what was seen: %j', (raw, tree) => {
    expect(sketch(readMrkdwn(raw))).toBe(tree);
  });

  it.each([
    ['a\nb\n\n\nc', 'p(a/b) p(c)'],
    ['• a\n- b\n* c', 'ul([p(a)][p(b)][p(c)])'],
    [
      'todo:\n1. a\n2. b\n   more\n    - x\n    - y\n3) c\n7. z',
      'p(todo:) ol1([p(a)][p(b/more) ul([p(x)][p(y)])][p(c)]) ol7([p(z)])',
    ],
    ['-5 degrees\n2024. was\n-\n---', 'p(-5 degrees) ol2024([p(was)]) p(-/---)'],
    ['> a *b*\n&gt; c\nd', 'quote(p(a {bold:b}/c)) p(d)'],
    ['a\n&gt;&gt;&gt; b\n\nc', 'p(a) quote(p(b) p(c))'],
    ['> - a\n> ```x\n> y```', 'quote(ul([p(a)]) code(x\ny))'],
    ['>', 'p(>)'],
    ['a ```x\n*y* &lt;``` b', 'p(a ) code(x\n*y* <) p( b)'],
    ['```\n  x\n```', 'code(  x)'],
    ['``` a ` b', 'p(``` a ` b)'],
    ['`` ` a ` ``', 'p(`` {code: a } ``)'],
  ])('reads blocks as they are typed: %j', (raw, tree) => {
    expect(sketch(readMrkdwn(raw))).toBe(tree);
  });

  it('keeps every word, whatever was typed', () => {
    const named = fc.array(fc.constantFrom('root', 'x', '0', 'key', '100', 'date', 'é'), {
      minLength: 2,
      maxLength: 5,
    });
    const piece = fc.oneof(
      { weight: 18, arbitrary: signsAndWords },
      { weight: 1, arbitrary: named.map((all) => all.join(':')) },
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const raw = pieces.join('');
        // Numbers of a list are not in its words.
        const words = (all: string[]) => all.join('').replaceAll('1', '');
        expect(words(treeWords(readMrkdwn(raw)))).toBe(words(wordsIn(raw)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads any text, and lists within lists only so deep', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (raw) => void readMrkdwn(raw)));
    const deep = Array.from({ length: 500 }, (_, depth) => `${' '.repeat(2 * depth)}- x`).join('\n');
    expect(sketch(readMrkdwn(deep)).match(/ul/g)).toHaveLength(8);
    for (const raw of ['*_~`', '<@', '<https:', '- ', '> ', '```', '`', ':a', ':a:', 'https://*']) {
      expect(readMrkdwn(raw.repeat(20_000)).length).toBeGreaterThan(0);
    }
  });
});
