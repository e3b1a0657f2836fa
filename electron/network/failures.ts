/** One link in the chain of causes of a failed request; empty texts where Node or undici say nothing. */
export interface Failure {
  name: string;
  /** Node's or undici's error code. */
  code: string;
  syscall: string;
  message: string;
}

/** The error, what caused it, and each address that was tried (an AggregateError when a name has several). */
export function failuresOf(thrown: unknown, depth = 0): Failure[] {
  if (!(thrown instanceof Error) || depth > 5) return [];
  const text = (key: string) => {
    const value: unknown = Reflect.get(thrown, key);
    return typeof value === 'string' ? value : '';
  };
  const failure = { name: thrown.name, code: text('code'), syscall: text('syscall'), message: thrown.message };
  const inner: unknown[] = thrown instanceof AggregateError ? thrown.errors : [];
  // @slack/web-api keeps its cause under a name of its own.
  const causes = [thrown.cause, Reflect.get(thrown, 'original'), ...inner];
  return [failure, ...causes.flatMap((each) => failuresOf(each, depth + 1))];
}

const certificateCodes =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|ERR_SSL_WRONG_VERSION)/;
const unreachedCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** The failure that shows a certificate which this machine does not trust. */
export function certificateFailure(failures: Failure[]): Failure | undefined {
  return failures.find(({ code }) => certificateCodes.test(code));
}

/** The failure that shows that no connection came to be, so that no byte of the request can have left. */
export function connectFailure(failures: Failure[]): Failure | undefined {
  return failures.find(
    ({ code, syscall }) => unreachedCodes.has(code) || syscall === 'connect' || syscall === 'getaddrinfo',
  );
}
