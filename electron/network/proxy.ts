import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/loopback.ts';

const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/**
 * How to reach `address` through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name; null where there is
 * none, and always for this machine itself. `connect` is for what NO_PROXY excepts: a time limit in milliseconds, or
 * who connects.
 *
 * @throws AppError `not_configured` where a variable is no address.
 */
export function proxyFor(
  address: string,
  connect: number | NonNullable<EnvHttpProxyAgent.Options['connect']>,
): Dispatcher | null {
  if (!proxyVariables.some((name) => process.env[name]) || isLoopback(new URL(address).hostname)) return null;
  try {
    return new EnvHttpProxyAgent({ connect: typeof connect === 'number' ? { timeout: connect } : connect });
  } catch {
    throw new AppError('not_configured', 'HTTPS_PROXY or HTTP_PROXY must look like http://proxy.example:3128.');
  }
}
