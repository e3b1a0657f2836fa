import { describe, expect, it } from 'vitest';
import { answerError, transportError } from '../../../electron/jira/api/errors.ts';
import { refusalOf, refusalWords } from '../../../electron/jira/api/refusal.ts';
import { parseRetryAfter } from '../../../electron/network/retry-after.ts';
import { loginPages, loginRedirects } from './logins.ts';

const login = 'Check JIRA_EMAIL and JIRA_API_TOKEN.';
const read = { host: 'acme.atlassian.net', path: '/rest/api/3/myself', repeatable: true, timeoutMs: 15_000, login };
const write = { ...read, repeatable: false };

/** As undici's fetch rejects: a TypeError around the cause. */
function fetchFailed(cause: { code?: string; name?: string; message?: string; syscall?: string }): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(cause.message ?? 'x'), cause) });
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return {
    status,
    headers: new Headers(headers),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

describe('a failed connection', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'never sent anything after %s, so even a write may be repeated',
    (code) => {
      expect(transportError(fetchFailed({ code }), write).code).toBe('unavailable');
    },
  );

  it('looks into the addresses that were tried one after the other', () => {
    const refused = Object.assign(new Error('x'), { code: 'ETIMEDOUT', syscall: 'connect' });
    const thrown = new TypeError('fetch failed', { cause: new AggregateError([refused]) });
    expect(transportError(thrown, write).code).toBe('unavailable');
  });

  it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
    'says that the certificate is the trouble after %s',
    (code) => {
      const error = transportError(fetchFailed({ code }), write);
      expect(error.code).toBe('unavailable');
      expect(error.message).toContain(`certificate of acme.atlassian.net is not trusted (${code})`);
    },
  );

  it('says of a server without TLS that it may have to be asked over http', () => {
    const error = transportError(fetchFailed({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), write);
    expect([error.code, error.message]).toEqual(['unavailable', expect.stringMatching(/over https .*write http:\/\//)]);
  });

  it.each([
    ['ECONNRESET', fetchFailed({ code: 'ECONNRESET', syscall: 'read' })],
    ['a socket error', fetchFailed({ code: 'UND_ERR_SOCKET' })],
    ['no answer in time', new DOMException('x', 'TimeoutError')],
    ['anything unheard of', 'odd'],
  ])('may have sent a write after %s, so only a read may be repeated', (_what, thrown) => {
    expect(transportError(thrown, write).code).toBe('unconfirmed');
    expect(transportError(thrown, read).code).toBe('unavailable');
  });
});

it('a connection that broke is told from one that nobody answered', () => {
  const broken = transportError(fetchFailed({ code: 'ECONNRESET', syscall: 'read' }), read);
  expect(broken.message).toBe('The connection to Jira at acme.atlassian.net broke (ECONNRESET).');
  const late = transportError(new DOMException('x', 'TimeoutError'), read);
  expect(late.message).toBe('Jira at acme.atlassian.net did not answer within 15 s.');
});

describe('an answer', () => {
  it('is no error when it is a success', () => {
    expect(answerError(answer(201, { id: '1' }), write)).toBeNull();
    expect(answerError(answer(204, ''), write)).toBeNull();
    expect(answerError(answer(200, '', { 'content-type': 'text/html' }), read)).toBeNull();
  });

  it.each([
    [400, 'invalid_input'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [410, 'invalid_input'],
    [413, 'invalid_input'],
    [429, 'rate_limited'],
    [500, 'unconfirmed'],
    [503, 'unconfirmed'],
  ])('with %i to a write is %s', (status, code) => {
    const error = answerError(answer(status, { errorMessages: ['Jira says so.'], errors: {} }), write);
    expect(error?.code).toBe(code);
    expect(error?.message).toContain('Jira says so.');
    expect(refusalOf(error)?.status).toBe(status);
  });

  it('with a server error to a read is safe to repeat', () => {
    expect(answerError(answer(502, 'oops'), read)?.code).toBe('unavailable');
  });

  it('by Jira itself ends its work within seconds', () => {
    const words = { errorMessages: ['Internal server error'], errors: {} };
    expect(answerError(answer(500, words), write)?.openForMs).toBe(5_000);
    expect(answerError(answer(503, { errorMessages: [], errors: { summary: 'x' } }), write)?.openForMs).toBe(5_000);
    expect(answerError(answer(503, { errorMessages: [], errors: {} }), write)?.openForMs).toBe(5_000);
    expect(answerError(answer(503, { errorMessages: [] }), write)?.openForMs).toBe(5_000);
  });

  it('by HAProxy, which had no Jira to ask, is over within seconds', () => {
    const page =
      '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body>';
    expect(answerError(answer(503, page), write)).toMatchObject({ code: 'unconfirmed', openForMs: 5_000 });
    expect(answerError(answer(502, page), write)).toMatchObject({ code: 'unconfirmed', openForMs: undefined });
  });

  it.each([
    ['a mesh before Jira', 503, 'upstream connect error or disconnect/reset before headers'],
    ['nobody', 503, ''],
    ['a web page', 500, '<html>Oops</html>'],
    ['Atlassian’s gateway', 500, { code: 500, message: 'Internal error' }],
    ['something with another form', 503, { status: 503, error: 'Service Unavailable' }],
    ['a page of somebody else', 503, '<html>Maintenance</html>'],
    ['a gateway', 502, { errorMessages: [], errors: {} }],
    ['what gave up waiting', 504, { errorMessages: ['Gateway timeout'], errors: {} }],
  ])('by %s leaves the work open as long as ever', (_who, status, body) => {
    const error = answerError(answer(status, body), write);
    expect(error).toMatchObject({ code: 'unconfirmed', openForMs: undefined });
  });

  it('says how long to wait, in seconds or until a date', () => {
    const now = Date.parse('2026-01-31T10:00:00Z');
    expect(answerError(answer(429, '', { 'retry-after': '7' }), read, now)?.retryAfterMs).toBe(7000);
    expect(parseRetryAfter('Sat, 31 Jan 2026 10:01:00 GMT', now)).toBe(60_000);
    expect(parseRetryAfter('Sat, 31 Jan 2026 09:00:00 GMT', now)).toBe(0);
    expect(parseRetryAfter('18446744073709551615', now)).toBe(3_600_000);
    expect(parseRetryAfter('9'.repeat(500), now)).toBeUndefined();
    expect(parseRetryAfter('2592000', now)).toBe(3_600_000);
    expect(parseRetryAfter('Sat, 31 Jan 9999 10:01:00 GMT', now)).toBe(3_600_000);
    // X-RateLimit-Reset may be seconds since 1970.
    expect(parseRetryAfter(String(now / 1000 + 60), now)).toBe(60_000);
    for (const odd of ['-5', '5, 10', '30s', '2 seconds']) expect(parseRetryAfter(odd, now)).toBeUndefined();
    expect(parseRetryAfter('soon', now)).toBeUndefined();
    expect(parseRetryAfter(null, now)).toBeUndefined();
  });

  it('takes the reset of a limit for the time to wait only where a limit was reached', () => {
    const headers = { 'x-ratelimit-reset': '60' };
    expect(answerError(answer(429, '', headers), read)?.retryAfterMs).toBe(60_000);
    expect(answerError(answer(503, '', headers), read)?.retryAfterMs).toBeUndefined();
  });

  it('that it is too large blames the ticket, whoever says so', () => {
    const error = answerError(answer(413, '<html>Request Entity Too Large</html>'), write);
    expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('larger') });
  });

  it('calls a ticket too large only where one was sent', () => {
    const words = (sent: typeof read) => answerError(answer(413, '<html>Too Large</html>'), sent)?.message;
    expect(words(write)).toMatch(/^The ticket is larger/);
    expect(words(read)).toMatch(/^The request is larger/);
  });

  it('reads a date against the other side’s own clock', () => {
    const headers = { 'retry-after': 'Sat, 31 Jan 2026 10:01:00 GMT', date: 'Sat, 31 Jan 2026 10:00:30 GMT' };
    const ourNow = Date.parse('2026-01-31T08:00:00Z');
    expect(answerError(answer(429, '', headers), read, ourNow)?.retryAfterMs).toBe(30_000);
  });

  it.each(Object.entries(loginRedirects))('that redirects to the login of %s wants one', (_whose, location) => {
    for (const facts of [read, write]) {
      expect(answerError(answer(302, '', { location }), facts)).toMatchObject({
        code: 'unauthorized',
        message: expect.stringMatching(/sends us to a login page.*log in there/),
      });
    }
  });

  it.each([
    'https://lessons.example.com/authors',
    'https://blogin.example.com/',
    'https://designing.example.com/assignin/samloan',
    'http://portal.example.com/hello',
    'https://new.example.com/jira',
    'https://new.example.com/jira/rest/api/3/myself?expand=x',
    'https://acme.atlassian.net/jira/rest/api/3/myself?expand=x',
    '',
  ])('that leads to %s is not Jira’s', (location) => {
    expect(answerError(answer(307, '<html>', { location }), write)).toMatchObject({ code: 'bad_response' });
  });

  it.each([
    [303, '/rest/api/3/myself/KAN-7'],
    [303, '/browse/KAN-7'],
    [303, ''],
    [302, '/jira/rest/api/3/myself/KAN-7'],
    [301, 'https://acme.atlassian.net/rest/api/3/myself/KAN-7'],
  ])('%i to %s may lead to what a write has made', (status, location) => {
    const error = answerError(answer(status, '', { location }), write);
    expect(error).toMatchObject({ code: 'unconfirmed', openForMs: 5_000 });
    expect(answerError(answer(status, '', { location }), read)?.code).toBe('bad_response');
  });

  it('that leads a write to a login has made nothing, whatever its status', () => {
    const location = loginRedirects['Jira’s own login'];
    for (const status of [302, 303, 307])
      expect(answerError(answer(status, '', { location }), write)?.code).toBe('unauthorized');
  });

  it('that leads to the same path on a host with a login’s name is moved only from there', () => {
    const host = 'jira.sso.example.com';
    const location = `https://${host}${read.path}`;
    expect(answerError(answer(301, '', { location }), { ...read, host })?.code).toBe('bad_response');
  });

  it.each([
    { errorMessages: ['The IP address has been rejected because it is not on the allow list.'], errors: {} },
    'The IP address has been rejected because it is not listed in the organization’s IP allowlist.',
    { message: 'Your IP address is not allowed to access this site.' },
  ])('for an address outside the site’s list is a state of the network', (body) => {
    const error = answerError(answer(403, body), write);
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('address') });
    if (typeof body !== 'string') expect(error?.message).toContain('IP address');
  });

  it.each([
    { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' },
    { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://x/login.jsp' },
  ])('asking for a captcha says where to solve it, with whatever status: %j', (headers) => {
    // More refused logins would prolong it.
    const captcha = { code: 'unauthorized', message: expect.stringContaining('captcha'), needsPerson: true };
    const page = '<html><title>Log in</title><input type="password"></html>';
    for (const [status, more, body] of [
      [302, { location: '/login.jsp?os_destination=x' }, ''],
      [303, { location: 'https://new.example/' }, ''],
      [200, {}, page],
      [200, {}, '<html>Welcome</html>'],
      [401, {}, page],
      [403, {}, ''],
      [503, {}, ''],
    ] as const) {
      expect(answerError(answer(status, body, { ...headers, ...more }), read)).toMatchObject(captcha);
    }
    const lost = { code: 'unconfirmed', cause: expect.objectContaining(captcha) };
    expect(answerError(answer(200, page, headers), write)).toMatchObject(lost);
    expect(answerError(answer(200, { id: '1' }, headers), read)).toBeNull();
  });

  it('"not found" after a failed login is a refused login', () => {
    const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
    expect(answerError(answer(404, '', headers), read)?.code).toBe('unauthorized');
  });

  it('that is a web page is told from data by its content or its type', () => {
    const login = '<!DOCTYPE html><title>Log in with Atlassian account</title><input type="password">';
    const error = answerError(answer(200, login), read);
    expect(error?.code).toBe('unauthorized');
    expect(error?.message).toContain('a login page ("Log in with Atlassian account")');
    expect(answerError(answer(200, '<html>Hello</html>'), read)?.code).toBe('bad_response');
    expect(answerError(answer(200, login), write)?.code).toBe('unconfirmed');
    expect(answerError(answer(401, login), read)?.code).toBe('unauthorized');
    expect(answerError(answer(404, 'gone', { 'content-type': 'text/html' }), read)?.code).toBe('bad_response');
    const blocked = answerError(answer(403, '<html>Blocked by the firewall</html>'), read);
    expect(blocked).toMatchObject({ code: 'bad_response', message: expect.stringContaining('a proxy page') });
  });

  it.each(Object.entries(loginPages))('that is a login page is known by %s', (_what, page) => {
    for (const status of [200, 401, 403]) {
      const error = answerError(answer(status, page, { 'content-type': 'text/html' }), read);
      expect(error).toMatchObject({
        code: 'unauthorized',
        message: expect.stringMatching(/a login page.*log in there/),
      });
    }
  });

  it.each(['our blog in the', 'a dialog in', 'the catalog in', 'a blogin'])(
    'that is a page with the words "%s" is no login page',
    (words) => {
      const page = `<html><title>x</title>${words} next week</html>`;
      expect(answerError(answer(200, page), read)).toMatchObject({ code: 'bad_response' });
    },
  );

  it('that is a page is known by its first 64 kB, whatever follows', () => {
    const late = `<html>${' '.repeat(66_000)}<title>Log in</title><input type="password">`;
    expect(answerError(answer(200, late), read)?.message).toContain('answered with a web page');
    const early = `${' '.repeat(5_000)}<title lang="en">Log in</title>${'<title'.repeat(100_000)}`;
    expect(answerError(answer(200, early), read)?.message).toContain('a login page ("Log in")');
    for (const odd of ['<title', '<meta refresh url=', '<meta http-equiv=refresh>url=', 'type =  ']) {
      expect(answerError(answer(200, `<html>${odd.repeat(50_000)}`), read)?.message).toContain(
        'answered with a web page',
      );
    }
  });

  it('in which far too many words stand is not read for them', () => {
    const saying = (words: number) => answer(400, { errorMessages: Array.from({ length: words }, () => 'no') });
    expect(answerError(saying(2), read)?.message).toContain('no no');
    expect(answerError(saying(2_000), read)?.message).not.toContain('no no');
    expect(answerError(answer(400, { errorMessages: ['no'.repeat(50_000)] }), read)?.message).not.toContain('nono');
  });

  it('that redirects is a login page or a wrong base URL', () => {
    const login = answerError(answer(302, '', { location: 'https://id.atlassian.com/login?continue=x' }), read);
    expect(login).toMatchObject({ code: 'unauthorized', message: expect.stringContaining('id.atlassian.com/login') });
    const moved = answerError(answer(301, '', { location: 'https://new.example/' }), write);
    expect(moved).toMatchObject({ code: 'bad_response', message: expect.stringContaining('JIRA_BASE_URL') });
    const nowhere = { code: 'bad_response', message: expect.stringContaining('redirects to another address') };
    expect(answerError(answer(302, ''), read)).toMatchObject(nowhere);
  });

  it('about scopes names them', () => {
    const error = answerError(answer(401, { code: 401, message: 'Unauthorized; scope does not match' }), read);
    expect(error?.message).toContain('write:jira-work');
  });
});

describe('refusalWords', () => {
  it('calls fields by the names that people know', () => {
    const error = answerError(
      answer(400, { errorMessages: ['No.'], errors: { customfield_1: 'Team is required.' } }),
      read,
    );
    const refusal = refusalOf(error);
    expect(refusal && refusalWords(refusal, new Map([['customfield_1', 'Team']]))).toBe('No. Team: Team is required.');
    expect(refusal && refusalWords(refusal)).toBe('No. customfield_1: Team is required.');
  });
});
