import { afterEach, describe, expect, it } from 'vitest';
import type { JiraApi } from '../../../electron/jira/api/jira-api.ts';
import { openJira } from '../../../electron/jira/api/open-jira.ts';
import { toAppError } from '../../../shared/errors.ts';
import { type Answer, createLoopbackServer, type LoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { loginPages, loginRedirects } from '../../unit/jira/logins.ts';
import { deadAddress } from '../setup/setup-on.ts';
import { jiraError } from './scripted-jira.ts';

let jira: LoopbackServer | undefined;
afterEach(async () => {
  await jira?.close();
  jira = undefined;
});

type Deployment = 'cloud' | 'datacenter';

function open(deployment: Deployment, baseUrl: string): JiraApi {
  const email = deployment === 'cloud' ? 'ada@example.com' : null;
  return openJira({ deployment, baseUrl, email, apiToken: 'secret-token' });
}

async function errorsOf(api: JiraApi) {
  const errorOf = (work: Promise<unknown>) => work.then(() => Promise.reject(new Error('It worked.')), toAppError);
  return {
    read: await errorOf(api.getIssue('KAN-1')),
    write: await errorOf(api.createIssue({ fields: {}, texts: {}, property: { requestId: 'r1' } })),
  };
}

async function answering(deployment: Deployment, answer: Answer) {
  jira = await createLoopbackServer({ operationOf: (method) => method, answer: () => answer });
  return errorsOf(open(deployment, jira.origin));
}

const page = (title: string, body = '') => `<html><head><title>${title}</title></head><body>${body}</body></html>`;
const refused = (headers: Record<string, string> = {}) => ({ status: 401, headers, body: { message: 'Unauthorized' } });
const form = '<form><input type="password"></form>';

/** The code that a read ends with, the one that a write does, and what a person reads first. */
type Row = [what: string, answer: Answer, read: string, write: string, words: RegExp];

const rows: Row[] = [
  [
    '400 with field errors',
    jiraError(400, null, { summary: 'Too long.' }),
    'invalid_input',
    'invalid_input',
    /^Jira refused the request.*summary: Too long/,
  ],
  [
    '400 with nothing',
    { status: 400, body: '' },
    'invalid_input',
    'invalid_input',
    /^Jira refused the request \(400\)\.$/,
  ],
  ['403', jiraError(403, 'Nein.'), 'forbidden', 'forbidden', /^Jira does not let this account do that\. Check.*Nein/],
  [
    '403 by the XSRF check',
    { status: 403, body: page('Forbidden', 'XSRF check failed') },
    'forbidden',
    'forbidden',
    /^Jira took this program for a forged page/,
  ],
  [
    '403 by the XSRF check, as text',
    { status: 403, body: 'XSRF check failed' },
    'forbidden',
    'forbidden',
    /XSRF check\)\. A proxy/,
  ],
  [
    '403 by a license that ended',
    jiraError(403, 'Your license has expired.'),
    'forbidden',
    'forbidden',
    /^Jira’s license.*administrator must renew it.*has expired/,
  ],
  [
    '403 by a list of addresses',
    jiraError(403, 'IP address 1.2.3.4 is not allowed.'),
    'unavailable',
    'unavailable',
    /^Jira does not let this network’s address in/,
  ],
  [
    '404',
    jiraError(404, 'Issue Does Not Exist'),
    'not_found',
    'not_found',
    /^Jira has nothing there, or this account may not see it/,
  ],
  [
    '404 as a page, below a wrong path',
    { status: 404, body: page('Not Found') },
    'bad_response',
    'bad_response',
    /does not answer like Jira.*JIRA_BASE_URL.*a path/,
  ],
  ['410', jiraError(410, 'Removed.'), 'invalid_input', 'invalid_input', /^Jira no longer has.*newer version.*Removed/],
  [
    '413',
    { status: 413, body: page('413 Request Entity Too Large') },
    'invalid_input',
    'invalid_input',
    /^The (request|ticket) is larger than Jira, or a proxy before it, takes/,
  ],
  ['429', { status: 429, body: '' }, 'rate_limited', 'rate_limited', /^Jira asks to slow down/],
  [
    '500 in Jira’s words',
    jiraError(500, 'Internal server error'),
    'unavailable',
    'unconfirmed',
    /^Jira failed with 500\./,
  ],
  [
    '500 as a page',
    { status: 500, body: page('Oops', 'Log in') },
    'unavailable',
    'unconfirmed',
    /^Jira failed with 500\./,
  ],
  ['502', { status: 502, body: page('Bad Gateway') }, 'unavailable', 'unconfirmed', /^Jira failed with 502\./],
  [
    '503 for maintenance',
    { status: 503, body: page('Jira is starting up') },
    'unavailable',
    'unconfirmed',
    /^Jira failed with 503\. Jira may be starting, or down for maintenance/,
  ],
  ['504', { status: 504, body: '' }, 'unavailable', 'unconfirmed', /^Jira failed with 504\./],
  [
    'a web page',
    { status: 200, body: page('Welcome') },
    'bad_response',
    'unconfirmed',
    /answered with a web page \("Welcome"\).*Check JIRA_BASE_URL/,
  ],
  [
    'a login page',
    { status: 200, body: page('Sign in', form) },
    'unauthorized',
    'unconfirmed',
    /a login page \("Sign in"\)/,
  ],
  [
    'a login page with 401',
    { status: 401, body: page('Sign in', form) },
    'unauthorized',
    'unauthorized',
    /login page.*log in/,
  ],
  [
    'a login page with 403',
    { status: 403, body: page('SSO', form) },
    'unauthorized',
    'unauthorized',
    /login page.*log in/,
  ],
  [
    'a redirect to a login page',
    { status: 302, headers: { location: 'https://sso.example.com/saml' } },
    'unauthorized',
    'unauthorized',
    /sends us to a login page \(sso\.example\.com\/saml\).*log in/,
  ],
  [
    'a redirect to Jira’s own login',
    { status: 302, headers: { location: '/login.jsp?os_destination=x' } },
    'unauthorized',
    'unauthorized',
    /login page.*log in/,
  ],
  ...Object.entries(loginRedirects).map(
    ([whose, location]): Row => [
      `a redirect to the login of ${whose}`,
      { status: 302, headers: { location } },
      'unauthorized',
      'unauthorized',
      /sends us to a login page.*log in there/,
    ],
  ),
  ...Object.entries(loginPages).map(
    ([what, body]): Row => [
      `a login page with ${what}`,
      { status: 200, headers: { 'content-type': 'text/html' }, body },
      'unauthorized',
      'unconfirmed',
      /answered with a login page/,
    ],
  ),
  [
    'another redirect',
    { status: 301, headers: { location: 'https://new.example.com/jira' } },
    'bad_response',
    'bad_response',
    /redirects to new\.example\.com\/jira\. JIRA_BASE_URL must be Jira’s own address/,
  ],
  ['no JSON', { status: 200, body: 'hello' }, 'bad_response', 'unconfirmed', /not JSON.*Check JIRA_BASE_URL/],
  ['other JSON', { status: 200, body: ['hello'] }, 'bad_response', 'unconfirmed', /Jira/],
  [
    'a captcha',
    {
      status: 403,
      headers: { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://x/login.jsp' },
      body: page('Forbidden'),
    },
    'unauthorized',
    'unauthorized',
    /^Jira wants a captcha: log in to .* once in a browser/,
  ],
  [
    'a captcha, as Seraph says it',
    { status: 401, headers: { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' }, body: '' },
    'unauthorized',
    'unauthorized',
    /captcha/,
  ],
  [
    'a captcha by a redirect',
    { status: 302, headers: { location: '/login.jsp', 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' } },
    'unauthorized',
    'unauthorized',
    /captcha/,
  ],
  [
    'a captcha by a page',
    { status: 200, headers: { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' }, body: page('Log in', form) },
    'unauthorized',
    'unconfirmed',
    /captcha/,
  ],
  [
    'a login that is not found',
    { status: 404, headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }, body: '' },
    'unauthorized',
    'unauthorized',
    /^Jira refused the login/,
  ],
];

describe.each<Deployment>(['cloud', 'datacenter'])('an answer of Jira (%s)', (deployment) => {
  it.each(rows)('%s', async (_what, answer, readCode, writeCode, words) => {
    const { read, write } = await answering(deployment, answer);
    expect([read.code, write.code]).toEqual([readCode, writeCode]);
    expect(read.message).toMatch(words);
    for (const { message } of [read, write]) expect(message).not.toMatch(/secret-token|undefined|\s{2}|:\s*$/);
  });

  it('401 for a scope that is missing', async () => {
    const { read } = await answering(deployment, {
      status: 401,
      body: { message: 'Unauthorized; scope does not match' },
    });
    expect(read).toMatchObject({ code: 'unauthorized', message: expect.stringMatching(/write:jira-work/) });
  });

  it.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['none', {}, undefined],
    ['Data Center’s interval', { 'x-ratelimit-interval-seconds': '3', 'x-ratelimit-remaining': '0' }, 3_000],
    ['Data Center’s interval beside Retry-After', { 'x-ratelimit-interval-seconds': '3', 'retry-after': '2' }, 2_000],
  ])('429 with a pause of %s', async (_what, headers, retryAfterMs) => {
    const { read, write } = await answering(deployment, { status: 429, headers, body: '' });
    expect([read.retryAfterMs, write.retryAfterMs]).toEqual([retryAfterMs, retryAfterMs]);
  });

  it('none, where nobody listens', async () => {
    const { read, write } = await errorsOf(open(deployment, await deadAddress()));
    expect([read.code, write.code]).toEqual(['unavailable', 'unavailable']);
    expect(read.message).toMatch(/cannot be reached \(ECONNREFUSED\)\. Check the network/);
  });

  it('without TLS where it is expected', async () => {
    jira = await createLoopbackServer({ operationOf: () => '', answer: () => ({ status: 200, body: {} }) });
    const { read, write } = await errorsOf(open(deployment, jira.origin.replace('http:', 'https:')));
    expect([read.code, write.code]).toEqual(['unavailable', 'unavailable']);
    expect(read.message).toMatch(/TLS|https/);
  });
});

describe('a refused login', () => {
  it('says what to do in Cloud', async () => {
    const { read } = await answering('cloud', refused());
    expect(read).toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/Check JIRA_EMAIL and JIRA_API_TOKEN/),
    });
  });

  it('says what to do with a personal access token that is wrong, expired, revoked or not allowed', async () => {
    for (const headers of [
      {},
      { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
      { 'www-authenticate': 'OAuth realm="x"' },
    ]) {
      const { read } = await answering('datacenter', refused(headers));
      const words =
        /^Jira refused the login\. Check JIRA_API_TOKEN: .*expired or been revoked.*turned such tokens off.*Profile > Personal Access Tokens/;
      expect(read).toMatchObject({ code: 'unauthorized', message: expect.stringMatching(words) });
      expect(read.message).not.toMatch(/EMAIL|e-?mail/i);
      await jira?.close();
    }
  });
});
