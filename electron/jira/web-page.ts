import { beginningOf } from '../../shared/beginning.ts';

export interface WebPage {
  /** What it looks like, for people. */
  name: string;
  /** Whether it asks for a login, as far as its words say. */
  isLogin: boolean;
  /** Whether it surely does: others have a link to a login, too. */
  hasForm: boolean;
}

/** A web page by its beginning; null when the answer is none. */
export function describePage(contentType: string | null, body: string): WebPage | null {
  const start = beginningOf(body.trimStart());
  if (!start.startsWith('<') && !(start !== '' && contentType?.includes('text/html'))) return null;
  const title = /<title[^<>]*>([^<]{1,80})/i.exec(start)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  const isLogin = loginWords.test(start);
  const hasForm = /type=["']?password|samlrequest/i.test(start) || loginWords.test(title);
  const kind = isLogin ? 'a login page' : /proxy|firewall|gateway|blocked/i.test(start) ? 'a proxy page' : 'a web page';
  return { name: title === '' ? kind : `${kind} ("${title}")`, isLogin, hasForm };
}

const loginWords = /type=["']?password|log ?in|sign ?in|\bsso\b|saml|single sign/i;

/** Names of what asks for a login, as a whole segment of a path or label of a host. */
const loginNames = new Set(['login', 'log-in', 'signin', 'sign-in', 'sso', 'saml', 'login.jsp', 'login.action']);
/** Where to go on after a login, in the query: Jira's own, and Atlassian's account pages'. */
const loginParameters = ['os_destination', 'continue'];

/** Whether a redirect goes to where people log in. */
export function leadsToLogin({ hostname, pathname, searchParams }: URL): boolean {
  const names = [...hostname.split('.'), ...pathname.split(/[/;]/)].map((name) => name.toLowerCase());
  return names.some((name) => loginNames.has(name)) || loginParameters.some((name) => searchParams.has(name));
}
