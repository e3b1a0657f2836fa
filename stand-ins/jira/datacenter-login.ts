import type { Answer } from '../loopback-server.ts';
import { anonymous, type RefuseStranger } from './login.ts';
import type { JiraState } from './state.ts';

export interface DataCenterLogin {
  refuse: RefuseStranger;
  /** Whether a captcha is asked for, which nobody can solve by REST. */
  isCaptchaShown: boolean;
}

const wrongToken: Answer = {
  status: 401,
  headers: { 'www-authenticate': 'OAuth realm="jira"', 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
  body: { message: 'Client must be authenticated to access this resource.', 'status-code': 401 },
};

/**
 * Jira Data Center takes a personal access token as a bearer. Basic is refused whatever it says, because it shows who
 * watches the connection a token that is good for the whole account; the site notes it. Failed logins lead to a captcha.
 */
export function createDataCenterLogin({ account, make }: JiraState, siteUrl: () => string): DataCenterLogin {
  let failures = 0;
  const login: DataCenterLogin = {
    isCaptchaShown: false,
    refuse({ headers: { authorization } }) {
      if (authorization === undefined) return anonymous;
      if (login.isCaptchaShown) return captcha(siteUrl());
      if (authorization === `Bearer ${account.apiToken}`) {
        failures = 0;
        return null;
      }
      failures += 1;
      login.isCaptchaShown = failures >= make.captchaAfter;
      if (authorization.startsWith('Bearer ')) return wrongToken;
      return {
        status: 401,
        headers: { 'www-authenticate': 'OAuth realm="jira"', 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
        body: page('Unauthorized (401)', 'Basic Authentication Failure - Reason : AUTHENTICATED_FAILED'),
      };
    },
  };
  return login;
}

/** What Jira says to every login of an account until somebody has solved the captcha in a browser. */
function captcha(siteUrl: string): Answer {
  return {
    status: 403,
    headers: {
      'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
      'x-authentication-denied-reason': `CAPTCHA_CHALLENGE; login-url=${siteUrl}/login.jsp`,
    },
    body: page('Forbidden (403)', 'Basic Authentication Failure - Reason : AUTHENTICATION_DENIED'),
  };
}

function page(title: string, text: string): string {
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
}
