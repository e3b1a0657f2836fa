import { expect, it, vi } from 'vitest';
import { newestKey } from '../../../electron/jira/find-created.ts';
import { createNewestKeys } from '../../../electron/jira/newest-keys.ts';

it.each([
  ['failed', () => Promise.reject(new Error('Jira cannot be reached.'))],
  ['said nothing', () => Promise.resolve(null)],
])('asks again after a question that %s, also where an issue was made meanwhile', async (_what, end) => {
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const answers = [() => gate.then(end), () => Promise.resolve('KAN-5')];
  const keys = createNewestKeys({ read: () => answers.shift()?.() ?? Promise.resolve(null), now: () => 0 });
  const asked = keys.of('KAN').catch(() => null);
  keys.saw('KAN', 'KAN-4');
  go();
  await asked;
  await vi.waitFor(async () => expect(await keys.of('KAN')).toBe('KAN-5'));
});

it.each([
  ['KAN', 'KAN-0'],
  // Its key is not known, so neither is one before the first.
  ['10001', null],
])('of an empty project %s is %s', (project, key) => {
  expect(newestKey([], project)).toBe(key);
});
