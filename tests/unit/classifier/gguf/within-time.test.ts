import { expect, it } from 'vitest';
import { isOutOfTime, withinTime } from '../../../../electron/classifier/gguf/within-time.ts';

it('gives what the work returns or throws', () => {
  expect(withinTime(10_000, () => undefined)).toBeUndefined();
  expect(withinTime(10_000, () => 'done')).toBe('done');
  const fault = new Error('its own');
  expect(() =>
    withinTime(10_000, () => {
      throw fault;
    }),
  ).toThrow(fault);
});

it('ends work that has no end, also where it catches whatever is thrown', () => {
  const endless = () => {
    for (;;) {
      try {
        for (;;);
      } catch {
        // On it goes.
      }
    }
  };
  let thrown: unknown;
  try {
    withinTime(50, endless);
  } catch (error) {
    thrown = error;
  }
  expect(isOutOfTime(thrown)).toBe(true);
  expect(isOutOfTime(new Error('another'))).toBe(false);
});
