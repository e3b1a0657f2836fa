import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPacing } from '../../../electron/slack/pacing.ts';
import { AppError } from '../../../shared/errors.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Posts that note when they began, and end when they are told to, or at once. */
function aChannel() {
  const pacing = createPacing(1_000);
  const start = Date.now();
  const posts: string[] = [];
  const post = (name: string, channel = 'C1', signal?: AbortSignal, work = async () => name) =>
    pacing.inTurn(
      channel,
      () => {
        posts.push(`${name} at ${Date.now() - start}`);
        return work();
      },
      signal,
    );
  return { posts, post };
}

function anAnswer() {
  let answer = (_: string) => {};
  const answered = new Promise<string>((resolve) => {
    answer = resolve;
  });
  return { answer: (text: string) => answer(text), answered };
}

describe('messages to one channel', () => {
  it('are posted one after the other, in order, with a pause between', async () => {
    const { posts, post } = aChannel();
    const all = Promise.all([post('a'), post('b'), post('c')]);
    await vi.advanceTimersByTimeAsync(999);
    expect(posts).toEqual(['a at 0']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(posts).toEqual(['a at 0', 'b at 1000', 'c at 2000']);
    expect(await all).toEqual(['a', 'b', 'c']);
  });

  it('count their pause from the answer, since Slack may have counted a slow one late', async () => {
    const { posts, post } = aChannel();
    const { answer, answered } = anAnswer();
    const slow = post('a', 'C1', undefined, () => answered);
    void post('b');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(posts).toEqual(['a at 0']);
    answer('a');
    expect(await slow).toBe('a');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(posts).toEqual(['a at 0', 'b at 6000']);
  });

  it('are each posted on behalf of whoever asked for it', async () => {
    const asker = new AsyncLocalStorage<string>();
    const { post } = aChannel();
    const ask = (name: string) => asker.run(name, () => post(name, 'C1', undefined, async () => `${asker.getStore()}`));
    const all = Promise.all([ask('a'), ask('b'), ask('c')]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await all).toEqual(['a', 'b', 'c']);
  });

  it('do not wait for those to another channel', async () => {
    const { posts, post } = aChannel();
    await Promise.all([post('a', 'C1'), post('b', 'C2')]);
    expect(posts).toEqual(['a at 0', 'b at 0']);
  });

  it('keep their pause also where nothing has waited in between', async () => {
    const { posts, post } = aChannel();
    await post('a');
    await vi.advanceTimersByTimeAsync(400);
    void post('b');
    await vi.advanceTimersByTimeAsync(600);
    expect(posts).toEqual(['a at 0', 'b at 1000']);
    await vi.advanceTimersByTimeAsync(10_000);
    await post('c');
    expect(posts.at(-1)).toBe('c at 11000');
  });

  it('wait as long as Slack asks for', async () => {
    const { posts, post } = aChannel();
    const refused = post('a', 'C1', undefined, async () => {
      throw new AppError('rate_limited', 'pause', { retryAfterMs: 7_000 });
    });
    void post('b');
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited' });
    await vi.advanceTimersByTimeAsync(6_999);
    expect(posts).toEqual(['a at 0']);
    await vi.advanceTimersByTimeAsync(1);
    expect(posts).toEqual(['a at 0', 'b at 7000']);
  });

  it('wait an hour at most, for a longer timer would fire at once', async () => {
    const { posts, post } = aChannel();
    const refused = post('a', 'C1', undefined, async () => {
      throw new AppError('rate_limited', 'pause', { retryAfterMs: 2 ** 40 });
    });
    void post('b');
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited' });
    await vi.advanceTimersByTimeAsync(3_599_999);
    expect(posts).toEqual(['a at 0']);
    await vi.advanceTimersByTimeAsync(1);
    expect(posts).toEqual(['a at 0', 'b at 3600000']);
  });

  it('do not wait after one that Slack did not take, however long it should not be asked', async () => {
    const { posts, post } = aChannel();
    const untaken = new AppError('unavailable', 'Slack failed several times in a row.', { retryAfterMs: 60_000 });
    await expect(post('a', 'C1', undefined, () => Promise.reject(untaken))).rejects.toBe(untaken);
    await post('b');
    expect(posts).toEqual(['a at 0', 'b at 0']);
  });

  it('go on after one that failed', async () => {
    const { posts, post } = aChannel();
    await expect(post('a', 'C1', undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    void post('b');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(posts).toEqual(['a at 0', 'b at 1000']);
  });
});

describe('a message that is aborted', () => {
  it('is not posted while it waits, and holds up nobody', async () => {
    const { posts, post } = aChannel();
    const stop = new AbortController();
    await post('a');
    const waiting = post('b', 'C1', stop.signal);
    void post('c');
    stop.abort(new Error('stopping'));
    await expect(waiting).rejects.toThrow('stopping');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(posts).toEqual(['a at 0', 'c at 1000']);
  });

  it('has its outcome told all the same once it is on its way, and is followed by the pause', async () => {
    const { posts, post } = aChannel();
    const stop = new AbortController();
    const { answer, answered } = anAnswer();
    const begun = post('a', 'C1', stop.signal, () => answered);
    void post('b');
    stop.abort(new Error('stopping'));
    answer('posted');
    expect(await begun).toBe('posted');
    expect(posts).toEqual(['a at 0']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(posts).toEqual(['a at 0', 'b at 1000']);
  });
});
