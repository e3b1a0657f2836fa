import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Dispatcher, fetch, type Response } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { parseRetryAfter, timeOf } from '../network/retry-after.ts';
import { fromNetwork } from './errors.ts';

/** Milliseconds for a file to begin, for the next bytes of it, and for each megabyte besides. */
const silenceMs = 20_000;
const megabyteMs = 4_000;
const mostRedirects = 3;
/** Characters in which a page says that it is one. */
const beginning = 512;

export interface Download {
  /** Address of a host that may have the token. */
  address: string;
  token: string;
  /** Its name, which says whether it is a page. */
  name: string;
  mostBytes: number;
  /** Where it is written: nothing is there yet, and the folder is made where it is missing. */
  path: string;
  /** How each host is reached. */
  dispatcherFor(address: string): Dispatcher;
}

/**
 * Writes a file of Slack's to the disk, and gives its media type. No redirect to another host is followed, and a page in the
 * place of a file is a refusal: that is how Slack asks people to sign in. Throws `invalid_input` where it is too large,
 * `forbidden`, `not_found`, `rate_limited`, `storage_failed`, and `unavailable` for whatever may be asked for again.
 */
export async function download(wanted: Download): Promise<string> {
  const stopping = new AbortController();
  const limitMs = silenceMs + Math.ceil(wanted.mostBytes / 2 ** 20) * megabyteMs;
  const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(limitMs)]);
  const stop = () => stopping.abort(new AppError('unavailable', 'Slack stopped in the middle of a file.'));
  let timer = setTimeout(stop, silenceMs);
  const isAlive = () => {
    clearTimeout(timer);
    timer = setTimeout(stop, silenceMs);
  };
  try {
    const answer = await ask(wanted, signal);
    await write(answer, wanted, isAlive);
    return answer.headers.get('content-type')?.split(';')[0]?.trim() || 'application/octet-stream';
  } catch (thrown) {
    const { code, message, cause, retryAfterMs } = thrown instanceof AppError ? thrown : fromNetwork(thrown);
    // Reading twice does no harm, whatever became of the first time.
    throw new AppError(code === 'unconfirmed' ? 'unavailable' : code, message, { cause, retryAfterMs });
  } finally {
    clearTimeout(timer);
    // What is still on its way is of no use to anybody.
    stopping.abort();
  }
}

async function ask({ address, token, dispatcherFor }: Download, signal: AbortSignal): Promise<Response> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, 'user-agent': 'ai-ticket-agent' },
      redirect: 'manual',
      signal,
      dispatcher: dispatcherFor(url.href),
    });
    const next = nextOf(answer, url);
    if (next === null) {
      const refusal = refusalOf(answer);
      if (refusal !== null) throw refusal;
      return answer;
    }
    if (next.origin !== url.origin) break;
    url = next;
  }
  throw new AppError('forbidden', 'Slack leads elsewhere in the place of this file.');
}

function nextOf({ status, headers }: Response, from: URL): URL | null {
  const location = headers.get('location');
  if (status < 300 || status >= 400 || location === null || !URL.canParse(location, from.href)) return null;
  return new URL(location, from);
}

function refusalOf({ status, headers }: Response): AppError | null {
  const isPage = /^\s*(text\/html|application\/xhtml\+xml)/i.test(headers.get('content-type') ?? '');
  if (status >= 200 && status < 300 && !isPage) return null;
  if (status === 404 || status === 410) return new AppError('not_found', 'Slack does not have this file any more.');
  if (status === 429) {
    const retryAfterMs = parseRetryAfter(headers.get('retry-after'), timeOf(headers, Date.now()));
    return new AppError('rate_limited', 'Slack asks for a pause.', { retryAfterMs });
  }
  if (status >= 500) return new AppError('unavailable', 'Slack could not give out a file just now.');
  return new AppError('forbidden', 'Slack does not give out this file.');
}

async function write({ body }: Response, { path, name, mostBytes }: Download, isAlive: () => void): Promise<void> {
  await onDisk(() => mkdir(dirname(path), { recursive: true, mode: 0o700 }));
  const file = await onDisk(() => open(path, 'wx', 0o600));
  try {
    let size = 0;
    let start = Buffer.alloc(0);
    for await (const chunk of body ?? []) {
      isAlive();
      size += chunk.byteLength;
      if (size > mostBytes) throw new AppError('invalid_input', 'This file is larger than it may be.');
      if (start.length < beginning) start = Buffer.concat([start, chunk.subarray(0, beginning)]);
      await onDisk(() => writeAll(file, chunk));
    }
    if (isPage(start) && !/\.x?html?$/i.test(name)) {
      throw new AppError('forbidden', 'Slack answers with a page in the place of this file.');
    }
  } finally {
    await file.close();
  }
}

function isPage(start: Buffer): boolean {
  return /^\uFEFF?\s{0,100}(<!doctype\s+html|<html[\s>])/i.test(start.subarray(0, beginning).toString('utf8'));
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let from = 0; from < chunk.byteLength; ) from += (await file.write(chunk, from)).bytesWritten;
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw new AppError('storage_failed', 'A file could not be kept while it is passed on.', { cause: thrown });
  }
}
