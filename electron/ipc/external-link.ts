import { isLoopback } from '../network/loopback.ts';

/** Where scoped API tokens work; it shows no pages to people, so the issues' addresses name the site behind it. */
const gateway = /^https:\/\/api\.atlassian\.com\/ex\/jira\//;

/**
 * Whether main may hand this address of an issue to the desktop: https (http on this machine), on the configured Jira
 * site. Addresses come with clicks from other desktops too, so being in the log is not enough.
 */
export function mayOpen(url: string, jiraBaseUrl: string | null): boolean {
  if (jiraBaseUrl === null || !URL.canParse(jiraBaseUrl) || !URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return false;
  return gateway.test(jiraBaseUrl) ? hostname.endsWith('.atlassian.net') : origin === new URL(jiraBaseUrl).origin;
}

/** Whether this is the address of a message in Slack, which Slack itself gives. */
export function isSlackMessage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username } = new URL(url);
  return protocol === 'https:' && username === '' && /\.slack(-gov)?\.com$/.test(hostname);
}
