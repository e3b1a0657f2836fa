import { expect, it } from 'vitest';
import { createTurnstile } from '../../../electron/network/turnstile.ts';

it('lets so many through at once, in order, whether they end well or not', async () => {
  const pass = createTurnstile(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const works = [1, 2, 3, 4].map((each) =>
    pass(async () => {
      begun.push(each);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (each === 1) throw new Error('Failed.');
      return each;
    }),
  );
  const outcomes = Promise.allSettled(works);
  expect(begun).toEqual([1, 2]);
  for (const next of [3, 4]) {
    ends.shift()?.();
    await expect.poll(() => begun.at(-1)).toBe(next);
  }
  for (const end of ends) end();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});
