import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAdf } from '../../../electron/jira/texts/adf.ts';
import { readAdf } from '../../../electron/jira/texts/read-adf.ts';
import { printable } from '../../../electron/rich-text/printable.ts';
import { readMrkdwn } from '../../../electron/rich-text/read-mrkdwn.ts';
import { toMrkdwn } from '../../../electron/rich-text/to-mrkdwn.ts';
import { anyTree, typed } from '../rich-text/any-text.ts';
import { sketch, treeWords } from '../rich-text/sketch.ts';

const doc = (...content: unknown[]) => ({ type: 'doc', version: 1, content });
const text = (words: string, ...marks: unknown[]) => ({ type: 'text', text: words, marks });
const p = (...content: unknown[]) => ({ type: 'paragraph', content });

describe('toAdf', () => {
  it('writes what a person typed in Slack with its form', () => {
    const raw = 'The *VPN* is `down`: <https://a.example|the page>\n1. a\n    • b\n> c\n```x\ny```';
    expect(toAdf(readMrkdwn(raw)).content).toEqual([
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'The ' },
          { type: 'text', text: 'VPN', marks: [{ type: 'strong' }] },
          { type: 'text', text: ' is ' },
          { type: 'text', text: 'down', marks: [{ type: 'code' }] },
          { type: 'text', text: ': ' },
          { type: 'text', text: 'the page', marks: [{ type: 'link', attrs: { href: 'https://a.example' } }] },
        ],
      },
      {
        type: 'orderedList',
        content: [
          {
            type: 'listItem',
            content: [
              { type: 'paragraph', content: [{ type: 'text', text: 'a' }] },
              {
                type: 'bulletList',
                content: [
                  { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'b' }] }] },
                ],
              },
            ],
          },
        ],
      },
      { type: 'blockquote', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'c' }] }] },
      { type: 'codeBlock', content: [{ type: 'text', text: 'x\ny' }] },
    ]);
  });

  it('makes links of addresses that others may follow, and of no others', () => {
    const [node] = toAdf([
      { type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [], href: 'javascript:a' }] },
    ]).content;
    expect(node).toEqual({ type: 'paragraph', content: [{ type: 'text', text: 'x' }] });
  });

  it('keeps the words of any tree', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        expect(treeWords(readAdf(toAdf(tree))).join('')).toBe(treeWords(tree).join(''));
      }),
    );
  });

  it('keeps the words from Slack to Jira and back', () => {
    fc.assert(
      // As a draft's words are read: what Jira refuses is gone by then.
      fc.property(typed.map(printable), (raw) => {
        const tree = readMrkdwn(raw);
        const back = readMrkdwn(toMrkdwn(readAdf(toAdf(tree))));
        expect(treeWords(back).join('')).toBe(treeWords(tree).join(''));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('readAdf', () => {
  it.each([
    [
      'marks',
      p(text('a', { type: 'strong' }, { type: 'underline' }), text('b', { type: 'textColor' })),
      'p({bold:a}b)',
    ],
    ['a link', p(text('a', { type: 'link', attrs: { href: 'https://x.example' } })), 'p({https://x.example:a})'],
    [
      'a mention',
      p({ type: 'mention', attrs: { id: '1', text: '@Ann' } }, { type: 'mention', attrs: { id: '2' } }),
      'p(@Ann@2)',
    ],
    [
      'an emoji',
      p({ type: 'emoji', attrs: { shortName: ':tada:', text: '🎉' } }, { type: 'emoji', attrs: { shortName: ':x:' } }),
      'p(🎉:x:)',
    ],
    ['a date', p({ type: 'date', attrs: { timestamp: '1392734382000' } }), 'p(2014-02-18)'],
    ['a status', p({ type: 'status', attrs: { text: 'IN REVIEW', color: 'blue' } }), 'p(IN REVIEW)'],
    [
      'a card',
      p({ type: 'inlineCard', attrs: { url: 'https://x.example' } }),
      'p({https://x.example:https://x.example})',
    ],
    [
      'a block card',
      { type: 'blockCard', attrs: { url: 'https://x.example' } },
      'p({https://x.example:https://x.example})',
    ],
    ['a panel', { type: 'panel', attrs: { panelType: 'info' }, content: [p(text('a')), p(text('b'))] }, 'p(a) p(b)'],
    ['an expand', { type: 'expand', attrs: { title: 'More' }, content: [p(text('a'))] }, 'p({bold:More}) p(a)'],
    [
      'a picture',
      {
        type: 'mediaSingle',
        content: [
          { type: 'media', attrs: { id: '1', type: 'file', alt: 'shot.png' } },
          { type: 'caption', content: [text('so')] },
        ],
      },
      'p(shot.png) p(so)',
    ],
    [
      'tasks',
      {
        type: 'taskList',
        content: [
          { type: 'taskItem', attrs: { state: 'DONE' }, content: [text('a')] },
          { type: 'taskItem', attrs: { state: 'TODO' }, content: [text('b')] },
        ],
      },
      'ul([p(☑ a)][p(☐ b)])',
    ],
    ['decisions', { type: 'decisionList', content: [{ type: 'decisionItem', content: [text('a')] }] }, 'ul([p(a)])'],
    [
      'a list',
      {
        type: 'orderedList',
        attrs: { order: 3 },
        content: [{ type: 'listItem', content: [p(text('a')), { type: 'bulletList', content: [] }] }],
      },
      'ol3([p(a) ul()])',
    ],
    ['a heading', { type: 'heading', attrs: { level: 2 }, content: [text('a')] }, 'h2(a)'],
    ['code', { type: 'codeBlock', attrs: { language: 'sh' }, content: [text('a\nb')] }, 'code(a\nb)'],
    ['columns', { type: 'layoutSection', content: [{ type: 'layoutColumn', content: [p(text('a'))] }] }, 'p(a)'],
    ['a macro', { type: 'extension', attrs: { text: 'Roadmap', extensionKey: 'x' } }, 'p(Roadmap)'],
    ['what it never heard of', { type: 'newThing', content: [{ type: 'newer', content: [text('a')] }] }, 'p(a)'],
  ])('reads %s without losing a word', (_, node, tree) => {
    expect(sketch(readAdf(doc(node)))).toBe(tree);
  });

  it('reads a table row by row', () => {
    const cell = (...content: unknown[]) => ({ type: 'tableCell', content });
    const row = (...content: unknown[]) => ({ type: 'tableRow', content });
    const table = {
      type: 'table',
      content: [row(cell(p(text('a'))), cell(p(text('b')))), row(cell(p(text('c')), p(text('d'))))],
    };
    expect(sketch(readAdf(doc(table)))).toBe('p(a | b) p(c) p(d)');
  });

  it('reads anything at all', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readAdf(value)));
    let deep: unknown = text('end');
    for (let depth = 0; depth < 5_000; depth += 1) deep = { type: 'panel', content: [deep, text('x')] };
    expect(treeWords(readAdf(doc(deep))).join('')).toContain('end');
    expect(sketch(readAdf('plain'))).toBe('p(plain)');
  });
});
