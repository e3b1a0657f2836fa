import { describe, expect, it } from 'vitest';
import {
  createTextLimit,
  fileOfRequest,
  fitDescription,
  shorterLimit,
} from '../../../electron/jira/fit-description.ts';
import type { JiraRefusal } from '../../../electron/jira/refusal.ts';
import { toWiki } from '../../../electron/jira/wiki.ts';
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

describe('shorterLimit', () => {
  const refusal = (change: Partial<JiraRefusal>): JiraRefusal => {
    return { kind: 'jira-refusal', status: 400, messages: [], fields: {}, ...change };
  };
  const shorter = (change: Partial<JiraRefusal>, length = 40_000) => {
    const limit = createTextLimit();
    const found = shorterLimit(refusal(change), { field: 'description', length, limit });
    return [found, limit.known()];
  };

  it.each([
    'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
    'Der eingegebene Text ist zu lang. Er überschreitet die zulässige Länge von 32.767 Zeichen.',
    'Le texte saisi est trop long. Il dépasse la limite autorisée de 32\u202F767 caractères.',
    'Der Text ist länger als 32’767 Zeichen.',
    '32767 文字の制限を超えています。',
  ])('believes the number that Jira names, in any language: %s', (said) => {
    expect(shorter({ fields: { description: said } })).toEqual([32_767, 32_767]);
    expect(shorter({ messages: [said] })).toEqual([32_767, 32_767]);
  });

  it('remembers a limit that is lower, and tries with half where Jira counts what is not counted here', () => {
    expect(shorter({ fields: { description: 'at most 5.000' } })).toEqual([5_000, 5_000]);
    expect(shorter({ fields: { description: 'at most 32,767' } }, 30_000)).toEqual([15_000, 32_767]);
    expect(shorter({ status: 413 })).toEqual([20_000, 32_767]);
  });

  it('takes nothing else for a limit', () => {
    expect(shorter({ fields: { customfield_1: 'at most 255 characters' } })[0]).toBeNull();
    expect(shorter({ fields: { description: 'is required' } })[0]).toBeNull();
    expect(shorter({ messages: ['limit of 255 characters'], fields: { summary: 'too long' } })[0]).toBeNull();
    expect(shorter({ fields: { description: '32,767' } }, 300)[0]).toBeNull();
    expect(shorter({ status: 403, messages: ['32,767'] })[0]).toBeNull();
  });
});
