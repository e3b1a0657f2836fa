import { type RequestInfo, type RequestInit, Response } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { certificateFailure, failuresOf } from '../network/failures.ts';
import { isProxySilent, proxyRefusal } from '../network/proxy.ts';
import { createHandAsker } from './ask-by-hand.ts';

export interface WatchedFetch {
  fetch: typeof globalThis.fetch;
  /** The digest of what is downloaded, where the server names it, as Hugging Face does for large files. */
  sha256(): string | null;
  /** Why the download cannot succeed; null while it may. */
  refusal(): AppError | null;
  /** Why the last request failed, where a later one may succeed. */
  trouble(): string | null;
}

/**
 * A `fetch` for node-llama-cpp's downloader, which repeats what fails for minutes and says nothing meanwhile. It asks as
 * `ask-by-hand.ts` does, and answers what cannot be helped (a wrong certificate, a login page, a file that is not there,
 * a redirect that is not followed) with a status that the downloader takes for final.
 *
 * @param takeRoom Called with the bytes of each piece before it is handed on; throws AppError where there is no room.
 */
export function createWatchedFetch(takeRoom: (bytes: number) => Promise<void>): WatchedFetch {
  const { ask, askOnce } = createHandAsker();
  let sha256: string | null = null;
  let refusal: AppError | null = null;
  let noRoom: AppError | null = null;
  let trouble: string | null = null;
  const asked = new Set<string>();

  function refuse(error: AppError): Response {
    refusal ??= error;
    return new Response(null, { status: 499 });
  }

  async function watched(input: RequestInfo, init: RequestInit = {}): Promise<Response> {
    if (noRoom !== null) return refuse(noRoom);
    const address = new URL(typeof input === 'string' ? input : input instanceof URL ? input.href : input.url);
    const { hostname } = address;
    try {
      await lookForDigest(address, init);
      const response = await ask(address, init);
      const { status, headers } = response;
      if (status === 401 || status === 403) {
        const message = `${hostname} wants a login for this model (HTTP ${status}). Accept its licence there, download it in a browser, and put it into the models folder.`;
        return refuse(new AppError('unauthorized', message));
      }
      if (status === 404 || status === 410) return refuse(new AppError('not_found', `${hostname} has no such file.`));
      if (headers.get('content-type')?.startsWith('text/html')) {
        return refuse(
          new AppError(
            'bad_response',
            `${hostname} answered with a web page, not with a model. Use the file's own address.`,
          ),
        );
      }
      trouble = response.ok ? null : `${hostname} answered with HTTP ${status}; it is tried again.`;
      return withinRoom(response);
    } catch (thrown) {
      const own = proxyRefusal(thrown) ?? appErrorOf(thrown);
      if (own !== null && isProxySilent(own)) {
        trouble = `${own.message} It is tried again.`;
        throw thrown;
      }
      if (own !== null) return refuse(own);
      const failures = failuresOf(thrown);
      const certificate = certificateFailure(failures);
      if (certificate !== undefined) {
        const message = `This computer does not trust the certificate of ${hostname} (${certificate.code}). Where your company checks traffic, name its certificate with NODE_EXTRA_CA_CERTS.`;
        return refuse(new AppError('unavailable', message));
      }
      if (failures[0]?.name !== 'AbortError') trouble = `${hostname} cannot be reached; it is tried again.`;
      throw thrown;
    }
  }

  /** Asks for the digest: Hugging Face names it where it redirects to its store, and only there. */
  async function lookForDigest(address: URL, init: RequestInit): Promise<void> {
    if (!address.pathname.includes('/resolve/') || asked.has(address.pathname)) return;
    asked.add(address.pathname);
    const { headers } = await askOnce(address, { ...init, method: 'HEAD' });
    const tag = (headers.get('x-linked-etag') ?? '').replaceAll('"', '').toLowerCase();
    if (/^[0-9a-f]{64}$/.test(tag)) sha256 = tag;
  }

  /** The answer, whose body ends with a refusal where the disk has no room for more. */
  function withinRoom(response: Response): Response {
    if (response.body === null) return response;
    const watch = new TransformStream<Uint8Array, Uint8Array>({
      async transform(piece, controller) {
        await takeRoom(piece.byteLength).catch((thrown: AppError) => {
          noRoom ??= thrown;
          throw thrown;
        });
        controller.enqueue(piece);
      },
    });
    const { status, statusText, headers, url } = response;
    const watchedOne = new Response(response.body.pipeThrough(watch), { status, statusText, headers });
    // The downloader asks there for the pieces; a response that is made by hand has none.
    return Object.defineProperty(watchedOne, 'url', { value: url });
  }

  return {
    // The types of Node's own fetch and of undici's are the same thing by two names.
    fetch: watched as unknown as typeof globalThis.fetch,
    sha256: () => sha256,
    refusal: () => noRoom ?? refusal,
    trouble: () => trouble,
  };
}

/** The AppError in what undici throws: one of ours, thrown where a connection was made, is its cause. */
function appErrorOf(thrown: unknown): AppError | null {
  if (thrown instanceof AppError) return thrown;
  return thrown instanceof Error && thrown.cause instanceof AppError ? thrown.cause : null;
}
