import { randomBytes } from 'node:crypto';
import type { Fault, PlannedFault } from '../faults.ts';
import { type Answer, createLoopbackServer, type LoopbackServer, type ReceivedRequest } from '../loopback-server.ts';
import { browsePage } from './browse-page.ts';
import { createJiraDirectory } from './directory.ts';
import { JiraFailure } from './failure.ts';
import { createJiraIssues, findIssue, type JiraOperation } from './issues.ts';
import { type JiraPermission, type JiraProject, type JiraProjectSeed, toProject } from './projects.ts';
import { createJiraSearch } from './search.ts';
import { createJiraState, type JiraAccount, type JiraIssue, type JiraSeed, type JiraState } from './state.ts';
import { createJiraViews } from './views.ts';

export interface JiraSiteOptions extends JiraSeed {
  /** How long a new issue stays out of searches, in milliseconds; 0 by default. */
  indexLagMs?: number;
}

export interface JiraSite {
  /** Address of the site, with the run's secret in its path and without a trailing slash. */
  baseUrl: string;
  email: string;
  apiToken: string;
  account: JiraAccount;
  projects: readonly JiraProject[];
  issues: readonly JiraIssue[];
  requests: readonly ReceivedRequest[];
  addProject(seed: JiraProjectSeed): JiraProject;
  /** An issue that is already there, made by the account or by the `reporter` given. */
  addIssue: JiraState['addIssue'];
  setPermission(project: string, permission: JiraPermission, granted: boolean): void;
  setIndexLag(milliseconds: number): void;
  /** The first issue that matches, now or later, new or changed. */
  waitForIssue(predicate: (issue: JiraIssue) => boolean, timeoutMs?: number): Promise<JiraIssue>;
  /** Called with every issue that appears, changes or is deleted; returns the way to stop. */
  onIssue(listener: (issue: JiraIssue) => void): () => void;
  waitForRequest: LoopbackServer['waitForRequest'];
  /** `operation` is the OpenAPI document's operation id, with `search` for both ways to search. */
  failNext(operation: JiraOperationName, fault: Fault): PlannedFault;
  failWhile: LoopbackServer['failWhile'];
  /** Sets the site's clock that many milliseconds ahead of the computer's; negative: behind. */
  setClock(aheadMs: number): void;
  landed: LoopbackServer['landed'];
  goDown: LoopbackServer['goDown'];
  comeBack: LoopbackServer['comeBack'];
  close(): Promise<void>;
}

type JiraOperationName = (typeof routes)[number][0];

const issue = '/rest/api/3/issue/:issue';
const createMeta = '/rest/api/3/issue/createmeta/:project/issuetypes';
/** Operation, method, path; the first that matches counts. */
const routes = [
  ['getCurrentUser', 'GET', '/rest/api/3/myself'],
  ['getServerInfo', 'GET', '/rest/api/3/serverInfo'],
  // Version 2 is the one that Cloud and Data Center share.
  ['getServerInfo', 'GET', '/rest/api/2/serverInfo'],
  ['searchProjects', 'GET', '/rest/api/3/project/search'],
  ['getProject', 'GET', '/rest/api/3/project/:project'],
  ['getMyPermissions', 'GET', '/rest/api/3/mypermissions'],
  ['getCreateIssueMetaIssueTypes', 'GET', createMeta],
  ['getCreateIssueMetaIssueTypeId', 'GET', `${createMeta}/:type`],
  ['createIssue', 'POST', '/rest/api/3/issue'],
  ['bulkFetchIssues', 'POST', '/rest/api/3/issue/bulkfetch'],
  ['getIssue', 'GET', issue],
  ['editIssue', 'PUT', issue],
  ['deleteIssue', 'DELETE', issue],
  ['getIssuePropertyKeys', 'GET', `${issue}/properties`],
  ['getIssueProperty', 'GET', `${issue}/properties/:property`],
  ['setIssueProperty', 'PUT', `${issue}/properties/:property`],
  ['getTransitions', 'GET', `${issue}/transitions`],
  ['doTransition', 'POST', `${issue}/transitions`],
  ['search', 'GET', '/rest/api/3/search/jql'],
  ['search', 'POST', '/rest/api/3/search/jql'],
  ['removedSearch', 'GET', '/rest/api/3/search'],
  ['removedSearch', 'POST', '/rest/api/3/search'],
  ['getTenantInfo', 'GET', '/_edge/tenant_info'],
  ['browseIssue', 'GET', '/browse/:issue'],
] as const;

/** What answers without the account's token: what Jira tells everybody, and the page for a browser. */
const openOperations: readonly string[] = [
  'getServerInfo',
  'getTenantInfo',
  'browseIssue',
] satisfies JiraOperationName[];

/** A Jira Cloud site (REST v3) on a random port of 127.0.0.1, below a path that only this run knows. */
export async function createJiraSite(options: JiraSiteOptions = {}): Promise<JiraSite> {
  const state = createJiraState(options);
  state.indexLagMs = options.indexLagMs ?? 0;
  const root = `/${randomBytes(16).toString('hex')}`;
  const baseUrl = () => server.origin + root;
  const routeOf = (method: string, path: string) =>
    path.startsWith(`${root}/`) ? findRoute(method, path.slice(root.length)) : null;
  const views = createJiraViews(state, baseUrl);
  const search = createJiraSearch(state, views);
  const operations: Record<string, JiraOperation> = {
    ...createJiraDirectory(state, views, baseUrl),
    ...createJiraIssues(state, views),
    search: (call) => (call.body === undefined ? search.searchGet(call) : search.searchPost(call)),
    browseIssue: ({ path: { issue: key = '' } }) => browsePage(key, findIssue(state, key) ?? null),
    removedSearch() {
      const place = '/rest/api/3/search/jql';
      throw new JiraFailure(410, `The requested API has been removed. Please migrate to the ${place} API.`);
    },
  };

  function answer(request: ReceivedRequest): Answer {
    if (!request.path.startsWith(`${root}/`)) return { status: 404, body: 'Not found' };
    const refusal = openOperations.includes(request.operation) ? null : refuseStranger(request, state.account);
    if (refusal !== null) return refusal;
    const route = routeOf(request.method, request.path);
    const operation = operations[request.operation];
    if (route === null || operation === undefined) {
      return { status: 404, body: { message: `null for uri: ${request.path}`, 'status-code': 404 } };
    }
    try {
      return operation({ path: route.parts, query: request.query, body: readBody(request) });
    } catch (thrown) {
      if (thrown instanceof JiraFailure) return { status: thrown.status, body: thrown.body };
      throw thrown;
    }
  }

  const server = await createLoopbackServer({
    operationOf: (method, path) => routeOf(method, path)?.operation ?? 'unknown',
    now: state.now,
    answer,
  });

  return {
    baseUrl: baseUrl(),
    email: state.account.email,
    apiToken: state.account.apiToken,
    account: state.account,
    projects: state.projects,
    issues: state.issues,
    requests: server.requests,
    addProject(seed) {
      const project = toProject(seed, state.projects.length);
      state.projects.push(project);
      return project;
    },
    addIssue: state.addIssue,
    setPermission(key, permission, granted) {
      const project = state.findProject(key);
      if (project === undefined) throw new Error(`The site has no project ${key}.`);
      project.permissions[permission] = granted;
    },
    setIndexLag(milliseconds) {
      state.indexLagMs = milliseconds;
    },
    waitForIssue: state.watch.waitFor,
    onIssue: state.watch.onChange,
    waitForRequest: server.waitForRequest,
    failNext: server.failNext,
    failWhile: server.failWhile,
    setClock(aheadMs) {
      state.aheadMs = aheadMs;
    },
    landed: server.landed,
    goDown: server.goDown,
    comeBack: server.comeBack,
    close: server.close,
  };
}

/** Jira Cloud answers a missing login in JSON and a wrong one in plain HTML. */
function refuseStranger(request: ReceivedRequest, account: JiraAccount): Answer | null {
  const authorization = request.headers.authorization;
  if (authorization === undefined) {
    const message = 'You are not authenticated. Authentication required to perform this operation.';
    return { status: 401, body: { errorMessages: [message], errors: {} } };
  }
  const expected = Buffer.from(`${account.email}:${account.apiToken}`).toString('base64');
  if (authorization === `Basic ${expected}`) return null;
  return {
    status: 401,
    headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
    body: '<html><body><h1>Client must be authenticated to access this resource.</h1></body></html>',
  };
}

/** Throws JiraFailure 415 and 400 for what is no JSON. */
function readBody(request: ReceivedRequest): unknown {
  if (request.body === '') return undefined;
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new JiraFailure(415, 'Unsupported Media Type');
  }
  try {
    return JSON.parse(request.body);
  } catch {
    throw new JiraFailure(400, 'There was an error parsing JSON. Check that your request body is valid.');
  }
}

function findRoute(method: string, path: string): { operation: string; parts: Record<string, string> } | null {
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
}

/** A part that is no valid escape stays as it is, and then names nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
