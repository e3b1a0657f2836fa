import { expect, it } from 'vitest';
import { createReturns } from '../../../electron/shell/returns.ts';

it('lets the window come back after longer and longer pauses, and at once again after ten quiet minutes', () => {
  let now = 0;
  const returns = createReturns(() => now);
  const pauses = Array.from({ length: 9 }, () => returns.died() / 1000);
  expect(pauses).toEqual([0, 1, 2, 4, 8, 16, 32, 60, 60]);
  expect(returns.inARow()).toBe(9);
  for (let more = 0; more < 5000; more += 1) expect(returns.died()).toBe(60_000);
  now = 10 * 60_000;
  expect(returns.inARow()).toBe(0);
  expect(returns.died()).toBe(0);
});
