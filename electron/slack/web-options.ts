import type { FetchFunction, WebClientOptions } from '@slack/web-api';
import { Agent, type Dispatcher } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { proxyFor } from '../network/proxy.ts';
import { type AnswerBounds, fetchWhole } from '../network/read-body.ts';
import { parseRetryAfter, timeOf } from '../network/retry-after.ts';

const requestTimeoutMs = 10_000;
/**
 * Milliseconds for connecting. In a network that swallows everything, the system asks again after 1, 3 and 7 s:
 * beginning anew notices sooner that it works again.
 */
const connectTimeoutMs = 3_500;
/** Milliseconds for a proxy to connect to Slack: less than a request may take, so that a proxy that hangs is told from Slack. */
const tunnelTimeoutMs = 7_000;

/**
 * How Slack is reached: through the proxy of the environment, where there is one.
 *
 * @throws AppError `not_configured` where a proxy variable is no address.
 */
export function routeTo(apiUrl: string): { fetch: FetchFunction; proxy: Dispatcher | null } {
  const proxy = proxyFor(apiUrl, tunnelTimeoutMs);
  return { fetch: fetchThrough(proxy ?? direct()), proxy };
}

/** How each address is reached, such as those of files on other hosts; throws as `routeTo`. */
export function routesByHost(): (address: string) => Dispatcher {
  const known = new Map<string, Dispatcher>();
  return (address) => {
    const { origin } = new URL(address);
    const route = known.get(origin) ?? proxyFor(address, tunnelTimeoutMs) ?? direct();
    known.set(origin, route);
    return route;
  };
}

const direct = () => new Agent({ connect: { timeout: connectTimeoutMs } });

/** Where Slack does not say how long it wants to be left alone. */
const unsaidPauseMs = 1_000;

/** The cause of every refusal to read an answer. */
const tooMuch = 'more than is read of an answer';

/** Whether Slack answered, with more than is read of an answer: asking for less helps, asking again does not. */
export function isTooMuch({ cause }: AppError): boolean {
  return cause === tooMuch;
}

const bounds: AnswerBounds = {
  // The longest answers are pages of a channel, of 100 messages, each of 13,000 characters at most. The library looks
  // at each value of an answer, also where nothing is logged: 30,000 hold the event loop for 45 ms.
  megabytes: 4,
  mostValues: 30_000,
  refuse: (what) =>
    new AppError('unconfirmed', `Slack answered with ${what}, so it was not read. Check SLACK_API_URL and proxies.`, {
      cause: tooMuch,
    }),
  // Nobody took what was sent.
  redirected: (where) =>
    new AppError(
      'bad_response',
      `Slack’s address leads to ${where}. Nothing was sent there. Check SLACK_API_URL and proxies.`,
    ),
};

/** Node's own fetch does not take a dispatcher of another undici. Nothing is uploaded, so bodies are text. */
function fetchThrough(dispatcher: Dispatcher): FetchFunction {
  return async (url, { body, ...init } = {}) =>
    withReadablePause(
      await fetchWhole(url, { ...init, body: typeof body === 'string' ? body : null, dispatcher }, bounds),
    );
}

/** Slack's client reads whole seconds only, and takes a pause that it cannot read for a failure of another kind. */
function withReadablePause(answer: Response): Response {
  if (answer.status !== 429) return answer;
  const ms = parseRetryAfter(answer.headers.get('retry-after'), timeOf(answer.headers, Date.now()));
  const headers = new Headers(answer.headers);
  headers.set('retry-after', String(Math.ceil((ms ?? unsaidPauseMs) / 1000)));
  return new Response(answer.body, { status: 429, headers });
}

/** Slack's libraries write into the options they are given, so everybody gets their own. */
export function webOptions(apiUrl: string, fetch: FetchFunction): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    // chat.postMessage is not idempotent: the step machine decides what is tried again.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: requestTimeoutMs,
    allowAbsoluteUrls: false,
    fetch,
  };
}
