import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../electron/tickets/retry-delay.ts';

describe('retryDelayMs', () => {
  it('doubles with every failure and stops growing at five minutes', () => {
    const longest = (attempt: number) => retryDelayMs(attempt, () => 1);
    expect([0, 1, 2, 3].map(longest)).toEqual([1000, 2000, 4000, 8000]);
    expect(longest(1000)).toBe(300_000);
  });

  it('spreads the tries over the upper half', () => {
    expect(retryDelayMs(0, () => 0)).toBe(500);
  });
});
