import { describe, expect, it } from 'vitest';
import { toWikiText, wikiParagraphs } from '../../../../stand-ins/jira/wiki.ts';

describe('wiki text', () => {
  it.each([
    ['one\ntwo\n\nthree', ['one\ntwo', 'three']],
    ['h2. Head\n\n* a\n* b\n## c', ['Head', 'a', 'b', 'c']],
    ['{quote}said{quote}', ['said']],
    ['{code:java}\nx = 1\n{code}', ['x = 1']],
    ['*bold*, _it_ and {{code}}, 2*3*4', ['bold, it and code, 2*3*4']],
    ['[the page|https://example.com/a] and [https://example.com]', ['the page and https://example.com']],
    ['\\*not bold\\* \\{code\\} &#92; a\\\\b', ['*not bold* {code} \\ a\\b']],
    ['a\n\n----\n\nb', ['a', 'b']],
    ['', []],
  ])('%j reads as its words', (wiki, words) => {
    expect(wikiParagraphs(wiki)).toEqual(words);
  });

  it('is plain text that nothing gives a form, and back', () => {
    const text = 'A *star*, a {macro}, a [link|b] and C:\\temp\nas typed';
    expect(wikiParagraphs(toWikiText(text))).toEqual([text]);
  });
});
