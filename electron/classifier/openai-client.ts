import OpenAI from 'openai';
import type { Dispatcher, RequestInit } from 'undici';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { proxyFor, proxyRefusal } from '../network/proxy.ts';
import { type AnswerBounds, fetchWhole } from '../network/read-body.ts';

// The package is large, and most desktops never ask OpenAI: import this module when it is needed.

const timeoutMs = 20_000;
const connectTimeoutMs = 10_000;
const bounds: AnswerBounds = {
  // A label takes a line, and some servers list some hundred models with all that is known of them.
  megabytes: 4,
  refuse: (what) => new AppError('bad_response', `OpenAI answered with ${what}. Check OPENAI_BASE_URL.`),
  redirected: (where) =>
    new AppError(
      'bad_response',
      `OPENAI_BASE_URL leads to ${where}. Nothing was sent there: if it is meant, set it as OPENAI_BASE_URL.`,
    ),
};

/**
 * Sends each request once, through the proxy of the environment where there is one. Its time limit holds for the whole
 * answer: the package itself stops counting at the headers.
 */
export function openAiClient(apiKey: string, baseUrl: string): OpenAI {
  const proxy = proxyFor(baseUrl, connectTimeoutMs);
  return new OpenAI({
    apiKey,
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxRetries: 0,
    // The package would log requests, ticket text included, where OPENAI_LOG asks for it.
    logLevel: 'off',
    fetch: wholeAnswers(proxy),
  });
}

/** The types of Node's own fetch and of undici's are the same thing by two names. */
function wholeAnswers(dispatcher: Dispatcher | null): typeof globalThis.fetch {
  const wholly = (url: string | URL, init: RequestInit = {}) =>
    fetchWhole(url, dispatcher === null ? init : { ...init, dispatcher }, bounds);
  return wholly as unknown as typeof globalThis.fetch;
}

/** A failure of the client as an AppError. */
export function toOpenAiError(thrown: unknown): AppError {
  if (thrown instanceof Error && thrown.cause instanceof AppError) return thrown.cause;
  const byProxy = proxyRefusal(thrown);
  if (byProxy !== null) return byProxy;
  const fail = (code: ErrorCode, message: string) => new AppError(code, message, { cause: thrown, retryAfterMs });
  const retryAfter = thrown instanceof OpenAI.APIError ? Number(thrown.headers?.get('retry-after')) : 0;
  const retryAfterMs = retryAfter > 0 ? retryAfter * 1000 : undefined;
  if (thrown instanceof OpenAI.APIConnectionTimeoutError) {
    return fail('unconfirmed', `OpenAI did not answer within ${timeoutMs / 1000} s.`);
  }
  if (thrown instanceof OpenAI.APIConnectionError) {
    return fail('unavailable', 'OpenAI could not be reached. Check the network and OPENAI_BASE_URL.');
  }
  if (!(thrown instanceof OpenAI.APIError)) {
    return fail('bad_response', 'OpenAI sent something that cannot be read. Check OPENAI_BASE_URL.');
  }
  const status = Number(thrown.status);
  if (status === 401) return fail('unauthorized', 'OpenAI refused the key. Renew OPENAI_API_KEY.');
  if (status === 403) return fail('forbidden', 'OpenAI does not allow this key to use the model in OPENAI_MODEL.');
  if (status === 404) return fail('not_found', 'OpenAI knows no such model. Check OPENAI_MODEL and OPENAI_BASE_URL.');
  if (status === 429) return fail('rate_limited', 'OpenAI refused for now: too many requests, or no credit left.');
  if (status >= 500) return fail('unconfirmed', `OpenAI is in trouble (HTTP ${status}).`);
  return fail('invalid_input', `OpenAI refused the request (HTTP ${status}). Check OPENAI_MODEL.`);
}
