import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/loopback.ts';
import { failuresOf } from './failures.ts';

/** Lower case wins, as in undici. */
const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
/** Milliseconds for a proxy to open a way, where the caller has no limit of its own for connecting. */
const usualPatienceMs = 10_000;

/** Why a proxy opened no way, in `unavailable`: nothing of the request has left. */
const refusals = new WeakSet<AppError>();
/** Those of a proxy that gave no answer, which may be there again in a moment. */
const silences = new WeakSet<AppError>();
/** The last of them for each dispatcher, since a WebSocket does not say why it failed. */
const lastRefusals = new WeakMap<object, AppError>();

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
  const limitMs = typeof connect === 'number' ? connect : usualPatienceMs;
  try {
    const agent: Dispatcher = new EnvHttpProxyAgent({
      connect: typeof connect === 'number' ? { timeout: connect } : connect,
      proxyTls: { timeout: limitMs },
      clientFactory: (origin, options) => openTunnels(origin, options, limitMs, note),
    });
    function note(refusal: AppError | null): void {
      if (refusal === null) lastRefusals.delete(agent);
      else lastRefusals.set(agent, refusal);
    }
    return agent;
  } catch {
    throw new AppError('not_configured', 'HTTPS_PROXY or HTTP_PROXY must look like http://proxy.example:3128.');
  }
}

/** Why the proxy opened no way, where that is what failed; null where something else did. */
export function proxyRefusal(thrown: unknown, depth = 0): AppError | null {
  if (!(thrown instanceof Error) || depth > 5) return null;
  if (thrown instanceof AppError && refusals.has(thrown)) return thrown;
  // @slack/web-api keeps its cause under a name of its own.
  const causes = [thrown.cause, Reflect.get(thrown, 'original')];
  return causes.map((cause) => proxyRefusal(cause, depth + 1)).find((found) => found !== null) ?? null;
}

/** Whether that is because the proxy was not reached or did not answer; one that answered refuses the next request, too. */
export function isProxySilent(refusal: AppError): boolean {
  return silences.has(refusal);
}

/** Why the proxy behind this dispatcher opened the last way not; null where it refused none. */
export function lastProxyRefusal(dispatcher: object | undefined): AppError | null {
  return dispatcher === undefined ? null : (lastRefusals.get(dispatcher) ?? null);
}

/** The client that speaks to a proxy. What keeps it from opening a way is told as the proxy's, never as the service's. */
function openTunnels(
  proxy: URL,
  options: object,
  limitMs: number,
  note: (refusal: AppError | null) => void,
): Dispatcher {
  const client = new Pool(proxy, { ...options, headersTimeout: limitMs });
  const connect = client.connect.bind(client);
  function refuse(refusal: AppError): never {
    refusals.add(refusal);
    note(refusal);
    throw refusal;
  }
  async function connectThrough(asked: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    const answer = await connect(asked).catch((thrown: unknown) => refuse(unreachable(proxy, thrown)));
    if (answer.statusCode === 200) {
      note(null);
      return answer;
    }
    answer.socket.on('error', () => {}).destroy();
    return refuse(refused(proxy, answer.statusCode, asked.path));
  }
  return Object.assign(client, { connect: connectThrough });
}

/** The proxy in words: its address without credentials, and the variable that names it. */
function nameOf(proxy: URL): string {
  const isIt = (value: string | undefined) => value && URL.canParse(value) && new URL(value).href === proxy.href;
  const variable = proxyVariables.find((name) => isIt(process.env[name])) ?? 'HTTPS_PROXY';
  return `${proxy.protocol}//${proxy.host} (${variable})`;
}

function unreachable(proxy: URL, thrown: unknown): AppError {
  const code = failuresOf(thrown).find((failure) => failure.code !== '')?.code ?? 'no code';
  const message = `The proxy ${nameOf(proxy)} cannot be reached or does not answer (${code}). Check that it runs, and HTTPS_PROXY, HTTP_PROXY and NO_PROXY.`;
  const error = new AppError('unavailable', message, { cause: thrown });
  silences.add(error);
  return error;
}

function refused(proxy: URL, status: number, target: string): AppError {
  const what =
    status === 407
      ? 'wants a login (HTTP 407). Put it into the address, as in http://name:password@proxy.example:3128'
      : `does not let this program through to ${target} (HTTP ${status}). Ask whoever runs it, or name the host in NO_PROXY if it is reached directly`;
  return new AppError('unavailable', `The proxy ${nameOf(proxy)} ${what}.`);
}
