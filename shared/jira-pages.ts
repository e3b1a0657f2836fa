import { asProject, projectOfIssue } from './project-in-address.ts';

/** The words by which the paths of Jira's own pages begin, below the path that Jira itself lies at. */
const pages = new Set(['browse', 'secure', 'servicedesk', 'plugins', 'rest']);
/** Words that also may be part of that path: the page is told by what comes next. */
const pagesByNext: Readonly<Record<string, (next: string) => boolean>> = {
  // What Jira lies below may itself be called so: `https://example.com/issues/browse/OPS-7`.
  projects: (next) => asProject(next) !== null && !isPage([next], false),
  issues: (next) => projectOfIssue(next) !== null,
  r: (next) => projectOfIssue(next) !== null,
  si: (next) => next.startsWith('jira.issueviews:'),
  sr: (next) => next.startsWith('jira.issueviews:'),
  download: (next) => next === 'attachments',
};
/** Pages that end the path of an address; alone on a host, they may be what Jira lies at. */
const lastPages = new Set(['issues', 'projects', 'dashboard', 'dashboards', 'login']);
/** What the new pages of a Cloud begin with, which has no path of its own. */
const cloudPage = /^jira\/(software|core|servicedesk|discovery|polaris|work|product-discovery)\/(c\/)?projects\//;

/** Path that Jira lies at, of a page's: as much of it as comes before the page. */
export function pathOfJira(segments: string[], hasQuery: boolean): string[] {
  if (cloudPage.test(`${segments.join('/')}/`)) return [];
  const begin = segments.findIndex((_, at) => isPage(segments.slice(at), hasQuery));
  const path = begin < 0 ? segments : segments.slice(0, begin);
  const last = path.findLastIndex((segment) => !lastPages.has(segment));
  // By a word as common as these a page is told below what is called Jira alone.
  return /jira/i.test(path[last] ?? '') ? path.slice(0, last + 1) : path;
}

function isPage([segment = '', next]: string[], hasQuery: boolean): boolean {
  if (pages.has(segment) || /\.jspa?$/.test(segment)) return true;
  if (next === undefined) return hasQuery && (segment === 'projects' || segment === 'issues');
  return Object.hasOwn(pagesByNext, segment) && pagesByNext[segment]?.(next) === true;
}

/** Whether Confluence lies at that path: judged by the path alone, so that what is kept of an address is judged alike. */
export function looksLikeConfluence(hostname: string, path: string[]): boolean {
  const isHostOfIt = /^(confluence|wiki)\./.test(hostname) && !path.some((segment) => /jira/i.test(segment));
  return (
    isHostOfIt ||
    /^(confluence|wiki)$/.test(path[0] ?? '') ||
    path.some((segment) => segment === 'display' || segment.endsWith('.action'))
  );
}
