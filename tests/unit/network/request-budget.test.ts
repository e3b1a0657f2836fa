import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRequestBudget, type Spender } from '../../../electron/network/request-budget.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function aBudget() {
  const stopping = new AbortController();
  const budget = createRequestBudget(stopping.signal);
  const asked: Array<{ requestId: string; at: number }> = [];
  const start = performance.now();
  /** Asks so often, as soon as it may. */
  async function run(spender: Spender, times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      await budget.spend(spender);
      asked.push({ requestId: spender.requestId, at: performance.now() - start });
    }
  }
  /** Asks as often as it may, for as long as the test lasts. */
  const askOnAndOn = (spender: Spender) => run(spender, Number.POSITIVE_INFINITY);
  const within30s = (isMeant: (requestId: string) => boolean) => {
    const times = asked.filter(({ requestId }) => isMeant(requestId)).map(({ at }) => at);
    return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 30_000).length));
  };
  return { budget, stopping, run, askOnAndOn, asked, within30s };
}
const never = new AbortController().signal;
const now = AbortSignal.abort();
const retry = (requestId: string): Spender => ({ requestId, isRetry: true, hurried: never, succeeded: never });

const anew = (requestId: string): Spender => ({ ...retry(requestId), isRetry: false });

it('lets a ticket that comes back ask eleven times in any 30 s, whether its failures count or not', async () => {
  const { run, within30s, asked } = aBudget();
  async function failAndComeBack(): Promise<void> {
    for (;;) await run(anew('a'), 7);
  }
  failAndComeBack().catch(() => {});
  await vi.advanceTimersByTimeAsync(300_000);
  expect(within30s(() => true)).toBe(11);
  expect(asked.length).toBeGreaterThan(90);
});

it('lets the first run of a ticket ask as often as it needs to, and has the next one wait for all of that', async () => {
  const { run, budget } = aBudget();
  await run(anew('a'), 100);
  const next = vi.fn();
  budget.spend(anew('a')).then(next, next);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(next).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(next).toHaveBeenCalledTimes(1);
});

it('lets all that failed before ask 24 times in any 30 s together, and no one else wait for them', async () => {
  const { askOnAndOn, budget, within30s } = aBudget();
  for (let count = 0; count < 20; count += 1) askOnAndOn(retry(`retry ${count}`)).catch(() => {});
  await vi.advanceTimersByTimeAsync(120_000);
  expect(within30s((id) => id.startsWith('retry'))).toBe(24);
  await budget.spend({ requestId: 'new', isRetry: false, hurried: never, succeeded: never });
});

it('has six runs in 30 s that a person wants wait for nothing, and the seventh as any other', async () => {
  const { run, asked } = aBudget();
  await run(anew('a'), 100);
  for (let count = 0; count < 6; count += 1) await run({ ...retry('a'), hurried: now }, 20);
  expect(asked).toHaveLength(220);
  const seventh = run({ ...anew('a'), hurried: now }, 1);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(asked).toHaveLength(220);
  await vi.advanceTimersByTimeAsync(1);
  await seventh;
});

it('lets what waits go on as soon as a person wants it', async () => {
  const { run, asked } = aBudget();
  const hurry = new AbortController();
  await run(anew('a'), 11);
  const waiting = run({ ...retry('a'), hurried: hurry.signal }, 15);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveLength(11);
  hurry.abort();
  await waiting;
});

it('takes nothing from what succeeds, also while it is waited for', async () => {
  const { budget } = aBudget();
  const success = Array.from({ length: 200 }, () => new AbortController());
  const spending = success.map(({ signal }, index) =>
    budget
      .spend({ requestId: `ticket ${index}`, isRetry: true, hurried: never, succeeded: signal })
      .then(() => success[index]?.abort()),
  );
  await vi.advanceTimersByTimeAsync(100);
  await Promise.all(spending);
});

it('ends all waiting when the program stops', async () => {
  const { askOnAndOn, stopping } = aBudget();
  const asking = askOnAndOn(retry('a'));
  const ended = expect(asking).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(1_000);
  stopping.abort(new Error('The program is stopping.'));
  await ended;
});
