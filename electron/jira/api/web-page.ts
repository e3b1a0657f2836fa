import { beginningOf } from '../../../shared/beginning.ts';
import { namesLogin } from './redirect.ts';

export interface WebPage {
  /** What it looks like, for people. */
  name: string;
  /** Whether it asks for a login, as far as its words say. */
  isLogin: boolean;
  /** Whether it surely does: others have a link to a login, too. */
  hasForm: boolean;
}

/** Characters of a page in which a form or a title is looked for: styles and scripts come before them. */
const longestHead = 64 * 1024;

/** A web page by its beginning; null when the answer is none. */
export function describePage(contentType: string | null, body: string): WebPage | null {
  const page = body.trimStart().slice(0, longestHead);
  const start = beginningOf(page);
  if (!start.startsWith('<') && !(start !== '' && contentType?.includes('text/html'))) return null;
  const title = /<title[^<>]{0,500}>([^<]{1,80})/i.exec(page)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  const hasForm =
    /type\s{0,9}=\s{0,9}["']?password|samlrequest/i.test(page) ||
    loginWords.test(title) ||
    loginTitles.test(title) ||
    refreshesToLogin(page);
  const isLogin = hasForm || loginWords.test(start);
  const kind = isLogin ? 'a login page' : /proxy|firewall|gateway|blocked/i.test(start) ? 'a proxy page' : 'a web page';
  return { name: title === '' ? kind : `${kind} ("${title}")`, isLogin, hasForm };
}

const loginWords = /\blog ?in\b|\bsign ?in\b|\bsso\b|\bsaml|single sign/i;

/** Titles of login pages in other languages that Jira and those who stand before it speak. */
const loginTitles =
  /anmeld|einlogg|log ?ind\b|logga in|logg inn|inloggen|aanmelden|connexion|connecter|identif|iniciar ses|inicio de ses|acceder|accedi|accesso|entrar|zaloguj|logowanie|přihl|prihl|kirjaudu|bejelentkez|autentific|giriş|вход|войти|увійти|ログイン|サインイン|登录|登入|로그인/i;

/** Whether a page sends whoever sees it to a login by itself. */
function refreshesToLogin(page: string): boolean {
  for (const [tag] of page.matchAll(/<meta[^<>]{1,600}>/gi)) {
    const address = /refresh/i.test(tag) ? /url\s{0,9}=\s{0,9}["']?([^"'<>\s]{1,500})/i.exec(tag)?.[1] : undefined;
    if (address !== undefined && URL.canParse(address, anywhere)) return namesLogin(new URL(address, anywhere));
  }
  return false;
}

/** Stands for whatever host sent the page. */
const anywhere = 'https://here.invalid';
