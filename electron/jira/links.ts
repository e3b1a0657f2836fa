/** Where API tokens with scopes work, one site below each path. It shows no pages to people. */
const gatewayOrigin = 'https://api.atlassian.com';
const gateway = /^https:\/\/api\.atlassian\.com\/ex\/jira\//;

/** Whether Jira is asked through Atlassian's gateway there, so that people know its site by another address. */
export function isGateway(baseUrl: string): boolean {
  return gateway.test(baseUrl);
}

/** Origin of the gateway for this site; null where none may be told the token: only Atlassian's own sites have one. */
export function gatewayOf(site: string): string | null {
  return new URL(site).hostname.endsWith('.atlassian.net') ? gatewayOrigin : null;
}

/** Address of an issue for people. */
export function issuePage(site: string, key: string): string {
  return `${site}/browse/${key}`;
}

/**
 * Whether an address that somebody pasted lies on this site: the same host and port, and below the same path where Jira has
 * one. http and https are one where each has its own port: Slack writes `http://` before an address that is typed without.
 *
 * @param address Of the web, parsable.
 * @param site Without a trailing slash.
 */
export function isOnSite(address: string, site: string): boolean {
  const [there, ours] = [new URL(address), new URL(site)];
  const isSamePort = there.port === ours.port && (there.port === '' || there.protocol === ours.protocol);
  const root = ours.pathname.replace(/(?<!\/)\/+$/, '');
  return isSamePort && hostOf(there) === hostOf(ours) && there.pathname.startsWith(`${root}/`);
}

/** A name may end in the dot of the root. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/\.$/, '');
}
