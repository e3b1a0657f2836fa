import { beginningOf } from '../../../shared/beginning.ts';
import { AppError } from '../../../shared/errors.ts';
import { certificateFailure, connectFailure, failuresOf } from '../../network/failures.ts';
import { proxyRefusal } from '../../network/proxy.ts';
import { parseRetryAfter, timeOf } from '../../network/retry-after.ts';
import { judgeRedirect } from './redirect.ts';
import { isJirasOwn, parseRefusal, refusalWords } from './refusal.ts';
import { describePage } from './web-page.ts';

/** What is known of a request when it fails. */
export interface RequestFacts {
  host: string;
  /** Path that was asked, with that of the site. */
  path: string;
  /** Whether sending it twice does the same as sending it once: everything but a POST. */
  repeatable: boolean;
  timeoutMs: number;
  /** What to do where the login is refused, in words; empty where none was sent. */
  login: string;
}

export interface HttpAnswer {
  status: number;
  headers: { get(name: string): string | null };
  body: string;
}

/** What Jira answered with an error of its own may still show up for so long, in milliseconds. */
const answeredMs = 5_000;
const gatewayStatuses = new Set([408, 502, 504]);
/** Network Authentication Required: a portal has kept the request (RFC 6585). */
const portalStatus = 511;

/** No usable answer came: by the code in the chain of causes, whether any byte of the request can have left. */
export function transportError(thrown: unknown, request: RequestFacts): AppError {
  const { host } = request;
  const byProxy = proxyRefusal(thrown);
  if (byProxy !== null) return byProxy;
  const failures = failuresOf(thrown);
  const certificate = certificateFailure(failures);
  if (certificate) {
    const { code } = certificate;
    const authority =
      'Check JIRA_BASE_URL, or make the certificate authority known to this computer (NODE_EXTRA_CA_CERTS).';
    // Whoever answers there speaks something else than TLS.
    const message = code.startsWith('ERR_SSL_WRONG_VERSION')
      ? `${host} does not answer over https (${code}). Check the port in JIRA_BASE_URL. Where your Jira is reached over http only, write http:// before the address.`
      : `The certificate of ${host} is not trusted (${code}). ${authority}`;
    return new AppError('unavailable', message, { cause: thrown });
  }
  const unreached = connectFailure(failures);
  if (unreached) {
    const message = `Jira at ${host} cannot be reached (${unreached.code}). Check the network, the VPN and JIRA_BASE_URL.`;
    return new AppError('unavailable', message, { cause: thrown });
  }
  const seconds = Math.round(request.timeoutMs / 100) / 10;
  const isLate = failures.some(({ name }) => name === 'TimeoutError' || name === 'AbortError');
  const happened = isLate
    ? `Jira at ${host} did not answer within ${seconds} s.`
    : `The connection to Jira at ${host} broke (${failures.find(({ code }) => code !== '')?.code ?? 'no code'}).`;
  return lost(happened, request, { cause: thrown });
}

/** What is wrong with an answer; null when it is a success that can be read. */
export function answerError(answer: HttpAnswer, request: RequestFacts, now = Date.now()): AppError | null {
  const { status, headers, body } = answer;
  const { host } = request;
  const page = describePage(headers.get('content-type'), body);
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && page === null) return null;
  const refusal = parseRefusal(status, page === null ? body : '');
  const words = page === null ? refusalWords(refusal) : `It sent ${page.name}.`;
  // Jira asks for a captcha after failed logins, and may do so by a page or a redirect.
  const login = headers.get('x-seraph-loginreason') ?? '';
  const denied = headers.get('x-authentication-denied-reason') ?? '';
  const captcha = login.includes('AUTHENTICATION_DENIED') || /captcha/i.test(denied) ? captchaOf(host, refusal) : null;
  if (isSuccess && page !== null) {
    // Whoever put a page there has ended its work, too.
    const happened = `${host} answered with ${page.name}`;
    const cause = captcha ?? (page.isLogin ? behindLogin(happened, request) : undefined);
    return (request.repeatable && cause) || unusable(happened, request, { cause, openForMs: answeredMs });
  }
  if (captcha !== null) return captcha;
  if (status >= 300 && status < 400) return redirected(status, headers.get('location'), request);

  // A date is read against the other side's own clock, which may differ from this computer's.
  const theirNow = timeOf(headers, now);
  const retryAfterMs =
    parseRetryAfter(headers.get('retry-after'), theirNow) ?? (status === 429 ? pauseOf(headers, theirNow) : undefined);
  const fail = (code: AppError['code'], message: string) =>
    new AppError(code, `${message} ${words}`.trim(), { cause: refusal, retryAfterMs });

  if (status === 401 && page?.hasForm) return behindLogin(`${host} answered with ${page.name}`, request);
  // An unknown login is "not found" on what anonymous people may read.
  if (status === 401 || login.includes('AUTHENTICATED_FAILED')) {
    const scopes = /scope does not match/i.test(body)
      ? ' The token needs the scopes read:jira-work, write:jira-work and read:jira-user.'
      : '';
    if (request.login === '') return fail('unauthorized', `${host} wants us to log in first.`);
    return fail('unauthorized', `Jira refused the login. ${request.login}${scopes}`);
  }
  if (status === 407) return fail('unavailable', 'The proxy wants a login. Check HTTPS_PROXY.');
  if (status === 429) return fail('rate_limited', 'Jira asks to slow down.');
  if (status >= 500 || status === 408) {
    // In its own words Jira itself has answered, so it has ended its work; behind whatever else answers it may go on.
    const isOwn = !gatewayStatuses.has(status) && isJirasOwn(body);
    const isEnded = isOwn || isWithoutServer(status, body) || status === portalStatus;
    const openForMs = isEnded ? answeredMs : undefined;
    const advice =
      status === 503 ? ' Jira may be starting, or down for maintenance: what waits goes on by itself.' : '';
    return lost(`Jira failed with ${status}.${advice} ${words}`.trim(), request, {
      cause: refusal,
      retryAfterMs,
      openForMs,
    });
  }
  if (status === 403 && addressRefusal.test(beginningOf(body))) {
    // By the site's or the organisation's list of allowed addresses: another network, or the VPN, is let in again.
    const said = words === '' || page !== null ? '' : ` In its words: ${words}`;
    const message = `Jira does not let this network’s address in. It goes on by itself from an address that it allows, such as the VPN’s.${said}`;
    return new AppError('unavailable', message, { cause: refusal });
  }
  if (status === 403 && /xsrf/i.test(beginningOf(body))) {
    const message =
      'Jira took this program for a forged page (its XSRF check). A proxy on the way may take headers away: ask who runs it.';
    return fail('forbidden', message);
  }
  if (status === 403 && /licen[cs]e/i.test(beginningOf(body))) {
    return fail('forbidden', 'Jira’s license lets nobody write just now. A Jira administrator must renew it.');
  }
  if (status === 413) {
    // A ticket travels in a POST.
    const what = request.repeatable ? 'request' : 'ticket';
    return fail('invalid_input', `The ${what} is larger than Jira, or a proxy before it, takes.`);
  }
  if (page?.hasForm) return behindLogin(`${host} answered ${status} with ${page.name}`, request);
  if (page !== null) {
    const advice =
      'Check JIRA_BASE_URL: where Jira lies below a path (https://jira.example.com/jira), that belongs to it.';
    return fail('bad_response', `${host} does not answer like Jira (${status}). ${advice}`);
  }
  if (status === 410) {
    return fail(
      'invalid_input',
      'Jira no longer has what was asked for (410). A newer version of this program may help.',
    );
  }
  if (status === 403) {
    return fail('forbidden', "Jira does not let this account do that. Check the account's permissions.");
  }
  if (status === 404) return fail('not_found', 'Jira has nothing there, or this account may not see it.');
  return fail('invalid_input', `Jira refused the request (${status}).`);
}

/** Pause that rate limits ask for where no Retry-After does: Cloud says when they end, Data Center how often they are renewed. */
function pauseOf(headers: HttpAnswer['headers'], now: number): number | undefined {
  return (
    parseRetryAfter(headers.get('x-ratelimit-reset'), now) ??
    parseRetryAfter(headers.get('x-ratelimit-interval-seconds'), now)
  );
}

/** A success that cannot be used: what a POST did is unknown then. */
export function unusable(
  happened: string,
  request: RequestFacts,
  details: { cause?: unknown; openForMs?: number } = {},
): AppError {
  const code = request.repeatable ? 'bad_response' : 'unconfirmed';
  return new AppError(code, `${happened} instead of Jira's data. Check JIRA_BASE_URL and the network.`, details);
}

function lost(
  happened: string,
  request: RequestFacts,
  details: { cause: unknown; retryAfterMs?: number | undefined; openForMs?: number | undefined },
): AppError {
  return request.repeatable
    ? new AppError('unavailable', happened, details)
    : new AppError('unconfirmed', `${happened} It may have done the work all the same.`, details);
}

function captchaOf(host: string, cause: unknown): AppError {
  const message = `Jira wants a captcha: log in to ${host} once in a browser with this account, then try again.`;
  return new AppError('unauthorized', message, { cause, needsPerson: true });
}

/** Something wants a person to log in, which no token does. */
function behindLogin(happened: string, { login }: RequestFacts): AppError {
  const advice = ` ${login} Where a single sign-on stands before Jira, log in there, or have it let /rest/ through.`;
  return new AppError('unauthorized', `${happened} instead of Jira’s data.${login === '' ? '' : advice}`);
}

function redirected(status: number, location: string | null, request: RequestFacts): AppError {
  const { host } = request;
  const { kind, where } = judgeRedirect(location, request);
  if (kind === 'login') return behindLogin(`${host} sends us to a login page (${where})`, request);
  if (kind === 'gateway') return behindLogin(`${host} sends us to a login page or a portal (${where})`, request);
  const happened = `${host} redirects to ${where}`;
  // To what a request made leads "See Other", or an address below the one that was asked.
  if (!request.repeatable && (status === 303 || kind === 'made')) {
    return unusable(happened, request, { openForMs: answeredMs });
  }
  const advice =
    'JIRA_BASE_URL must be Jira’s own address, such as https://your-site.atlassian.net or https://jira.example.com/jira.';
  return new AppError('bad_response', `${happened}. ${advice}`);
}

/** Atlassian's words for an address outside its list of allowed ones. */
const addressRefusal = /\bIP address\b.{0,80}\b(rejected|not (on|in|allowed))|not on the (IP )?allow ?list/i;

/** HAProxy's page where it had nobody to give the request to, so that nobody took it. */
function isWithoutServer(status: number, body: string): boolean {
  return status === 503 && beginningOf(body).includes('No server is available to handle this request');
}
