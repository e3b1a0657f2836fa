import { describe, expect, it } from 'vitest';
import { adfLength, adfParagraphs, isAdf, toPlainAdf } from '../../../../stand-ins/jira/adf.ts';

const text = (value: string) => ({ type: 'text', text: value });
const doc = (...content: unknown[]) => ({ type: 'doc', version: 1, content });

describe('Atlassian documents', () => {
  it.each([
    ['an empty one', doc()],
    ['paragraphs', doc({ type: 'paragraph', content: [text('a'), { type: 'hardBreak' }, text('b')] })],
    ['a code block', doc({ type: 'codeBlock', content: [text('a')] })],
    ['marks', doc({ type: 'paragraph', content: [{ ...text('a'), marks: [{ type: 'strong' }] }] })],
  ])('takes %s', (_what, value) => {
    expect(isAdf(value)).toBe(true);
  });

  it.each([
    ['a string', 'text'],
    ['another version', { ...doc(), version: 2 }],
    ['no content', { type: 'doc', version: 1 }],
    ['loose text', doc(text('a'))],
    ['empty text', doc({ type: 'paragraph', content: [text('')] })],
    ['an unknown node', doc({ type: 'marquee' })],
    ['a paragraph in a paragraph', doc({ type: 'paragraph', content: [{ type: 'paragraph' }] })],
  ])('refuses %s', (_what, value) => {
    expect(isAdf(value)).toBe(false);
  });

  it('counts the characters of its text', () => {
    expect(adfLength(doc({ type: 'paragraph', content: [text('abc'), text('de')] }))).toBe(5);
  });
});

it('is plain text for who only wants to read it, and back', () => {
  const text = 'One\ntwo\n\nthree';
  expect(adfParagraphs(toPlainAdf(text))).toEqual(['One\ntwo', 'three']);
  expect(isAdf(toPlainAdf(''))).toBe(true);
  const item = { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a' }] }] };
  const nested = {
    type: 'doc',
    version: 1,
    content: [{ type: 'bulletList', content: [item, item] }, { type: 'rule' }],
  };
  expect(adfParagraphs(nested)).toEqual(['a', 'a']);
  expect(adfParagraphs(undefined)).toEqual([]);
});
