import { AsyncLocalStorage } from 'node:async_hooks';
import PQueue from 'p-queue';
import { longestPauseMs, toAppError } from '../../shared/errors.ts';

/** Posts to a channel take turns. */
export interface Pacing {
  /**
   * Runs `post` once the channel is free, in the order asked for, and on behalf of whoever asked. Aborted before that, it
   * rejects with the signal's reason and `post` never runs; what has begun goes on.
   */
  inTurn<T>(channel: string, post: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Slack takes about one message a second and channel. Source: docs.slack.dev/apis/web-api/rate-limits. */
const messageIntervalMs = 1_050;

/**
 * Keeps to Slack's pace instead of finding it by 429. The pause counts from Slack's answer: until then nobody knows when
 * Slack counted the message. Where Slack asks for a longer pause, the whole channel waits that long, an hour at most.
 * After a post that Slack did not take (`unavailable`) there is none.
 *
 * @param intervalMs From the answer to one message until the next of the channel.
 */
export function createPacing(intervalMs: number = messageIntervalMs): Pacing {
  /** One at a time each, and gone when nothing waits. */
  const channels = new Map<string, PQueue>();

  function queueOf(channel: string): PQueue {
    const known = channels.get(channel);
    if (known !== undefined) return known;
    const queue = new PQueue({ concurrency: 1 });
    queue.on('idle', () => channels.delete(channel));
    channels.set(channel, queue);
    return queue;
  }

  return {
    inTurn(channel, post, signal) {
      // The queue would also give up what has begun, whose outcome somebody must hear of.
      const waiting = new AbortController();
      const giveUp = () => waiting.abort(signal?.reason);
      if (signal?.aborted) giveUp();
      else signal?.addEventListener('abort', giveUp, { once: true });

      // The queue runs it on behalf of the post before.
      const postForAsker = AsyncLocalStorage.bind(post);
      return new Promise((resolve, reject) => {
        const turn = async () => {
          signal?.removeEventListener('abort', giveUp);
          const posted = postForAsker();
          posted.then(resolve, reject);
          const pauseMs = await posted.then(
            () => intervalMs,
            (thrown) => pauseAfter(thrown, intervalMs),
          );
          if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
        };
        queueOf(channel).add(turn, { signal: waiting.signal }).catch(reject);
      });
    },
  };
}

function pauseAfter(thrown: unknown, intervalMs: number): number {
  const { code, retryAfterMs = 0 } = toAppError(thrown);
  if (code === 'unavailable') return 0;
  return code === 'rate_limited' ? Math.min(longestPauseMs, Math.max(intervalMs, retryAfterMs)) : intervalMs;
}
