import type { FaultyAnswer } from '../faults.ts';

const loginForm =
  '<!doctype html><html><head><title>Log in</title></head><body><form id="login-form" method="post" action="/sso/login">' +
  '<input name="os_username"><input name="os_password" type="password"></form></body></html>';

/** What Data Centers answer with in place of what was asked for. For `failNext` and `failWhile`. */
export const dataCenterFaults = {
  /** A gateway in front sends everybody, server information included, to its login page. */
  ssoRedirect: { status: 302, headers: { location: 'https://sso.example.com/login?service=jira' } },
  /** One that answers with the page itself, and with 200. */
  ssoPage: { status: 200, body: loginForm },
  xsrf: { status: 403, body: 'XSRF check failed' },
  /** Out of tokens of the rate limit; the next one comes within the interval. */
  rateLimited: {
    status: 429,
    headers: {
      'retry-after': '1',
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-fillrate': '1',
      'x-ratelimit-interval-seconds': '1',
    },
    body: { message: 'Rate limit exceeded.', 'status-code': 429 },
  },
  /** A proxy had taken Retry-After away. */
  rateLimitedWithoutDelay: {
    status: 429,
    headers: {
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-fillrate': '2',
      'x-ratelimit-interval-seconds': '5',
    },
    body: { message: 'Rate limit exceeded.', 'status-code': 429 },
  },
  /** The node is starting, or its index is being rebuilt. */
  maintenance: { status: 503, body: '<html><body><h1>Jira is starting up</h1></body></html>' },
} satisfies Record<string, FaultyAnswer>;
