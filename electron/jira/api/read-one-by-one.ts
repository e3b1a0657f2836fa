import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import type { StoredIssue } from './jira-api.ts';

/** Requests at once, so that nobody else is kept waiting. */
const atOnce = 4;
/** Pauses without an answer between them that one reading goes along with, and the longest, in milliseconds. */
const mostPauses = 20;
const longestPauseMs = 30_000;

/** What is done with each, a few at a time; the answers are in the order of the items. */
export async function eachOf<Item, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  async function worker(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) answers[index] = await work(item);
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, worker));
    return answers;
  } finally {
    // After a failure nobody wants the rest.
    next = items.length;
  }
}

/**
 * Issues by the key that was asked for, which a moved one answers under another key, read one by one where the site
 * cannot do so in bulk. Every key is asked for, however many before it are absent: those that are, or that this account
 * may not read, are left out. Where Jira asks for a pause in between, it gets one: from the beginning again, a site that
 * gives so many answers a minute would never give them all.
 *
 * @param getIssue `isFurther`: whether it is the same question as one that was asked before.
 */
export async function readOneByOne(
  getIssue: (key: string, isFurther: boolean) => Promise<StoredIssue>,
  keys: readonly string[],
  pause: (ms: number) => Promise<unknown> = wait,
): Promise<Map<string, StoredIssue>> {
  let pauses = 0;
  let pausing: Promise<unknown> | null = null;

  /** Waits as Jira asks, or until the pause is over that was asked for already; throws where that leads nowhere. */
  async function waitOut(error: AppError): Promise<void> {
    const { retryAfterMs } = error;
    if (retryAfterMs === undefined || retryAfterMs > longestPauseMs) throw error;
    if (pausing === null) {
      pauses += 1;
      if (pauses > mostPauses) throw error;
      pausing = pause(retryAfterMs).finally(() => {
        pausing = null;
      });
    }
    await pausing;
  }

  async function read(key: string): Promise<StoredIssue | null> {
    for (;;) {
      // What others were told goes for all.
      await pausing;
      try {
        const issue = await getIssue(key, key !== keys[0]);
        pauses = 0;
        return issue;
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        if (thrown.code === 'rate_limited') await waitOut(thrown);
        else if (thrown.code !== 'not_found' && thrown.code !== 'forbidden') throw thrown;
        else {
          pauses = 0;
          return null;
        }
      }
    }
  }

  const issues = await eachOf(keys, async (key) => [key, await read(key)] as const);
  return new Map(issues.flatMap(([key, issue]) => (issue === null ? [] : [[key, issue] as const])));
}
