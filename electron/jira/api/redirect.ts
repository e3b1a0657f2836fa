export interface Redirect {
  /** Where it leads, for people. */
  where: string;
  /**
   * `login`: to what asks for a login by its name; `gateway`: to what wants something before it lets anybody through;
   * `made`: to what the request may have made; `elsewhere`: Jira may have another address.
   */
  kind: 'login' | 'gateway' | 'made' | 'elsewhere';
}

/**
 * Judges a redirect in the place of an answer. Jira never redirects its REST API: where the path that was asked stays, the
 * address has changed; where another comes with a query, somebody before Jira remembers where to go on afterwards.
 *
 * @param asked `path`: with that of the site.
 */
export function judgeRedirect(location: string | null, asked: { host: string; path: string }): Redirect {
  const from = `https://${asked.host}${asked.path}`;
  if (location === null || !URL.canParse(location, from)) return { kind: 'elsewhere', where: 'another address' };
  const target = new URL(location, from);
  const { host, pathname, search } = target;
  const where = `${host}${pathname}`;
  const path = asked.path.slice(Math.max(0, asked.path.indexOf('/rest/')));
  const isSameHost = host === asked.host;
  if (isSameHost && pathname.includes(`${path}/`)) return { kind: 'made', where };
  const isKept = pathname.endsWith(path);
  if (!(isKept && isSameHost) && namesLogin(target)) return { kind: 'login', where };
  return { kind: search === '' || isKept ? 'elsewhere' : 'gateway', where };
}

/** Whether an address names a login, by whole words of its host, its path or its query's names. */
export function namesLogin({ hostname, pathname, searchParams }: URL): boolean {
  const names = [hostname, pathname, ...searchParams.keys()].join(' ').replace(/([a-z])(?=[A-Z])/g, '$1 ');
  return loginNames.test(
    names
      .toLowerCase()
      .split(/[^\p{L}\d]+/u)
      .join(' '),
  );
}

const loginNames =
  /(?:^| )(?:log ?[io]n|sign ?in|sso|saml(?:\d|sso)?|oauth\d?|openid|oidc|auth|authn|authorize|authenticat(?:e|ion)|idp|adfs|cas|my policy|os destination|anmeld\p{L}*|einlogg\p{L}*|connexion|identif\p{L}*|inloggen|aanmelden|accedi|acceso|entrar|zaloguj|logowanie)(?: |$)/u;
