import { type Dispatcher, fetch, type RequestInit, Response } from 'undici';
import { isTangled } from './tangled-json.ts';

export interface BodyBounds {
  /** Bytes as they are unpacked, in whole megabytes: a few kilobytes of gzip can stand for gigabytes. */
  megabytes: number;
  /** Values that its JSON may have; any number unless given. */
  mostValues?: number;
  /** Makes the error for an answer out of bounds; `what`: "more than 4 MB", the end of "answered with". */
  refuse(what: string): Error;
}

/**
 * The whole body of an answer. What is longer than it may be is thrown away as it comes, and its request ended. How
 * long it may take is up to the signal that the request was made with.
 */
export async function readBody(
  body: AsyncIterable<Uint8Array> | null,
  { megabytes, mostValues, refuse }: BodyBounds,
): Promise<Buffer> {
  if (body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body, which closes the connection.
    if (size > megabytes * 1024 * 1024) throw refuse(`more than ${megabytes} MB`);
    chunks.push(chunk);
  }
  const whole = withoutMark(Buffer.concat(chunks));
  if (isTangled(whole, mostValues)) throw refuse('data that nobody could mean');
  return whole;
}

/** Some servers put a byte order mark before their JSON, which no parser takes. */
function withoutMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}

/** Bounds of an answer as a whole. */
export interface AnswerBounds extends BodyBounds {
  /** Makes the error for an answer that leads elsewhere; `where`: the host, or "another address". */
  redirected(where: string): Error;
}

/** A header's value in characters; Slack's longest, the list of scopes, has some hundreds. */
const longestHeader = 4096;
/** Headers that describe the body as it came over the line, not what it was unpacked to. */
const ofTheLine = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/**
 * `fetch` for libraries that read the answer themselves: resolves once its whole body is there, within its bounds and
 * within the time that `init.signal` gives. Headers that are too long to be meant are left out. No redirect is followed:
 * what is sent, tokens and tickets, is meant for one address.
 */
export async function fetchWhole(
  url: string | URL,
  init: RequestInit & { dispatcher?: Dispatcher },
  bounds: AnswerBounds,
): Promise<Response> {
  const { status, statusText, headers, body } = await fetch(url, { ...init, redirect: 'manual' });
  if (status >= 300 && status < 400) {
    await body?.cancel();
    throw bounds.redirected(hostOf(headers.get('location'), String(url)));
  }
  const whole = await readBody(body, bounds);
  const kept = [...headers].filter(([name, value]) => !ofTheLine.has(name) && value.length <= longestHeader);
  return new Response(whole.byteLength === 0 ? null : new Uint8Array(whole), { status, statusText, headers: kept });
}

function hostOf(location: string | null, from: string): string {
  return location !== null && URL.canParse(location, from) ? new URL(location, from).host : 'another address';
}
