import fc from 'fast-check';
import type { Block, Inline, RichText } from '../../../electron/rich-text/rich-text.ts';

/** Text as people type it, with whatever means something to Slack or Jira. */
export const typed = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'a',
          'bc',
          'Word',
          '12',
          ' ',
          ' ',
          '\n',
          '\n\n',
          '\t',
          '*',
          '_',
          '~',
          '`',
          '```',
          '>',
          '- ',
          '# ',
          '• ',
          '1. ',
        ],
        ...[
          '(',
          ')',
          '(x)',
          '{',
          '}',
          '{code}',
          '{noformat}',
          '{quote}',
          '{panel}',
          '{{',
          '}}',
          '[',
          ']',
          '|',
          '||',
          '[~ann]',
        ],
        ...[
          '!',
          '!a.png!',
          '\\',
          '\\\\',
          '-',
          '--',
          '----',
          '+',
          '^',
          '?',
          '??',
          'h1. ',
          'bq. ',
          ':)',
          ':D',
          '&',
          '&amp;',
        ],
        ...[
          'https://a.example/b_c',
          '<https://a.example|a label>',
          '<@U1|Ann Lee>',
          '<!here>',
          ':tada:',
          ':',
          ':key:',
          'x:',
          '"',
          '.',
          '😀',
          'ß',
          '字',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

const run = fc.record({
  type: fc.constant('text' as const),
  text: typed.map((text) => text.replace(/[\r\n]/g, ' ') || 'x'),
  marks: fc.uniqueArray(fc.constantFrom('bold' as const, 'italic' as const, 'strike' as const, 'code' as const)),
  href: fc.option(fc.constantFrom('https://a.example/x?y=[1]|2', 'mailto:a@b.example', 'javascript:1', 'x')),
});
const line: fc.Arbitrary<Inline[]> = fc.array(fc.oneof(run, fc.constant({ type: 'break' as const })), { maxLength: 6 });

const { blocks } = fc.letrec<{ blocks: Block[]; block: Block }>((tie) => ({
  blocks: fc.array(tie('block'), { maxLength: 4 }),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ type: fc.constant('paragraph' as const), content: line }),
    fc.record({ type: fc.constant('heading' as const), level: fc.constantFrom(1 as const, 6 as const), content: line }),
    fc.record({ type: fc.constant('code' as const), text: typed }),
    fc.constant({ type: 'rule' as const }),
    fc.record({ type: fc.constant('quote' as const), content: tie('blocks') }),
    fc.record({
      type: fc.constant('list' as const),
      first: fc.option(fc.constantFrom(0, 1, 7)),
      items: fc.array(tie('blocks'), { maxLength: 3 }),
    }),
  ),
}));

/** Any tree, also such as no reader makes. */
export const anyTree: fc.Arbitrary<RichText> = blocks;
