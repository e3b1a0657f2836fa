import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketCount, featureCount, featurise, wordsOf } from '../../../../electron/classifier/builtin/features.ts';

function similarity(a: string, b: string): number {
  const other = featurise(b);
  return [...featurise(a)].reduce((sum, [bucket, value]) => sum + value * (other.get(bucket) ?? 0), 0);
}

describe('featurise', () => {
  it('makes every text one unit long, of features that exist', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const features = featurise(text);
        const squares = [...features.values()].reduce((sum, value) => sum + value * value, 0);
        for (const feature of features.keys()) expect(feature).toBeLessThan(featureCount);
        if (features.size > 0) expect(squares).toBeCloseTo(1);
      }),
    );
  });

  it('finds no words in a text without, only that it is one line', () => {
    expect([...featurise('  --- \n').keys()].filter((feature) => feature < bucketCount)).toEqual([]);
  });

  it('is the same with and without accents, and with umlauts as two letters', () => {
    expect(featurise('Wäre schön: conexión')).toEqual(featurise('Waere schoen: conexion'));
  });

  it('looks at the beginning alone, also where signs stand for whole sentences', () => {
    const text = 'the printer on the second floor is broken. '.repeat(80);
    expect(featurise(`${text}The payroll burns down.`)).toEqual(featurise(text));
    const sentences = '\uFDFA'.repeat(3_000);
    expect(featurise(`${sentences.slice(0, 400)}`)).toEqual(featurise(sentences.slice(0, 400)));
    expect(featurise(sentences)).toEqual(featurise(sentences.slice(0, 334)));
  });

  it('tells the first line from the rest', () => {
    expect(featurise('printer\nbroken')).not.toEqual(featurise('broken\nprinter'));
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
    expect(wordsOf('¿Cómo cambio mi contraseña?')).toEqual(['como', 'cambio', 'mi', 'contrasena', '?']);
  });
});
