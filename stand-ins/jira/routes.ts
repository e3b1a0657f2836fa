import type { JiraMake } from './make.ts';

type Route = readonly [operation: string, method: string, path: string];

const createMeta = '/issue/createmeta/:project/issuetypes';

/** Operation, method, path below the REST API; the first that matches counts. */
const both = [
  ['getCurrentUser', 'GET', '/myself'],
  ['getServerInfo', 'GET', '/serverInfo'],
  ['getProject', 'GET', '/project/:project'],
  ['getMyPermissions', 'GET', '/mypermissions'],
  ['findUsers', 'GET', '/user/search'],
  ['getCreateIssueMetaIssueTypes', 'GET', createMeta],
  ['getCreateIssueMetaIssueTypeId', 'GET', `${createMeta}/:type`],
  ['createIssue', 'POST', '/issue'],
  ['getIssue', 'GET', '/issue/:issue'],
  ['editIssue', 'PUT', '/issue/:issue'],
  ['deleteIssue', 'DELETE', '/issue/:issue'],
  ['getIssuePropertyKeys', 'GET', '/issue/:issue/properties'],
  ['getIssueProperty', 'GET', '/issue/:issue/properties/:property'],
  ['setIssueProperty', 'PUT', '/issue/:issue/properties/:property'],
  ['getTransitions', 'GET', '/issue/:issue/transitions'],
  ['doTransition', 'POST', '/issue/:issue/transitions'],
  ['getComments', 'GET', '/issue/:issue/comment'],
  ['addComment', 'POST', '/issue/:issue/comment'],
  ['getComment', 'GET', '/issue/:issue/comment/:comment'],
  ['getCommentProperty', 'GET', '/comment/:comment/properties/:property'],
  ['setCommentProperty', 'PUT', '/comment/:comment/properties/:property'],
  ['getAttachmentMeta', 'GET', '/attachment/meta'],
  ['addAttachment', 'POST', '/issue/:issue/attachments'],
] as const satisfies Route[];

const cloud = [
  ['searchProjects', 'GET', '/project/search'],
  ['bulkFetchIssues', 'POST', '/issue/bulkfetch'],
  ['search', 'GET', '/search/jql'],
  ['search', 'POST', '/search/jql'],
  ['removedSearch', 'GET', '/search'],
  ['removedSearch', 'POST', '/search'],
] as const satisfies Route[];

const dataCenter = [
  ['getAllProjects', 'GET', '/project'],
  ['search', 'GET', '/search'],
  ['search', 'POST', '/search'],
] as const satisfies Route[];

/** Paths of the site itself. */
const site = [
  ['browseIssue', 'GET', '/browse/:issue'],
  // Version 2 is the one that Cloud and Data Center share.
  ['getServerInfo', 'GET', '/rest/api/2/serverInfo'],
] as const satisfies Route[];
const cloudSite = [['getTenantInfo', 'GET', '/_edge/tenant_info']] as const satisfies Route[];

export type JiraOperationName = (
  | typeof both
  | typeof cloud
  | typeof dataCenter
  | typeof site
  | typeof cloudSite
)[number][0];

/** Which operation a request is for, and what its path names; null for none. `path` is below the context path. */
export type FindRoute = (
  method: string,
  path: string,
) => { operation: JiraOperationName; parts: Record<string, string> } | null;

export function createRoutes({ deployment, api }: JiraMake): FindRoute {
  const isCloud = deployment === 'cloud';
  const below = [...(isCloud ? cloud : dataCenter), ...both].map(
    ([operation, method, path]) => [operation, method, api + path] as const,
  );
  const routes = [...below, ...site, ...(isCloud ? cloudSite : [])];
  return (method, path) => {
    const given = path.split('/');
    for (const [operation, routeMethod, pattern] of routes) {
      const wanted = pattern.split('/');
      if (routeMethod !== method || wanted.length !== given.length) continue;
      if (!wanted.every((part, index) => part.startsWith(':') || part === given[index])) continue;
      const named = wanted.flatMap((part, index) =>
        part.startsWith(':') ? [[part.slice(1), decode(given[index] ?? '')]] : [],
      );
      return { operation, parts: Object.fromEntries(named) };
    }
    return null;
  };
}

/** A part that is no valid escape stays as it is, and then names nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
