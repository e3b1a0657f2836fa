import { SlackFailure } from './failure.ts';

export interface QuotaOptions {
  /** Messages a second and channel. */
  perSecond: number;
  /** How many may come at once before that rate counts. */
  burst: number;
}

/** Slack's posting limit, one bucket a channel. Throws SlackFailure `ratelimited` with 429's Retry-After. */
export function createSlackQuota(options: QuotaOptions | null): (channel: string) => void {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (channel) => {
    if (options === null) return;
    const now = Date.now();
    const bucket = buckets.get(channel) ?? { tokens: options.burst, at: now };
    const tokens = Math.min(options.burst, bucket.tokens + ((now - bucket.at) / 1000) * options.perSecond);
    if (tokens < 1) throw new SlackFailure('ratelimited', {}, Math.ceil((1 - tokens) / options.perSecond));
    buckets.set(channel, { tokens: tokens - 1, at: now });
  };
}
