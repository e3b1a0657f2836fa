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

/** Calls a minute that Slack grants to each method of a tier: docs.slack.dev/apis/web-api/rate-limits. */
export const tiers = { one: 1, two: 20, three: 50, four: 100, special: 300 } as const;

/**
 * Slack's limits by method, a minute at a time. Throws SlackFailure `ratelimited` with 429's Retry-After. Assumed, because
 * Slack promises no more: none gets more than its tier says.
 */
export function createTierLimits(isOn: boolean): (method: string, perMinute: number) => void {
  const calls = new Map<string, number[]>();
  return (method, perMinute) => {
    if (!isOn) return;
    const now = Date.now();
    const recent = (calls.get(method) ?? []).filter((at) => at > now - 60_000);
    calls.set(method, recent);
    const [first] = recent;
    if (first !== undefined && recent.length >= perMinute) {
      throw new SlackFailure('ratelimited', {}, Math.ceil((first + 60_000 - now) / 1000));
    }
    recent.push(now);
  };
}
