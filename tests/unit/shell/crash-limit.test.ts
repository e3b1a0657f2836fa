import { expect, it } from 'vitest';
import { createCrashLimit } from '../../../electron/shell/crash-limit.ts';

it('lets what crashed come back twice a minute', () => {
  let now = 0;
  const mayReturn = createCrashLimit(() => now);
  expect([mayReturn(), mayReturn(), mayReturn()]).toEqual([true, true, false]);
  now = 60_000;
  expect([mayReturn(), mayReturn(), mayReturn()]).toEqual([true, true, false]);
});
