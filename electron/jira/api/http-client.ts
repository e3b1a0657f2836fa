import type { Client, SendRequestOptions } from 'jira.js/core';
import { Agent, type Dispatcher, fetch, FormData as StreamedForm } from 'undici';
import { AppError } from '../../../shared/errors.ts';
import { proxyFor } from '../../network/proxy.ts';
import { readBody } from '../../network/read-body.ts';
import { answerError, type HttpAnswer, type RequestFacts, transportError, unusable } from './errors.ts';

export interface HttpClientOptions {
  /** Address without a trailing slash; may have a path (`https://api.atlassian.com/ex/jira/{cloudId}`). */
  baseUrl: string;
  /** Value of the Authorization header; null where nothing secret may be sent. */
  authorization: string | null;
  /** What to do where the login is refused, in words. */
  login: string;
  /** Milliseconds for one call as a whole; 15 s where absent. What carries files has longer. */
  timeoutMs?: number | undefined;
  /** How connections are made; where absent by HTTPS_PROXY, HTTP_PROXY and NO_PROXY, but directly to loopback. */
  dispatcher?: Dispatcher | undefined;
  /** Makes each request, or refuses it where Jira is not to be asked now; where absent each is made at once. */
  send?: SendRequest | undefined;
}

/** jira.js' transport. */
export interface HttpClient extends Client {
  /** The same for requests that only read, whatever their method: to send one twice does no harm. */
  reading: Client;
  /** The same for requests that are one question together with one that was made before. */
  further: Client;
  /** Both. */
  furtherReading: Client;
}

/**
 * Makes one request to Jira: `request` rejects with an AppError where it fails. `isFurther`: whether it belongs to a
 * question that was counted with another request; false where absent.
 */
export type SendRequest = <T>(request: () => Promise<T>, facts?: { isFurther: boolean }) => Promise<T>;

const defaultTimeoutMs = 15_000;
/** Bytes of a file that a line takes in a millisecond at least: 2 Mbit/s. */
const slowestLine = 250;
/** The longest answers, a project's create screen with some thousand versions, have a few megabytes. */
const mostMegabytes = 16;

/**
 * The transport below jira.js, which has no time limit, proxy or error codes of its own. Sends each request once,
 * follows no redirect, and throws AppError. Answers are Jira's JSON as it came: whoever asks checks what it uses,
 * since jira.js' response schemas are stricter than the sites that answer.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { login, timeoutMs = defaultTimeoutMs, send = (request) => request() } = options;
  let dispatcher = options.dispatcher;

  const isNoPost = ({ method }: SendRequestOptions<unknown>) => method !== 'POST';
  const clientFor = (isRepeatable: typeof isNoPost, isFurther = false): Client => ({
    async sendRequest<T>(request: SendRequestOptions<T>): Promise<T> {
      const url = toUrl(options.baseUrl, request);
      const { host, pathname: path } = url;
      const limitMs = timeoutMs + Math.ceil(bytesOfFiles(request.body) / slowestLine);
      const facts: RequestFacts = { host, path, repeatable: isRepeatable(request), timeoutMs: limitMs, login };
      dispatcher ??= chooseDispatcher(url, timeoutMs);
      const connection = { ...options, dispatcher };
      return send(
        async () => {
          const answer = await exchange(url, request, connection, facts);
          const error = answerError(answer, facts);
          if (error) throw error;
          return parseBody(answer.body, facts) as T;
        },
        { isFurther },
      );
    },
  });

  return {
    ...clientFor(isNoPost),
    reading: clientFor(() => true),
    further: clientFor(isNoPost, true),
    furtherReading: clientFor(() => true, true),
  };
}

async function exchange(
  url: URL,
  request: SendRequestOptions,
  { authorization, dispatcher }: { authorization: string | null; dispatcher: Dispatcher },
  facts: RequestFacts,
): Promise<HttpAnswer> {
  const { body, type } = toBody(request.body);
  try {
    const response = await fetch(url, {
      method: request.method ?? 'GET',
      headers: {
        accept: 'application/json',
        // A browser's would be taken for a person's, whom Jira protects against forged forms.
        'user-agent': 'ai-ticket-agent',
        ...(authorization === null ? {} : { authorization }),
        ...(type === null ? {} : { 'content-type': type }),
        ...request.headers,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(facts.timeoutMs),
      dispatcher,
    });
    const received = await readBody(response.body, {
      megabytes: mostMegabytes,
      refuse: (what) => unusable(`${facts.host} answered with ${what}`, facts),
    });
    return { status: response.status, headers: response.headers, body: received.toString('utf8') };
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : transportError(thrown, facts);
  }
}

/** Files go as multipart, all else as JSON. `type`: null where there is no body, or whoever sends it says it. */
function toBody(body: unknown): { body: string | StreamedForm | null; type: string | null } {
  if (body === undefined) return { body: null, type: null };
  if (!(body instanceof FormData)) return { body: JSON.stringify(body), type: 'application/json' };
  // jira.js fills the form of this Node, which undici as a package does not know. A file is read as it is sent.
  const form = new StreamedForm();
  for (const [name, value] of body) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, value.name);
  }
  return { body: form, type: null };
}

function bytesOfFiles(body: unknown): number {
  if (!(body instanceof FormData)) return 0;
  return [...body].reduce((sum, [, value]) => sum + (typeof value === 'string' ? 0 : value.size), 0);
}

/** Writes such as a property's answer with nothing at all. */
function parseBody(body: string, facts: RequestFacts): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch (thrown) {
    throw unusable(`${facts.host} answered with something that is not JSON`, facts, { cause: thrown });
  }
}

function toUrl(baseUrl: string, request: SendRequestOptions): URL {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (base === null || !/^https?:$/.test(base.protocol) || base.username !== '') {
    throw new AppError(
      'not_configured',
      'JIRA_BASE_URL must look like https://your-site.atlassian.net or https://jira.example.com.',
    );
  }
  const url = new URL(`${baseUrl}${request.url}`);
  for (const [name, value] of Object.entries(request.searchParams ?? {})) {
    // Lists are documented as comma-separated.
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
  }
  return url;
}

function chooseDispatcher(url: URL, timeoutMs: number): Dispatcher {
  // Below the limit of the whole call, so that "never connected" can be told from "no answer".
  const connectTimeoutMs = Math.min(10_000, Math.ceil((timeoutMs * 2) / 3));
  return proxyFor(url.href, connectTimeoutMs) ?? new Agent({ connect: { timeout: connectTimeoutMs } });
}
