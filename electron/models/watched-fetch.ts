import { type RequestInfo, type RequestInit, fetch as undiciFetch } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { certificateFailure, failuresOf, isRefusedByProxy } from '../network/failures.ts';
import { isLoopback } from '../network/loopback.ts';
import { proxyFor } from '../network/proxy.ts';

const connectTimeoutMs = 30_000;

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
 * A `fetch` for node-llama-cpp's downloader, which repeats what fails for minutes and says nothing meanwhile. It takes
 * the proxy of the environment, keeps to https (http on this machine only), and answers what cannot be helped (a wrong
 * certificate, a login page, a file that is not there) with a status that the downloader takes for final.
 */
export function createWatchedFetch(): WatchedFetch {
  let sha256: string | null = null;
  let refusal: AppError | null = null;
  let trouble: string | null = null;
  const asked = new Set<string>();

  function refuse(error: AppError): Response {
    refusal ??= error;
    return new Response(null, { status: 499 });
  }

  async function watched(input: RequestInfo, init: RequestInit = {}): Promise<Response> {
    const address = new URL(typeof input === 'string' ? input : input instanceof URL ? input.href : input.url);
    const { hostname } = address;
    if (!isSafe(address)) return refuse(unsafe(hostname));
    const dispatcher = proxyFor(address.href, connectTimeoutMs);
    const options = dispatcher === null ? init : { ...init, dispatcher };
    try {
      await lookForDigest(address, options);
      const response = await undiciFetch(address, options);
      const { status, headers } = response;
      // It may have led elsewhere.
      if (!isSafe(new URL(response.url))) return refuse(unsafe(new URL(response.url).hostname));
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
      // The types of Node's own fetch and of undici's are the same thing by two names.
      return response as unknown as Response;
    } catch (thrown) {
      const failures = failuresOf(thrown);
      const certificate = certificateFailure(failures);
      if (certificate !== undefined) {
        const message = `This computer does not trust the certificate of ${hostname} (${certificate.code}). Where your company checks traffic, name its certificate with NODE_EXTRA_CA_CERTS.`;
        return refuse(new AppError('unavailable', message));
      }
      if (isRefusedByProxy(failures)) {
        return refuse(new AppError('unavailable', `The proxy does not let this program reach ${hostname}.`));
      }
      if (failures[0]?.name !== 'AbortError') trouble = `${hostname} cannot be reached; it is tried again.`;
      throw thrown;
    }
  }

  /** Hugging Face names the digest where it redirects to its store, and only there. */
  async function lookForDigest(address: URL, options: RequestInit): Promise<void> {
    if (!address.pathname.includes('/resolve/') || asked.has(address.pathname)) return;
    asked.add(address.pathname);
    const { headers } = await undiciFetch(address, { ...options, method: 'HEAD', redirect: 'manual' });
    const tag = (headers.get('x-linked-etag') ?? '').replaceAll('"', '').toLowerCase();
    if (/^[0-9a-f]{64}$/.test(tag)) sha256 = tag;
  }

  return {
    fetch: watched as unknown as typeof globalThis.fetch,
    sha256: () => sha256,
    refusal: () => refusal,
    trouble: () => trouble,
  };
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function unsafe(hostname: string): AppError {
  return new AppError(
    'invalid_input',
    `${hostname} is reached without encryption, so nothing is downloaded from there.`,
  );
}
