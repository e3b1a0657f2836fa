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
