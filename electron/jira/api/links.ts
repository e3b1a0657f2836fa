import type { SentCreate } from '../../../shared/ticket.ts';
import { inProject } from './project-keys.ts';

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
 * Where a browser shows the newest issues of the project that a ticket was sent to; null where its site is only known
 * by an address that shows no pages.
 */
export function newestIssuesPage({ site, project }: Pick<SentCreate, 'site' | 'project'>): string | null {
  if (isGateway(site)) return null;
  return `${site}/issues/?jql=${encodeURIComponent(`${inProject(project)} ORDER BY created DESC`)}`;
}

/**
 * Whether main may hand this address of an issue to the desktop: on the configured Jira site, by the same protocol, which
 * the settings keep to https (http on this machine, or in a Data Center's network). Addresses come with clicks from other
 * desktops too, so being in the log is not enough.
 */
export function mayOpen(url: string, jiraBaseUrl: string | null): boolean {
  if (jiraBaseUrl === null || !URL.canParse(jiraBaseUrl) || !URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (isGateway(jiraBaseUrl)) return protocol === 'https:' && hostname.endsWith('.atlassian.net');
  return /^https?:$/.test(protocol) && origin === new URL(jiraBaseUrl).origin;
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
