import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isolated, withoutBidiControls } from '../../../shared/bidi.ts';

const controls = [...'\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C'];

describe('text beside words of ours', () => {
  it.each(controls)('loses %j, which would move them', (control) => {
    expect(isolated(`a${control}b`)).toBe('ab');
  });

  it('is as it was where there are none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isolated(text)).toBe(text);
      }),
    );
  });

  it('is set apart where it is written from right to left, and keeps the marks that this needs', () => {
    expect(isolated('تعطلت الطابعة (3)\u200F!')).toBe('\u2068تعطلت الطابعة (3)\u200F!\u2069');
    expect(isolated('see \u202Eהקובץ')).toBe('\u2068see הקובץ\u2069');
    expect(withoutBidiControls('\u2067הקובץ\u2069')).toBe('הקובץ');
  });

  it('leaves nothing open, whatever it is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '1', ' ', 'א', 'ع', ...controls) });
    fc.assert(
      fc.property(text, (given) => {
        expect(isolated(given)).toMatch(
          /^(\u2068[^\u202A-\u202E\u2066-\u2069]*\u2069|[^\u202A-\u202E\u2066-\u2069]*)$/,
        );
      }),
    );
  });
});
