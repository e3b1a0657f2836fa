import OpenAI from 'openai';
import type { Dispatcher, RequestInit } from 'undici';
import { beginningOf } from '../../shared/beginning.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { type Label, labels } from '../../shared/labels.ts';
import { proxyFor } from '../network/proxy.ts';
import { type AnswerBounds, fetchWhole } from '../network/read-body.ts';
import { normaliseLabel } from './normalise-label.ts';
import type { CloudSource } from './scoring/label-source.ts';
import { instruction } from './scoring/prompt.ts';

const timeoutMs = 20_000;
/** What a ticket is about stands in its first pages; no more than that leaves the machine. */
const longestText = 8_000;
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

export interface OpenAiClassifierOptions {
  apiKey: string;
  baseUrl: string;
  model: string;
  /** Told of a reply that was not exactly a label, but not its words: they may quote the ticket. */
  onNormalised?: (label: Label) => void;
}

/**
 * Classifies with OpenAI's chat completions, or another server that speaks them. The text leaves this machine,
 * so it may only be built where the user allowed that. Gives no probabilities. Its errors are `unauthorized`,
 * `forbidden`, `not_found`, `invalid_input`, `rate_limited`, `unavailable`, `unconfirmed` and `bad_response`.
 */
export function createOpenAiClassifier({
  apiKey,
  baseUrl,
  model,
  onNormalised = () => {},
}: OpenAiClassifierOptions): CloudSource {
  const client = openAiClient(apiKey, baseUrl);

  /** The beginning of the reply; empty where there is none. */
  async function ask(text: string): Promise<string> {
    try {
      const completion = await client.chat.completions.create({
        model,
        temperature: 0,
        messages: [
          { role: 'system', content: instruction },
          { role: 'user', content: sentPart(text) },
        ],
        response_format: { type: 'json_schema', json_schema: { name: 'ticket_label', strict: true, schema } },
      });
      const reply: unknown = completion.choices?.[0]?.message?.content;
      return typeof reply === 'string' ? beginningOf(reply.trimStart()) : '';
    } catch (thrown) {
      throw toOpenAiError(thrown);
    }
  }

  return {
    whatIsSent: (text) => ({
      service: 'openai',
      model,
      bytes: Buffer.byteLength(sentPart(text)),
      at: new Date().toISOString(),
    }),

    async classify(text) {
      const started = performance.now();
      const reply = await ask(text);
      const label = normaliseLabel(reply);
      if (label === null) {
        throw new AppError('bad_response', 'OpenAI answered without one of the five labels. Try another OPENAI_MODEL.');
      }
      if (!isExact(reply, label)) onNormalised(label);
      const ms = performance.now() - started;
      return { label, confidence: null, probabilities: null, source: 'openai', model, ms };
    },
  };
}

function sentPart(text: string): string {
  return text.slice(0, longestText);
}

/**
 * Sends each request once, through the proxy of the environment where there is one. Its time limit holds for the whole
 * answer: the package itself stops counting at the headers.
 */
export function openAiClient(apiKey: string, baseUrl: string): OpenAI {
  const proxy = proxyFor(baseUrl, timeoutMs);
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

const schema = {
  type: 'object',
  properties: { label: { type: 'string', enum: [...labels] } },
  required: ['label'],
  additionalProperties: false,
};

/** Whether the reply is what the schema asks for. */
function isExact(reply: string, label: Label): boolean {
  try {
    return JSON.stringify(JSON.parse(reply)) === JSON.stringify({ label });
  } catch {
    return false;
  }
}

/** A failure of the client as an AppError. */
export function toOpenAiError(thrown: unknown): AppError {
  if (thrown instanceof Error && thrown.cause instanceof AppError) return thrown.cause;
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
