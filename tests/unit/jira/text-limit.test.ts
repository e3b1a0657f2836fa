import { describe, expect, it } from 'vitest';
import type { JiraRefusal } from '../../../electron/jira/api/refusal.ts';
import { isSameRefusal, shorterText } from '../../../electron/jira/text-limit.ts';

const refusal = (change: Partial<JiraRefusal>): JiraRefusal => {
  return { kind: 'jira-refusal', status: 400, messages: [], fields: {}, ...change };
};
const shorter = (change: Partial<JiraRefusal>, length = 40_000) =>
  shorterText(refusal(change), { field: 'description', length });

describe('shorterText', () => {
  it.each([
    'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
    'Der eingegebene Text ist zu lang. Er überschreitet die zulässige Länge von 32.767 Zeichen.',
    'Le texte saisi est trop long. Il dépasse la limite autorisée de 32\u202F767 caractères.',
    'Der Text ist länger als 32’767 Zeichen.',
    '32767 文字の制限を超えています。',
    '文本不能超过32767个字符。',
    'النص أطول من 32٬767 حرفا.',
    'The text has 40,000 characters, which is over the 32767-character limit.',
  ])('believes the number that Jira names, in any language: %s', (said) => {
    const named = { most: 32_767, isNamed: true };
    expect(shorter({ fields: { description: said } })).toEqual({ ...named, isGuess: false });
    expect(shorter({ messages: [said] })).toEqual({ ...named, isGuess: true });
  });

  it('tries half where no number says it: a proxy refuses, or Jira counts what is not counted here', () => {
    const half = (most: number) => ({ most, isNamed: false, isGuess: false });
    expect(shorter({ status: 413 })).toEqual(half(20_000));
    expect(shorter({ fields: { description: 'at most 32,767' } }, 30_000)).toEqual(half(15_000));
    expect(shorter({ fields: { description: 'CONTENT_LIMIT_EXCEEDED' } })).toEqual(half(20_000));
    expect(shorter({ messages: ['CONTENT_LIMIT_EXCEEDED'] })).toEqual(half(20_000));
  });

  it.each([
    'Change freeze until 31.12.2026',
    'Change freeze until 2026-12-31',
    'Change freeze until 12/31/2026',
    'Field customfield_10010 is required',
    'KAN-1234 does not exist',
    'Issue #1234 is closed',
    'The workflow step 400 fails, version 10.3.2000',
    'Der Vorgangstyp 40100 ist ungültig',
    'Node a1234b and 0x2000 failed',
  ])('takes no date, key, id or version for a limit: %s', (said) => {
    expect(shorter({ messages: [said] })).toBeNull();
  });

  it('takes nothing else for a limit', () => {
    expect(shorter({ fields: { customfield_1: 'at most 2,555 characters' } })).toBeNull();
    expect(shorter({ fields: { description: 'is required' } })).toBeNull();
    expect(shorter({ fields: { description: 'at least 500 characters' } }, 450)).toBeNull();
    expect(shorter({ messages: ['limit of 2,555 characters'], fields: { summary: 'too long' } })).toBeNull();
    expect(shorter({ fields: { description: '32,767' } }, 300)).toBeNull();
    expect(shorter({ messages: ['at most 32,767'] }, 30_000)).toBeNull();
    expect(shorter({ status: 403, messages: ['32,767'] })).toBeNull();
  });
});

describe('isSameRefusal', () => {
  it('goes by the words, whatever numbers are in them', () => {
    expect(isSameRefusal(refusal({ messages: ['10 too many'] }), refusal({ messages: ['2 too many'] }))).toBe(true);
    expect(isSameRefusal(refusal({ messages: ['Too many'] }), refusal({ fields: { x: 'Too many' } }))).toBe(false);
  });
});
