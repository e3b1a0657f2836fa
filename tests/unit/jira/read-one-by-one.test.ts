import { describe, expect, it } from 'vitest';
import type { StoredIssue } from '../../../electron/jira/api/jira-api.ts';
import { eachOf, readOneByOne } from '../../../electron/jira/api/read-one-by-one.ts';
import { AppError } from '../../../shared/errors.ts';

const keys = Array.from({ length: 20 }, (_, index) => `KAN-${index + 1}`);

function issueWith(key: string): StoredIssue {
  const nothing = {
    issueTypeId: null,
    status: null,
    assignee: null,
    created: null,
    updated: null,
    property: undefined,
  };
  return { id: key, key, summary: '', issueType: 'Task', labels: [], ...nothing };
}

describe('reading one by one', () => {
  it('asks for every key, a few at a time, and leaves out what is absent or hidden', async () => {
    let inHand = 0;
    let most = 0;
    const asked: string[] = [];
    const issues = await readOneByOne(async (key) => {
      asked.push(key);
      inHand += 1;
      most = Math.max(most, inHand);
      await Promise.resolve();
      inHand -= 1;
      if (key === 'KAN-3') throw new AppError('not_found', 'None.');
      if (key === 'KAN-4') throw new AppError('forbidden', 'No.');
      return issueWith(key);
    }, keys);
    expect(asked.toSorted()).toEqual(keys.toSorted());
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    expect([...issues.keys()]).toEqual(keys.filter((key) => key !== 'KAN-3' && key !== 'KAN-4'));
  });

  it('gives a moved issue by the key that was asked for', async () => {
    const issues = await readOneByOne(async () => issueWith('OPS-1'), ['KAN-1']);
    expect(issues.get('KAN-1')?.key).toBe('OPS-1');
  });

  it('goes on after the pauses that Jira asks for', async () => {
    const pauses: number[] = [];
    let left = 3;
    const issues = await readOneByOne(
      async (key) => {
        if (key === 'KAN-5' && left-- > 0) throw new AppError('rate_limited', 'Slowly.', { retryAfterMs: 2_000 });
        return issueWith(key);
      },
      keys,
      async (ms) => pauses.push(ms),
    );
    expect(issues.size).toBe(20);
    expect(pauses).toEqual([2_000, 2_000, 2_000]);
  });

  it('goes on after any number of pauses as long as each brings an answer, and waits for all at once', async () => {
    let tokens = 0;
    let pauses = 0;
    const issues = await readOneByOne(
      async (key) => {
        await Promise.resolve();
        if (tokens === 0) throw new AppError('rate_limited', 'Slowly.', { retryAfterMs: 1_000 });
        tokens -= 1;
        return issueWith(key);
      },
      Array.from({ length: 100 }, (_, index) => `KAN-${index + 1}`),
      async () => {
        pauses += 1;
        tokens += 1;
      },
    );
    expect(issues.size).toBe(100);
    expect(pauses).toBeLessThanOrEqual(101);
  });

  it.each([
    ['for longer than anybody waits', { retryAfterMs: 60_000 }],
    ['without saying how long', {}],
    ['again and again', { retryAfterMs: 1 }],
  ])('fails where Jira asks for pauses %s', async (_what, details) => {
    const read = readOneByOne(
      async () => Promise.reject(new AppError('rate_limited', 'Slowly.', details)),
      keys,
      async () => {},
    );
    await expect(read).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('asks for nothing more after a failure', async () => {
    const asked: string[] = [];
    const read = eachOf(keys, async (key) => {
      asked.push(key);
      await Promise.resolve();
      if (key === 'KAN-2') throw new AppError('unavailable', 'Down.');
    });
    await expect(read).rejects.toMatchObject({ code: 'unavailable' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked.length).toBeLessThan(10);
  });
});
