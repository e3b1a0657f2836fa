import { looksLikeConfluence, pathOfJira } from './jira-pages.ts';
import { isLoopback } from './loopback.ts';
import { projectIn } from './project-in-address.ts';

/** What an address says, pasted from wherever in Jira, or typed. */
export type JiraAddress =
  | {
      /** Where Jira is asked: scheme, host, and the path that Jira lies below; no slash at its end. */
      base: string;
      /** Key of the project that the address names; null where it names none. */
      project: string | null;
      trouble: null;
    }
  /** `trouble`: what is wrong and what to do instead, without the address itself, which may be anything. */
  | { base: null; project: null; trouble: string };

export const jiraAddressExample = 'https://your-team.atlassian.net';
const longestInput = 2048;

/** Atlassian's gateway for tokens with scopes, one site below each path. */
const gatewayHost = 'api.atlassian.com';

/**
 * The Jira that a person means: a team's name alone, a host, or the address of any of its pages, with or without a scheme,
 * and with what was copied around it. https where none is typed, but http on this machine; http stays where it is typed,
 * except for Atlassian's own hosts.
 */
export function readJiraAddress(input: string): JiraAddress {
  if (input.length > longestInput) return trouble(`That is longer than an address. ${expected}`);
  const text = unwrap(input);
  const wrong = troubleOfText(text);
  if (wrong !== null) return trouble(wrong);
  const address = withScheme(text);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !isHost(url.hostname)) return trouble(expected);
  if (url.username !== '' || url.password !== '') {
    return trouble('An address with a name or a password in it is not used. Enter it without them.');
  }
  // A name may end in the dot of the root.
  url.hostname = url.hostname.replace(/\.$/, '');
  return troubleOfHost(url) ?? ofPage(url);
}

/** Whether it is Atlassian's own: a Jira Cloud, whatever else is known. */
export function isAtlassianCloud(base: string): boolean {
  if (!URL.canParse(base)) return false;
  const { hostname } = new URL(base);
  return isCloudHost(hostname) || hostname === gatewayHost;
}

/** Whether what is sent there can be read on the way: http beyond this machine. */
export function isUnprotected(base: string): boolean {
  if (!URL.canParse(base)) return false;
  const { protocol, hostname } = new URL(base);
  return protocol === 'http:' && !isLoopback(hostname);
}

const expected = `Expected the address of your Jira, such as ${jiraAddressExample} or https://jira.example.com. It is what the browser shows when Jira is open.`;

const hostOrTeam =
  'That may be a host in a network of your own, or a team’s name in the Cloud. Enter it with https:// before it if it is a ' +
  'host, and with .atlassian.net behind it if it is a team’s name.';

function trouble(words: string): JiraAddress {
  return { base: null, project: null, trouble: words };
}

const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** `[` opens a number of IPv6 as well. */
const opening = /^(?:[\s"'`({<*~“”„‘’«»]|\[(?![0-9a-f:.]+\]))+/i;
const closing = /(?<![\s"'`)\]}>*~.,;:!?/…“”„‘’«»])[\s"'`)\]}>*~.,;:!?/…“”„‘’«»]+$/;
const repeatedScheme = /^(?:https?:?\/+)*(https?):?\/+(?=[^/])/i;
const bareNumber = /^(?:https?:\/\/)?\[[0-9a-f:.]+\]$/i;

/** The address alone: of several words the only one that is an address, of Slack's `<address|text>` what comes first. */
function unwrap(input: string): string {
  const text = input
    .replace(invisible, '')
    .trim()
    // Typed, and pasted behind it once more.
    .replace(repeatedScheme, '$1://');
  const links = [...text.matchAll(/https?:\/\/[^\s<>|"]+/gi)].map(([link]) => link);
  const [link] = links;
  const isAmidst = link !== undefined && links.length === 1 && /[\s<>|[\]]/.test(text);
  const begun = (isAmidst ? link : text).replace(opening, '');
  return bareNumber.test(begun) ? begun : begun.replace(closing, '');
}

/** What is wrong with what is no address at all; null where it may be one. */
function troubleOfText(text: string): string | null {
  if (/^(mailto:)?[^\s@/:]+@[^\s@/]+$/i.test(text)) {
    return `That is an email address. Enter the address of your Jira, such as ${jiraAddressExample}: it is what the browser shows when Jira is open.`;
  }
  if (/^(ATATT|ATSTT|ATCTT|xox|xapp-)/.test(text))
    return `That is a token, which belongs into its own field. ${expected}`;
  if (/^[A-Z][A-Z0-9_]+-\d+$/.test(text)) return `That is the key of an issue. ${expected}`;
  if (/^jira[a-z0-9-]+$/i.test(text)) return hostOrTeam;
  const isOfAnotherScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^https?:/i.test(text);
  return isOfAnotherScheme || /^https?$|\s/i.test(text) ? expected : null;
}

/** What a host in a network of one's own is called by a name without dots. */
const plainHosts = new Set(['jira', 'localhost']);

/** A team's name alone is its site in the Cloud. */
function withScheme(text: string): string {
  if (/^https?:/i.test(text)) return text;
  const rest = text.replace(/^\/\//, '');
  if (/^(?=[a-z0-9-]*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(rest) && !plainHosts.has(rest.toLowerCase())) {
    return `https://${rest}.atlassian.net`;
  }
  const host = /^(\[[0-9a-f:]*\]|[^/?#:]*)(:\d+)?(?=[/?#]|$)/i.exec(rest)?.[1]?.toLowerCase() ?? '';
  return `${isLoopback(host) ? 'http' : 'https'}://${rest}`;
}

/** Whether it can be a host's name, or its number. */
function isHost(hostname: string): boolean {
  // A scheme mistyped, or come twice.
  if (/^https?$/.test(hostname)) return false;
  const parts = hostname.replace(/\.$/, '').split('.');
  return hostname.startsWith('[') || parts.every((part) => /^[a-z0-9_-]+$/.test(part));
}

function isCloudHost(hostname: string): boolean {
  return hostname.endsWith('.atlassian.net');
}

function isOrBelow(hostname: string, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

/** Says what else than a Jira this is; null where nothing gives it away. */
function troubleOfHost({ hostname, pathname }: URL): JiraAddress | null {
  if (isOrBelow(hostname, 'slack.com')) {
    return trouble(`That is an address of Slack. Enter the one of your Jira, such as ${jiraAddressExample}.`);
  }
  if (isOrBelow(hostname, 'trello.com') || isOrBelow(hostname, 'bitbucket.org')) {
    return trouble(
      `That is another product of Atlassian’s. Enter the address of your Jira, such as ${jiraAddressExample}.`,
    );
  }
  if (hostname === gatewayHost) {
    if (/^\/ex\/jira\/[^/]+/.test(pathname)) return null;
    return trouble(
      'Behind api.atlassian.com each site has its own address: https://api.atlassian.com/ex/jira/<cloud id>.',
    );
  }
  // Atlassian's own Jira for its customers is the only one there.
  const isElsewhere = isOrBelow(hostname, 'atlassian.com') && hostname !== 'jira.atlassian.com';
  if (isElsewhere || /^(www\.)?atlassian\.net$/.test(hostname)) {
    return trouble(
      `That is not a site of its own. The address of a Jira in the Cloud begins with your team’s name: ${jiraAddressExample}.`,
    );
  }
  return null;
}

/** Base and project of a page's address. */
function ofPage(url: URL): JiraAddress {
  const { protocol, hostname, host, pathname, searchParams } = url;
  // Behind `;` stands what is the browser's own: `;jsessionid=...`.
  const segments = pathname.split('/').flatMap((part) => part.split(/;|%3b/i)[0]?.replace(closing, '') || []);
  const isAtlassians = isAtlassianCloud(url.origin);
  const origin = isAtlassians ? `https://${host}` : `${protocol}//${host}`;
  const below = pathOfJira(segments, searchParams.size > 0);
  const isConfluence = isCloudHost(hostname) ? segments[0] === 'wiki' : looksLikeConfluence(hostname, below);
  if (isConfluence) {
    return trouble(
      'That is an address of Confluence. Open Jira in the browser, and enter the address that it shows there' +
        (isCloudHost(hostname) ? ': the same one without /wiki and what follows.' : '.'),
    );
  }
  const kept = hostname === gatewayHost ? segments.slice(0, 3) : isCloudHost(hostname) ? [] : below;
  const path = kept.join('/').replace(/[|[\]]/g, encodeURIComponent);
  const base = path === '' ? origin : `${origin}/${path}`;
  return { base, project: projectIn(segments, searchParams), trouble: null };
}
