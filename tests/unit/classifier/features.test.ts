import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketCount, featurise, wordsOf } from '../../../electron/classifier/features.ts';

function similarity(a: string, b: string): number {
  const other = featurise(b);
  return [...featurise(a)].reduce((sum, [bucket, value]) => sum + value * (other.get(bucket) ?? 0), 0);
}

describe('featurise', () => {
  it('makes every text with a word one unit long, in buckets that exist', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const features = featurise(text);
        const squares = [...features.values()].reduce((sum, value) => sum + value * value, 0);
        for (const bucket of features.keys()) expect(bucket).toBeLessThan(bucketCount);
        if (features.size > 0) expect(squares).toBeGreaterThan(0.9);
        expect(squares).toBeLessThan(2);
      }),
    );
  });

  it('finds nothing in a text without words', () => {
    expect(featurise('  --- \n')).toEqual(new Map());
  });

  it('is the same for the same text whatever its case', () => {
    expect(featurise('VPN Is Down')).toEqual(featurise('vpn is down'));
  });

  it('finds a typo closer than another word', () => {
    expect(similarity('printer', 'pritner')).toBeGreaterThan(similarity('printer', 'calendar'));
  });
});

describe('wordsOf', () => {
  it('keeps marks that tell a question, and makes numbers and addresses alike', () => {
    expect(wordsOf('Is KAN-17 done? See https://example.org/x!')).toEqual([
      'is',
      'kan',
      '0',
      'done',
      '?',
      'see',
      'url',
    ]);
  });

  it('reads letters of any script', () => {
    expect(wordsOf('¿Cómo cambio mi contraseña?')).toEqual(['cómo', 'cambio', 'mi', 'contraseña', '?']);
  });
});
