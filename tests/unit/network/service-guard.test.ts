import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServiceGuard } from '../../../electron/network/service-guard.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';

const fails =
  (code: ErrorCode, details: { retryAfterMs?: number; needsPerson?: boolean } = {}) =>
  async (): Promise<never> => {
    throw new AppError(code, `Jira says ${code}.`, details);
  };
const down = fails('unavailable');
const works = async () => 'an answer';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A guard whose probe answers as `jira.probe` does; probe number n of a service in trouble comes after n + 1 times 10 s. */
function aGuard({ pausesAll = true, random = 0 } = {}) {
  const jira = { probe: vi.fn<() => Promise<unknown>>(works) };
  const states: Array<ErrorCode | null> = [];
  const onBack = vi.fn();
  const guard = createServiceGuard({
    name: 'Jira',
    pausesAll,
    probe: () => jira.probe(),
    probeDelayMs: (round) => (round + 1) * 10_000,
    onState: (error) => states.push(error?.code ?? null),
    onBack,
    random: () => random,
  });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const refused = (request: () => Promise<unknown>, as: object) =>
    expect(guard.execute(request)).rejects.toMatchObject(as);
  /** Fails five times in a row. */
  async function broken() {
    for (let count = 0; count < 5; count += 1) await refused(down, { code: 'unavailable', isHeldBack: false });
  }
  return { guard, jira, states, onBack, pass, refused, broken };
}

it('a failure says when the service answered somebody last', async () => {
  const { guard, refused, pass } = aGuard();
  await refused(down, { othersAnsweredAt: Number.NEGATIVE_INFINITY });
  await pass(1_000);
  await guard.execute(works);
  const answeredAt = performance.now();
  await pass(1_000);
  await refused(down, { othersAnsweredAt: answeredAt });
});

describe('a service that fails five times in a row', () => {
  it('is asked no more, and says when it is asked again', async () => {
    const { refused, broken, pass } = aGuard();
    await broken();
    await pass(4_000);
    const work = vi.fn(works);
    await refused(work, {
      code: 'unavailable',
      message: expect.stringMatching(/^Jira says unavailable\. Jira is asked by one try at a time now/),
      retryAfterMs: 6_000,
      isHeldBack: true,
    });
    expect(work).not.toHaveBeenCalled();
  });

  it('has those that wait come back apart from each other, none before the probe', async () => {
    const { refused, broken, pass } = aGuard({ random: 1 });
    await broken();
    await pass(4_000);
    await refused(works, { isHeldBack: true, retryAfterMs: 6_000 + 600 + 500 });
  });

  it('is not probed before the pause is over that it asks the probe for', async () => {
    const { jira, states, broken, pass } = aGuard();
    jira.probe.mockImplementation(fails('rate_limited', { retryAfterMs: 100_000 }));
    await broken();
    await pass(10_000 + 99_999);
    expect(jira.probe).toHaveBeenCalledTimes(1);
    jira.probe.mockImplementation(works);
    await pass(1);
    expect(jira.probe).toHaveBeenCalledTimes(2);
    expect(states.at(-1)).toBeNull();
  });

  it('tells others nothing of a request that may have been taken, but what the probe says', async () => {
    const { jira, refused, pass } = aGuard();
    jira.probe.mockImplementation(fails('unconfirmed'));
    for (let count = 0; count < 5; count += 1) await refused(fails('unconfirmed'), { code: 'unconfirmed' });
    await refused(works, { message: expect.stringMatching(/^Jira failed several times in a row\./) });
    await pass(10_000);
    await refused(works, { message: expect.stringMatching(/^Jira says unconfirmed\./) });
  });

  it.each([
    ['a failure', down],
    ['a page or a redirect', fails('bad_response')],
    ['a refused login', fails('unauthorized')],
    ['a captcha', fails('unauthorized', { needsPerson: true })],
  ])('by %s tells whoever is held back of it', async (_, failure) => {
    const { guard, jira } = aGuard();
    jira.probe.mockImplementation(failure);
    for (let count = 0; count < 5; count += 1) await guard.execute(failure).catch(() => {});
    await expect(guard.execute(works)).rejects.toMatchObject({
      isHeldBack: true,
      message: expect.stringMatching(/^Jira says /),
    });
  });

  it('says what the latest probe says', async () => {
    const { jira, states, broken, pass } = aGuard();
    jira.probe.mockImplementation(fails('unconfirmed'));
    await broken();
    await pass(10_000);
    expect(states.at(-1)).toBe('unconfirmed');
  });

  it('is probed by one cheap request, never by those that wait; as soon as it answers all go on', async () => {
    const { guard, jira, onBack, states, broken, pass, refused } = aGuard();
    jira.probe.mockImplementation(down);
    await broken();
    await pass(10_000);
    expect(jira.probe).toHaveBeenCalledTimes(1);
    await refused(works, { isHeldBack: true, retryAfterMs: 20_000 });
    jira.probe.mockImplementation(works);
    expect(onBack).not.toHaveBeenCalled();
    await pass(20_000);
    expect(jira.probe).toHaveBeenCalledTimes(2);
    expect(onBack).toHaveBeenCalledTimes(1);
    expect(states.at(-1)).toBeNull();
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('is probed as soon as at first once requests themselves were answered meanwhile', async () => {
    const { guard, jira, broken, pass } = aGuard();
    await broken();
    await pass(10_000);
    await guard.execute(works);
    await broken();
    await pass(9_999);
    expect(jira.probe).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(jira.probe).toHaveBeenCalledTimes(2);
  });

  it('is left alone for longer and longer where only the probe gets through', async () => {
    const { jira, broken, pass } = aGuard();
    await broken();
    await pass(10_000);
    await broken();
    await pass(19_999);
    expect(jira.probe).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(jira.probe).toHaveBeenCalledTimes(2);
  });

  it.each(['tryNow', 'wake'] as const)(
    'is asked at once by %s, and left alone again after five more failures',
    async (how) => {
      const { guard, refused, broken } = aGuard();
      await broken();
      guard[how]();
      await broken();
      await refused(works, { code: 'unavailable', retryAfterMs: 10_000 });
      guard[how]();
      expect(await guard.execute(works)).toBe('an answer');
    },
  );

  it('is back as soon as a request of before is answered after all', async () => {
    const { guard, onBack, broken } = aGuard();
    let answer = (_text: string) => {};
    const slow = guard.execute(() => new Promise<string>((resolve) => (answer = resolve)));
    await broken();
    answer('late');
    await slow;
    expect(onBack).toHaveBeenCalledTimes(1);
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('is probed in time although the clock was set back meanwhile', async () => {
    const { guard, broken, pass, refused } = aGuard();
    await broken();
    vi.setSystemTime(Date.now() - 3_600_000);
    await pass(9_999);
    await refused(works, { code: 'unavailable' });
    await pass(1);
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('is another thing than requests that are refused, or a failure now and then', async () => {
    const { guard, refused } = aGuard();
    for (let count = 0; count < 20; count += 1) {
      await refused(fails('invalid_input'), { code: 'invalid_input' });
      await refused(down, { message: 'Jira says unavailable.' });
    }
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('is not probed any more once the guard is stopped', async () => {
    const { guard, jira, broken, pass } = aGuard();
    await broken();
    guard.stop();
    await pass(3_600_000);
    expect(jira.probe).not.toHaveBeenCalled();
  });
});

it.each([
  ['a service in trouble', fails('unavailable'), 5],
  ['a refused login', fails('unauthorized'), 1],
])('%s whose probe is told to slow down is probed less and less often', async (_, failing, times) => {
  const { guard, jira, pass } = aGuard();
  jira.probe.mockImplementation(failing);
  for (let count = 0; count < times; count += 1) await guard.execute(failing).catch(() => {});
  jira.probe.mockImplementation(fails('rate_limited'));
  await pass(600_000);
  expect(jira.probe.mock.calls.length).toBeLessThan(13);
});

it('a service in trouble is not probed during the pause that it asked for', async () => {
  const { guard, jira, pass, broken } = aGuard();
  let answer = (_error: AppError) => {};
  const slow = guard.execute(() => new Promise((_, reject) => (answer = reject))).catch(() => {});
  await broken();
  answer(new AppError('rate_limited', 'Later.', { retryAfterMs: 600_000 }));
  await slow;
  await pass(10_000);
  const before = jira.probe.mock.calls.length;
  jira.probe.mockImplementation(down);
  await pass(580_000);
  expect(jira.probe.mock.calls.length - before).toBeLessThanOrEqual(1);
});

describe('an answer that is not the service’s own', () => {
  it('is about the request where the service answers another one', async () => {
    const { guard, jira, refused } = aGuard();
    for (let count = 0; count < 20; count += 1) await refused(fails('bad_response'), { code: 'bad_response' });
    expect(jira.probe).toHaveBeenCalledTimes(20);
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('needs no probe where the service answered somebody else meanwhile', async () => {
    const { guard, jira, refused, pass } = aGuard();
    let refuse = (_error: AppError) => {};
    const slow = refused(() => new Promise((_, reject) => (refuse = reject)), { code: 'bad_response' });
    await pass(1);
    await guard.execute(works);
    refuse(new AppError('bad_response', 'A page.'));
    await slow;
    expect(jira.probe).not.toHaveBeenCalled();
  });

  it('is about the network where everything gets it, and all wait until that is over', async () => {
    const { jira, onBack, pass, refused } = aGuard();
    jira.probe.mockImplementation(fails('bad_response'));
    await refused(fails('bad_response'), {
      code: 'unavailable',
      message: 'Jira says bad_response.',
      retryAfterMs: 10_000,
    });
    await refused(works, { code: 'unavailable', isHeldBack: true });
    jira.probe.mockImplementation(works);
    await pass(10_000);
    expect(onBack).toHaveBeenCalledTimes(1);
  });
});

it('pages do not vouch for each other: without an answer in between they are about the network', async () => {
  const { guard, jira, pass } = aGuard();
  jira.probe.mockImplementation(fails('bad_response'));
  const codes: ErrorCode[] = [];
  const page = async (): Promise<never> => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    throw new AppError('bad_response', 'A page.');
  };
  for (let count = 0; count < 20; count += 1) {
    guard.execute(page).catch((thrown: AppError) => codes.push(thrown.code));
    if (count === 0) await guard.execute(works);
    await pass(400);
  }
  await pass(2_000);
  expect(codes.filter((code) => code === 'bad_response').length).toBeLessThanOrEqual(1);
});

describe('a login that is refused', () => {
  it('is not sent again by those that wait, and probed at once and after 15 s, 30 s, 1 min ... 15 min', async () => {
    const { guard, jira, onBack, pass, refused } = aGuard();
    jira.probe.mockImplementation(fails('unauthorized'));
    await refused(fails('unauthorized'), { code: 'unauthorized', isHeldBack: false });
    const work = vi.fn(works);
    for (const [index, seconds] of [15, 30, 60, 120, 240, 480, 900, 900, 900].entries()) {
      await refused(work, { code: 'unauthorized', isHeldBack: true });
      await pass(seconds * 1000 - 1);
      expect(jira.probe).toHaveBeenCalledTimes(index + 1);
      await pass(1);
      expect(jira.probe).toHaveBeenCalledTimes(index + 2);
    }
    expect(work).not.toHaveBeenCalled();
    jira.probe.mockImplementation(works);
    await pass(900_000);
    expect(onBack).toHaveBeenCalledTimes(1);
    expect(await guard.execute(work)).toBe('an answer');
  });

  it.each(['tryNow', 'wake'] as const)('is probed at once by %s', async (how) => {
    const { guard, jira, onBack, pass, refused } = aGuard();
    jira.probe.mockImplementation(fails('unauthorized'));
    await refused(fails('unauthorized'), { code: 'unauthorized' });
    jira.probe.mockImplementation(works);
    guard[how]();
    await pass(0);
    expect(jira.probe).toHaveBeenCalledTimes(2);
    expect(onBack).toHaveBeenCalledTimes(1);
  });

  it('again after it was accepted and used is probed as soon as at first', async () => {
    const { guard, jira, pass, refused } = aGuard();
    for (const round of [1, 2]) {
      jira.probe.mockImplementation(fails('unauthorized'));
      await refused(fails('unauthorized'), { code: 'unauthorized' });
      jira.probe.mockImplementation(works);
      await pass(14_999);
      expect(jira.probe, `round ${round}`).toHaveBeenCalledTimes(2 * round - 1);
      await pass(1);
      expect(jira.probe, `round ${round}`).toHaveBeenCalledTimes(2 * round);
      await guard.execute(works);
    }
  });

  it('is not probed by itself where a captcha is wanted, only by a person', async () => {
    const { guard, jira, pass, refused } = aGuard();
    await refused(fails('unauthorized', { needsPerson: true }), { code: 'unauthorized' });
    guard.wake();
    await pass(24 * 3_600_000);
    expect(jira.probe).not.toHaveBeenCalled();
    guard.tryNow();
    await pass(0);
    expect(jira.probe).toHaveBeenCalledTimes(1);
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('is not forgotten where its probe meets a network that fails: no ticket sends it', async () => {
    const { guard, jira, onBack, pass, refused } = aGuard();
    jira.probe.mockImplementation(fails('unauthorized'));
    await refused(fails('unauthorized'), { code: 'unauthorized' });
    jira.probe.mockImplementation(down);
    await pass(15_000);
    guard.wake();
    const work = vi.fn(works);
    await refused(work, { code: 'unauthorized', isHeldBack: true });
    await pass(600_000);
    await refused(work, { code: 'unauthorized', isHeldBack: true });
    expect(work).not.toHaveBeenCalled();
    expect(onBack).not.toHaveBeenCalled();
  });

  it('whose probe is the first to meet a captcha is not probed again, and says so', async () => {
    const { jira, pass, states, refused } = aGuard();
    jira.probe.mockImplementation(async () => {
      throw new AppError('unauthorized', 'Jira wants a captcha.', { needsPerson: true });
    });
    await refused(fails('unauthorized'), { message: 'Jira wants a captcha.', needsPerson: true });
    await refused(works, { message: 'Jira wants a captcha.', isHeldBack: true });
    await pass(3_600_000);
    expect(jira.probe).toHaveBeenCalledTimes(1);
    expect(states).toEqual(['unauthorized']);
  });

  it('with a captcha is left alone too where the probe that a person asked for is told to slow down', async () => {
    const { guard, jira, pass, refused } = aGuard();
    await refused(fails('unauthorized', { needsPerson: true }), { code: 'unauthorized' });
    jira.probe.mockImplementation(fails('rate_limited'));
    guard.tryNow();
    await pass(24 * 3_600_000);
    expect(jira.probe).toHaveBeenCalledTimes(1);
  });

  it('for one request while it is accepted is about that request: the others go on', async () => {
    const { guard, refused } = aGuard();
    await refused(fails('unauthorized'), { code: 'bad_response', message: 'Jira says unauthorized.' });
    expect(await guard.execute(works)).toBe('an answer');
  });
});

describe('a service that asks for a pause', () => {
  const slowDown = fails('rate_limited', { retryAfterMs: 17_000 });

  it('is asked nothing by anybody until then, to the second', async () => {
    const { guard, pass, refused } = aGuard();
    await refused(slowDown, { code: 'rate_limited', retryAfterMs: 17_000 });
    const work = vi.fn(works);
    await pass(16_999);
    await refused(work, { code: 'rate_limited', retryAfterMs: 1 });
    expect(work).not.toHaveBeenCalled();
    await pass(1);
    expect(await guard.execute(work)).toBe('an answer');
  });

  it.each([0, undefined])('of %s ms again and again is asked less and less often', async (retryAfterMs) => {
    const { pass, refused } = aGuard();
    const again = fails('rate_limited', retryAfterMs === undefined ? {} : { retryAfterMs });
    await refused(again, { retryAfterMs: 10_000 });
    await pass(10_000);
    await refused(again, { retryAfterMs: 20_000 });
    await pass(20_000);
    await refused(again, { retryAfterMs: 30_000 });
  });

  it('pauses once for requests that were on their way together', async () => {
    const { guard, pass } = aGuard();
    const together = [1, 2, 3, 4].map(() => guard.execute(fails('rate_limited', { retryAfterMs: 10_000 })));
    for (const result of await Promise.allSettled(together)) {
      expect(result).toMatchObject({ reason: { code: 'rate_limited', retryAfterMs: 10_000 } });
    }
    await pass(10_000);
    expect(await guard.execute(works)).toBe('an answer');
  });

  it.each([1.8e22, Number.POSITIVE_INFINITY, 30 * 24 * 3_600_000])(
    'of %s ms is left alone for an hour, and a person may try sooner',
    async (retryAfterMs) => {
      const { guard, refused } = aGuard();
      await refused(fails('rate_limited', { retryAfterMs }), { retryAfterMs: 3_600_000 });
      await refused(works, { code: 'rate_limited', retryAfterMs: 3_600_000 });
      guard.tryNow();
      expect(await guard.execute(works)).toBe('an answer');
    },
  );

  it('is not asked sooner because of a wake-up, nor later because the clock was set back', async () => {
    const { guard, pass, refused } = aGuard();
    await refused(slowDown, { code: 'rate_limited' });
    guard.wake();
    vi.setSystemTime(Date.now() - 3_600_000);
    await refused(works, { code: 'rate_limited', retryAfterMs: 17_000 });
    await pass(17_000);
    expect(await guard.execute(works)).toBe('an answer');
  });

  it('goes on for others where the pause is meant for one thing only', async () => {
    const { guard, refused } = aGuard({ pausesAll: false });
    await refused(slowDown, { code: 'rate_limited' });
    expect(await guard.execute(works)).toBe('an answer');
  });
});
