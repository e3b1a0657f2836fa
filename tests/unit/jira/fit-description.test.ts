import { describe, expect, it } from 'vitest';
import { fileOfRequest } from '../../../electron/jira/api/request-file.ts';
import { fitDescription } from '../../../electron/jira/fit-description.ts';
import { toWiki } from '../../../electron/jira/texts/wiki.ts';
import { lengthOfWords } from '../../../electron/rich-text/beginning.ts';
import { sketch, treeWords } from '../rich-text/sketch.ts';
import { draft } from './draft.ts';

const asWords = { lengthOf: async (text: Parameters<typeof lengthOfWords>[0]) => lengthOfWords(text) };
const asWiki = { lengthOf: async (text: Parameters<typeof toWiki>[0]) => toWiki(text).length };

describe('fitDescription', () => {
  it('writes what Slack sent with its marks, and the plain text where nobody knows them', async () => {
    const sent = draft({ text: 'The *VPN* drops', markup: 'The *VPN* drops' });
    expect(sketch((await fitDescription(sent, 1000, asWords)).text)).toMatch(/^p\(The \{bold:VPN\} drops\) rule p\(/);
    expect(sketch((await fitDescription({ ...sent, markup: null }, 1000, asWords)).text)).toMatch(
      /^p\(The \*VPN\* drops\)/,
    );
  });

  it.each([
    ['privategroup', 'in a private channel with'],
    ['directmessage', 'in a direct message with'],
    ['mpdm-ada--bob--cat-1', 'in a group message with'],
    ['mpdm-fans', 'in #mpdm-fans with'],
  ])('says where it was asked, of %s too', async (name, words) => {
    const { text } = await fitDescription(draft({ channel: { id: 'G1', name } }), 1000, asWords);
    expect(sketch(text)).toContain(words);
  });

  it('cuts in the middle of any form, as near to the limit as Jira counts, and names the file with the rest', async () => {
    const markup = `> ${'quoted_ '.repeat(300)}\n${'- *item* one\n'.repeat(300)}\`\`\`${'code * '.repeat(300)}\`\`\``;
    const long = draft({ text: 'x'.repeat(9_000), markup });
    for (const api of [asWords, asWiki]) {
      for (const limit of [700, 2_500, 5_000, 7_000]) {
        const { text, isCut } = await fitDescription(long, limit, api);
        expect(isCut).toBe(true);
        const length = await api.lengthOf(text);
        expect(length).toBeLessThanOrEqual(limit);
        expect(length).toBeGreaterThan(limit - 60);
        expect(treeWords(text).join(' ')).toContain('Cut here the request has 9000 characters');
        expect(sketch(text)).toContain(`All of it is attached as ${fileOfRequest(long.requestId)}.`);
      }
    }
  });
});
