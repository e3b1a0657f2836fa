import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWiki } from '../../../electron/jira/texts/read-wiki.ts';
import { toWiki } from '../../../electron/jira/texts/wiki.ts';
import { readMrkdwn } from '../../../electron/rich-text/read-mrkdwn.ts';
import { plainText, type RichText, wordsOf } from '../../../electron/rich-text/rich-text.ts';
import { anyTree, typed } from '../rich-text/any-text.ts';
import { sketch, treeWords, wordsIn } from '../rich-text/sketch.ts';

describe('toWiki', () => {
  it.each([
    ['The *VPN* is _down_, ~not~ `a_b`', 'The *VPN* is _down_, -not- {{a_b}}'],
    [
      '*_both_* <https://a.example/x_y|the page> <https://a.example>',
      '*_both_* [the page|https://a.example/x_y] [https://a.example]',
    ],
    ['• a\n    • b\n1. c\n2. d', '* a\n** b\n\n# c\n# d'],
    ['1. a\n    • b\n2. c', '# a\n#* b\n# c'],
    ['3. c\n4. d', '3. c\n4. d'],
    ['> a\n> b', '{quote}\na\nb\n{quote}'],
    ['```\n{a} *b*\n```', '{code}\n{a} *b*\n{code}'],
    ['```\n{code}\n```', '{noformat}\n{code}\n{noformat}'],
    ['a\nb\n\nc', 'a\nb\n\nc'],
    [
      '<mailto:a@b.example|a@b.example> <https://a.example|a [b]>',
      '[mailto:a@b.example] a \\[b\\] ([https://a.example])',
    ],
    ['`{x}` *a*-b `code`', '{{&#123;x&#125;}} {*}a{*}-b {{&#99;ode}}'],
  ])('writes what was typed in Slack with its form: %j', (raw, wiki) => {
    expect(toWiki(readMrkdwn(raw))).toBe(wiki);
  });

  it.each([
    ['{code} {color:red}', '\\{code\\} \\{color:red\\}'],
    ['[~ann] [KAN-1|https://x.example]', '\\[~ann\\] \\[KAN-1\\|https://x.example\\]'],
    ['Wow! Really? 2!', 'Wow! Really? 2!'],
    ['!shot.png! Wow! Really?', '\\!shot.png\\! Wow\\! Really?'],
    ['*a* _b_ -c- +d+ ^e^ ~f~ ??g??', '\\*a\\* \\_b\\_ \\-c\\- \\+d\\+ \\^e\\^ \\~f\\~ \\??g\\??'],
    ['rm -rf file_name_here 2*3*4 it-help C++ ~/bin', 'rm -rf file_name_here 2*3*4 it-help C++ ~/bin'],
    ['# a', '\\# a'],
    ['- a\n* b\n*# c\n-d', '\\- a\n\\* b\n\\*# c\n-d'],
    ['h1. a\nbq. b\nh1.c', 'h1&#46; a\nbq&#46; b\nh1.c'],
    ['----\na -- b --- c --force', '\\-\\-\\-\\-\na \\-\\- b \\-\\-\\- c \\-\\-force'],
    ['a -- b\n-- c', 'a \\-- b\n\\-- c'],
    ['|a|b|', '\\|a\\|b\\|'],
    ['C:\\Users\\ann \\\\host\\share \\{x\\', 'C:\\Users\\ann &#92;\\host\\share &#92;\\{x&#92;'],
    ['&lt; &#42; AT&T', '&amp;lt; &amp;#42; AT&T'.replaceAll('&amp;', '&#38;')],
    [':) ;-) :D (x) (y) (flagoff) (see b)', ':\\) ;-\\) &#58;D \\(x) \\(y) \\(flagoff) (see b)'],
    ['see https://a.example/b_c_d?x=_1_ _x_', 'see https://a.example/b_c_d?x=_1_ \\_x\\_'],
  ])('takes the meaning from what a person typed: %j', (text, wiki) => {
    expect(toWiki(plainText(text))).toBe(wiki);
  });

  it('gives back what was typed, letter by letter, and nothing of it means anything', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const clean = text
          .replace(/[^\P{C}\n]|[\u2028\u2029]/gu, '')
          .replace(/\s*\n\s*/g, '\n\n')
          .trim();
        const read = readWiki(toWiki(plainText(clean)));
        const paragraphs = read.map((block) => (block.type === 'paragraph' ? wordsOf(block.content) : block.type));
        expect(paragraphs.join('\n\n')).toBe(clean);
        const runs = read.flatMap((block) => (block.type === 'paragraph' ? block.content : []));
        for (const run of runs) {
          if (run.type !== 'text') throw new Error(run.type);
          expect(run.marks).toEqual([]);
          expect(run.href === null || clean.includes(run.href)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the words of what was typed in Slack, and of any tree', () => {
    const keepsWords = (tree: RichText) => {
      const read = treeWords(readWiki(toWiki(tree))).join('');
      for (const words of runsIn(tree)) expect(read).toContain(wordsIn(words).join(''));
    };
    fc.assert(
      fc.property(typed, (raw) => keepsWords(readMrkdwn(raw))),
      { numRuns: 1_000 },
    );
    fc.assert(fc.property(anyTree, keepsWords), { numRuns: 1_000 });
  });
});

function runsIn(tree: RichText): string[] {
  return tree.flatMap((block): string[] => {
    if (block.type === 'paragraph' || block.type === 'heading') {
      return block.content.flatMap((run) => (run.type === 'text' ? [run.text] : []));
    }
    if (block.type === 'list') return block.items.flatMap(runsIn);
    if (block.type === 'quote') return runsIn(block.content);
    return block.type === 'code' ? [block.text] : [];
  });
}

describe('readWiki', () => {
  it.each([
    ['h2. A *b*\ntext', 'h2(A {bold:b}) p(text)'],
    ['* a\n** b\n*# c\n* d\nmore\n\nend', 'ul([p(a) ul([p(b)]) ol1([p(c)])][p(d/more)]) p(end)'],
    ['# a\n# b', 'ol1([p(a)][p(b)])'],
    ['||Name||Age||\n|Ann|7|', 'p(Name | Age/Ann | 7)'],
    [
      '[~ann] [the page|https://x.example] [https://y.example] [mailto:a@b.example] [^file.txt]',
      'p(@ann {https://x.example:the page} {https://y.example:https://y.example} {mailto:a@b.example:a@b.example} file.txt)',
    ],
    ['!shot.png|thumbnail! {color:red}red{color} un{*}bold{*}ed', 'p(shot.png red un{bold:bold}ed)'],
    ['a {code:java}\nint x;\n{code} b', 'p(a ) code(int x;) p( b)'],
    ['{noformat}x{noformat}', 'code(x)'],
    ['{quote}a\nb{quote}c\nbq. d', 'quote(p(a/b)) p(c) quote(p(d))'],
    ['{panel:title=Note|x=y}\na\n{panel}', 'p({bold:Note}) p(a)'],
    ['a\\\\b ----\n----', 'p(a/b ----) rule'],
    ['+new+ ??cited?? x^2^ {{code}} \\*x\\* &#42; &amp; [no link]', 'p(new cited x^2^ {code:code} *x* * & [no link])'],
    ['{quote}never {code}ended', 'quote(p(never ) code(ended))'],
  ])('reads %j without losing a word', (wiki, tree) => {
    expect(sketch(readWiki(wiki))).toBe(tree);
  });

  it('reads anything', () => {
    fc.assert(fc.property(typed, (text) => void readWiki(text)));
    for (const wiki of ['{code}', '{quote}', '{{', '[', '!a', '|', '* ', '\\', '{color:', '*_', '&#']) {
      expect(readWiki(wiki.repeat(3_000)).length).toBeGreaterThan(0);
    }
  });
});
