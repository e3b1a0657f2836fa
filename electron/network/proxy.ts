import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { isLoopback } from './loopback.ts';

const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/**
 * How to reach `address` through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name; null where there is
 * none, and always for this machine itself.
 *
 * @throws AppError `not_configured` where a variable is no address.
 */
export function proxyFor(address: string, connectTimeoutMs: number): Dispatcher | null {
  if (!proxyVariables.some((name) => process.env[name]) || isLoopback(new URL(address).hostname)) return null;
  try {
    return new EnvHttpProxyAgent({ connect: { timeout: connectTimeoutMs } });
  } catch {
    throw new AppError('not_configured', 'HTTPS_PROXY or HTTP_PROXY must look like http://proxy.example:3128.');
  }
}
