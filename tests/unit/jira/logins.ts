/** Where gateways before Jira send those who have not logged in, as they write it. */
export const loginRedirects = {
  Keycloak:
    'https://idp.example.com/realms/corp/protocol/openid-connect/auth?client_id=jira&redirect_uri=https%3A%2F%2Fjira%2Frest%2Fapi%2F2%2Fmyself',
  ADFS: 'https://adfs.example.com/adfs/ls/?SAMLRequest=abc&RelayState=x',
  'Jira’s own SAML': '/plugins/servlet/samlsso?redirectTo=%2Frest%2Fapi',
  'Jira’s own list of logins': '/plugins/servlet/external-login/1',
  'Jira’s own login': '/login.jsp?os_destination=%2Frest',
  'Jira’s login of a session': '/login.jsp;jsessionid=1A',
  'a board that wants a login': '/secure/Dashboard.jspa?os_destination=%2Frest',
  'oauth2-proxy': '/oauth2/start?rd=%2Frest',
  'oauth2-proxy’s page': '/oauth2/sign_in',
  Citrix: 'https://vpn.example.com/logon/LogonPoint/index.html',
  F5: '/my.policy',
  SiteMinder: 'https://portal.example.com/forms/login.fcc?TYPE=33554433',
  Authelia: 'https://example.com/?rd=https%3A%2F%2Fjira.example.com%2Frest',
  Google: 'https://accounts.example.com/o/oauth2/v2/auth?client_id=x',
  'Google’s older one': 'https://accounts.example.com/ServiceLogin',
  Okta: 'https://corp.example.com/oauth2/v1/authorize?client_id=x',
  Microsoft: 'https://login.example.com/common/oauth2/authorize',
  Atlassian: 'https://id.atlassian.com/login?application=jira&continue=x',
  'a host’s name': 'https://login.example.com/x',
  'a host’s other name': 'https://signin.example.com',
  'a host before the same path': 'https://sso.example.com/rest/api/3/myself',
  German: 'https://portal.example.com/anmeldung',
  French: 'https://portal.example.com/connexion',
  SAML: 'https://portal.example.com/idp/SAML/redirect',
  'a query to come back with': 'https://portal.example.com/start?goto=%2Frest',
  hyphens: 'https://example.com/sign-in/',
} satisfies Record<string, string>;

const head = (inner: string) => `<!doctype html><html><head>${inner}</head><body></body></html>`;
const form = '<form action="/c" method="post"><input name="u"><input type="password"></form>';

/** Pages in the place of an answer that want a login. */
export const loginPages = {
  'a form behind long styles': `${head(`<style>${'a{b:c}'.repeat(600)}</style>`)}${form}`,
  'a title behind long styles': head(`<style>${'a{b:c}'.repeat(600)}</style><title>Log in</title>`),
  'a form in odd writing': '<html><title>Jira</title><form><input type = "password">',
  'German, a script alone': '<html><title>Anmelden bei Firma</title><div id=root></div><script src=/a.js></script>',
  French: '<html><title>Connexion</title><form action=/c><input type="email"></form>',
  Polish: '<html><title>Zaloguj</title>',
  Spanish: '<html><title>Iniciar sesión</title>',
  Japanese: '<html><title>ログイン</title>',
  'a refresh': '<html><head><meta http-equiv=refresh content="0;url=https://idp.example.com/auth"></head></html>',
  'a refresh in the other order': '<meta content="0; URL=\'/sso/start\'" http-equiv="Refresh">',
  'a form that sends itself':
    '<html><body onload="document.forms[0].submit()"><form action="https://a.example/x"><input type=hidden name="SAMLRequest"></form>',
} satisfies Record<string, string>;
