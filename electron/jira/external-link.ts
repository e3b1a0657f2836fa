import { isLoopback } from '../../shared/loopback.ts';
import type { SentCreate } from '../../shared/ticket.ts';

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

/**
 * Where a browser shows the newest issues of the project that a ticket was sent to; null where its site is only known
 * by an address that shows no pages.
 */
export function newestIssuesPage({ site, project }: Pick<SentCreate, 'site' | 'project'>): string | null {
  if (gateway.test(site)) return null;
  // A project is known by its key, or by Jira's number for it.
  const inProject = `project = ${/^\d+$/.test(project) ? project : `"${project}"`}`;
  return `${site}/issues/?jql=${encodeURIComponent(`${inProject} ORDER BY created DESC`)}`;
}
