import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visibleLine } from '../../../electron/logging/visible-line.ts';

it.each([
  ['loading a.gguf\nslack: connected', 'loading a.gguf\\nslack: connected'],
  ['a\r\n[2026-01-01 00:00:00.000] [error] forged', 'a\\r\\n[2026-01-01 00:00:00.000] [error] forged'],
  ['\u001b[2K\u001b[1A\u009b31mred', '\\u001b[2K\\u001b[1A\\u009b31mred'],
  ['a\u2028b\u2029c\u0085d\u0000e\u007ff', 'a\\u2028b\\u2029c\\u0085d\\u0000e\\u007ff'],
  ['a\u202Egnp.fugg', 'a\\u202egnp.fugg'],
])('%j stays one line that hides nothing', (text, line) => {
  expect(visibleLine(text)).toBe(line);
});

it('leaves alone what can be seen', () => {
  const text = 'unavailable KAN-7 größer 😀 المدفأة C:\\temp (ECONNREFUSED)';
  expect(visibleLine(text)).toBe(text);
});

it('is one line, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visibleLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
    }),
  );
});
