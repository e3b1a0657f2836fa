import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServiceGuard } from '../../../electron/network/service-guard.ts';
import { AppError } from '../../../shared/errors.ts';

const down = () => Promise.reject(new AppError('unavailable', 'Jira cannot be reached.'));
const works = async () => 'an answer';

function aGuard({ pausesAll = true } = {}) {
  return createServiceGuard({ name: 'Jira', pausesAll, probeDelayMs: (attempt) => attempt * 10_000, random: () => 0 });
}

/** Five failures in a row. */
async function broken() {
  const guard = aGuard();
  for (let count = 0; count < 5; count += 1) await expect(guard.execute(down)).rejects.toThrow('cannot be reached');
  return guard;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a service that fails five times in a row', () => {
  it('is asked no more, and says when it is asked again', async () => {
    const guard = await broken();
    const work = vi.fn(works);
    vi.advanceTimersByTime(4_000);
    await expect(guard.execute(work)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Jira failed several times in a row'),
      retryAfterMs: 6_000,
    });
    expect(work).not.toHaveBeenCalled();
  });

  it('costs one probe however many wait for it, and then all go on', async () => {
    const guard = await broken();
    vi.advanceTimersByTime(10_000);
    let answer = (_text: string) => {};
    const probe = vi.fn(() => new Promise<string>((resolve) => (answer = resolve)));
    const others = vi.fn(works);
    const probing = guard.execute(probe);
    const waiting = Array.from({ length: 1000 }, () => guard.execute(others));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(others).not.toHaveBeenCalled();
    answer('back');
    expect(await probing).toBe('back');
    expect(await Promise.all(waiting)).toHaveLength(1000);
  });

  it('is left alone for longer where the probe fails, and none of those that waited asks', async () => {
    const guard = await broken();
    vi.advanceTimersByTime(10_000);
    const others = vi.fn(works);
    const [probe, other] = [guard.execute(down), guard.execute(others)];
    await expect(probe).rejects.toMatchObject({ code: 'unavailable' });
    await expect(other).rejects.toMatchObject({ code: 'unavailable', retryAfterMs: 20_000 });
    expect(others).not.toHaveBeenCalled();
  });

  it('is asked at once where there is reason to hope, and left alone again only after five more failures', async () => {
    const guard = await broken();
    guard.reset();
    for (let count = 0; count < 5; count += 1) await expect(guard.execute(down)).rejects.toThrow('cannot be reached');
    await expect(guard.execute(works)).rejects.toMatchObject({ code: 'unavailable', retryAfterMs: 10_000 });
    guard.reset();
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('is asked by those that waited for a probe which fails after there was reason to hope', async () => {
    const guard = await broken();
    vi.advanceTimersByTime(10_000);
    let fail = (_error: AppError) => {};
    const probe = guard.execute(() => new Promise<string>((_, reject) => (fail = reject)));
    const waiting = guard.execute(works);
    guard.reset();
    fail(new AppError('unavailable', 'Jira cannot be reached.'));
    await expect(probe).rejects.toThrow('cannot be reached');
    expect(await waiting).toBe('an answer');
  });

  it('is probed in time although the clock was set back meanwhile', async () => {
    const guard = await broken();
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(9_999);
    await expect(guard.execute(works)).rejects.toMatchObject({ code: 'unavailable' });
    vi.advanceTimersByTime(1);
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('is another thing than requests that are refused', async () => {
    const guard = aGuard();
    const refused = () => Promise.reject(new AppError('invalid_input', 'Team is required.'));
    for (let count = 0; count < 20; count += 1) {
      await expect(guard.execute(refused)).rejects.toMatchObject({ code: 'invalid_input' });
    }
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('is not broken by a failure now and then', async () => {
    const guard = aGuard();
    for (let count = 0; count < 20; count += 1) {
      await expect(guard.execute(down)).rejects.toMatchObject({ message: 'Jira cannot be reached.' });
      await guard.execute(works);
    }
  });
});

describe('a service that asks for a pause', () => {
  const slowDown = () =>
    Promise.reject(new AppError('rate_limited', 'Jira asks to slow down.', { retryAfterMs: 7_000 }));

  it('is asked nothing by anybody until then, to the second', async () => {
    const guard = aGuard();
    await expect(guard.execute(slowDown)).rejects.toMatchObject({ code: 'rate_limited' });
    const work = vi.fn(works);
    vi.advanceTimersByTime(6_999);
    await expect(guard.execute(work)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 1 });
    expect(work).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(await guard.execute(work)).toBe('an answer');
  });

  it('is not asked sooner because there is reason to hope, nor later because the clock was set back', async () => {
    const guard = aGuard();
    await expect(guard.execute(slowDown)).rejects.toMatchObject({ code: 'rate_limited' });
    guard.reset();
    vi.setSystemTime(Date.now() - 3_600_000);
    await expect(guard.execute(works)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000 });
    vi.advanceTimersByTime(7_000);
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('goes on for others where the pause is meant for one thing only', async () => {
    const guard = aGuard({ pausesAll: false });
    await expect(guard.execute(slowDown)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await guard.execute(works)).toBe('an answer');
  });
});
