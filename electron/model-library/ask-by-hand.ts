import { Agent, type Dispatcher, Headers, type RequestInit, type Response, fetch as undiciFetch } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/loopback.ts';
import { proxyFor } from '../network/proxy.ts';
import { createReach, type Reach } from '../network/reach.ts';

const connectTimeoutMs = 30_000;
/** Redirects followed at most; hubs need one or two. */
const mostHops = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
/** Headers meant for the address that was asked first, and for no other. */
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie'];

/**
 * Makes the requests of one download through the proxy of the environment, and follows redirects itself, since each
 * address is judged before anything is asked there: https only (http where a download began with it on this machine),
 * never from outside to this computer or its network, and not on for ever. Throws AppError where it is not followed.
 */
export function createHandAsker(reach: Reach = createReach(connectTimeoutMs)) {
  let direct: Dispatcher | null = null;
  let proxied: Dispatcher | null = null;
  /** The only origin that gets what a request says of who asks. */
  let secretsFor: string | null = null;

  function dispatcherFor({ href }: URL): Dispatcher {
    proxied ??= proxyFor(href, reach.connect);
    if (proxied !== null && !isLoopback(new URL(href).hostname)) return proxied;
    direct ??= new Agent({ connect: reach.connect });
    return direct;
  }

  function headersFor({ origin }: URL, init: RequestInit): Headers {
    const headers = new Headers(init.headers);
    if (secretHeaders.some((name) => headers.has(name))) secretsFor ??= origin;
    if (origin !== secretsFor) for (const name of secretHeaders) headers.delete(name);
    return headers;
  }

  /** Asks at `address` alone. */
  async function askOnce(address: URL, init: RequestInit): Promise<Response> {
    if (!isSafe(address)) {
      const message = `${address.hostname} is reached without encryption, so nothing is downloaded from there.`;
      throw new AppError('invalid_input', message);
    }
    reach.demand(address);
    const options = { ...init, headers: headersFor(address, init), dispatcher: dispatcherFor(address) };
    const response = await undiciFetch(address, { ...options, redirect: 'manual' });
    reach.answered(address);
    return response;
  }

  async function ask(address: URL, init: RequestInit): Promise<Response> {
    let at = address;
    for (let hop = 0; hop <= mostHops; hop += 1) {
      const response = await askOnce(at, init);
      const target = redirects.has(response.status) ? response.headers.get('location') : null;
      if (target === null) return response;
      await response.body?.cancel();
      at = nextAddress(at, target);
    }
    throw new AppError('bad_response', `${address.hostname} redirects again and again, so it is not followed.`);
  }

  return { askOnce, ask };
}

function nextAddress(from: URL, target: string): URL {
  if (!URL.canParse(target, from.href)) {
    throw new AppError('bad_response', `${from.hostname} redirects to something that is no address.`);
  }
  const next = new URL(target, from);
  next.username = '';
  next.password = '';
  if (from.protocol === 'https:' && next.protocol !== 'https:') {
    const message = `${from.hostname} redirects to ${next.hostname} without encryption, so nothing is downloaded from there.`;
    throw new AppError('invalid_input', message);
  }
  return next;
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
