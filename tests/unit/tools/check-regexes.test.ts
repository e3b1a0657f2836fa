import { describe, expect, it } from 'vitest';
import { regexProblems } from '../../../tools/check-regexes.ts';
import { findRegexes } from '../../../tools/find-regexes.ts';

const problemsOf = (text: string, listed: Parameters<typeof regexProblems>[1] = []) =>
  regexProblems([{ file: 'electron/x.ts', text }], listed);

describe('the check of regular expressions', () => {
  it('names file, line and an attack of each that is not linear', async () => {
    expect(await problemsOf('const a = 1;\nconst title = /<title[^>]*>/i.exec(page);')).toEqual([
      expect.stringMatching(
        /^electron\/x\.ts:2 \/<title\[\^>\]\*>\/i is not linear: 2nd degree polynomial.*shown by '<TITLE/,
      ),
    ]);
  });

  it.each([
    '/^```\\w*\\s*|\\s*```$/g',
    '/\\s*([{}:])\\s*/g',
    '/(a+)+$/',
    '/\\/+$/',
    '/\\d+\\+?\\s?(?:min)(?!\\p{L})/u',
    '/[a-z]\\w*[A-Z]\\w*\\(/u',
    "new RegExp('(a|a)*b')",
    "RegExp(`x*x*y`, 'u')",
    'z.string().regex(/^(\\w+\\s?)*$/)',
  ])('finds %s', async (written) => {
    expect(await problemsOf(`export const it = ${written};`)).toHaveLength(1);
  });

  it.each([
    '/^[A-Z][A-Z0-9_]+-[1-9]\\d*$/',
    '/(?<!\\/)\\/+$/',
    '/<title[^<>]*>([^<]{1,80})/i',
    'new RegExp(/a+/, "g")',
  ])('has nothing against %s', async (written) => {
    expect(await problemsOf(`export const it = ${written};`)).toEqual([]);
  });

  it('does not take a division or a comment for one', () => {
    expect(findRegexes('const a = b / c / d; // /(a+)+/', 'a.ts')).toEqual([]);
    expect(findRegexes('const a = <b title="/(a+)+/">{/x/g}</b>;', 'a.tsx')).toMatchObject([{ written: '/x/g' }]);
  });

  it('wants the reason of one that is put together at run time, and of one that has to stay', async () => {
    const text = 'const a = new RegExp(b);\nconst c = /(a+)+$/;';
    expect(await problemsOf(text)).toEqual([
      'electron/x.ts:1 new RegExp(b) is not linear: it is put together at run time, so it cannot be judged here',
      expect.stringMatching(/^electron\/x\.ts:2 .*exponential/),
    ]);
    const listed = (written: string) => ({ file: 'electron/x.ts', written, because: 'short' });
    expect(await problemsOf(text, [listed('new RegExp('), listed('/(a+)+$/')])).toEqual([]);
  });

  it('wants nothing listed that is not there', async () => {
    const gone = { file: 'electron/x.ts', written: '/(b+)+$/', because: 'short' };
    expect(await problemsOf('const c = 1;', [gone])).toEqual(['/(b+)+$/ of electron/x.ts need not be listed any more']);
  });
});
