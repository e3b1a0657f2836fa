import { randomBytes } from 'node:crypto';
import type { Fault, PlannedFault } from '../faults.ts';
import { type Answer, createLoopbackServer, type LoopbackServer, type ReceivedRequest } from '../loopback-server.ts';
import { createJiraAttachments } from './attachments.ts';
import { browsePage } from './browse-page.ts';
import type { JiraOperation } from './call.ts';
import { createCloudSearch } from './cloud-search.ts';
import { createJiraComments } from './comments.ts';
import { createDataCenterLogin } from './datacenter-login.ts';
import { createDataCenterSearch } from './datacenter-search.ts';
import { createJiraDirectory } from './directory.ts';
import { JiraFailure } from './failure.ts';
import { createJiraIssues } from './issues.ts';
import type { JiraIssue } from './jira-issue.ts';
import { createCloudLogin } from './login.ts';
import type { JiraMake } from './make.ts';
import { type JiraAccount, type JiraPerson, type JiraPersonSeed, toPerson } from './people.ts';
import { type JiraPermission, type JiraProject, type JiraProjectSeed, toProject } from './projects.ts';
import { createJiraRelocations, type JiraRelocations } from './relocations.ts';
import { createRoutes, type JiraOperationName } from './routes.ts';
import { createJiraState, type JiraSeed, type JiraState } from './state.ts';
import { createJiraUserSearch } from './user-search.ts';
import { createJiraViews } from './views.ts';

export type JiraSiteOptions = JiraSeed & {
  /** How long a new issue stays out of searches, in milliseconds; 0 by default. */
  indexLagMs?: number;
};

export interface JiraSite extends JiraRelocations {
  deployment: JiraMake['deployment'];
  issueProperties: JiraMake['issueProperties'];
  /** Address of the site, with the run's secret in its path and without a trailing slash. */
  baseUrl: string;
  email: string;
  apiToken: string;
  account: JiraAccount;
  projects: readonly JiraProject[];
  people: readonly JiraPerson[];
  issues: readonly JiraIssue[];
  requests: readonly ReceivedRequest[];
  /** Requests that showed a Data Center its token by Basic, which nobody may do. */
  basicLogins: readonly ReceivedRequest[];
  /** Whether a Data Center asks for a captcha, as it does by itself after failed logins. */
  setCaptcha(shown: boolean): void;
  addProject(seed: JiraProjectSeed): JiraProject;
  addPerson(seed: JiraPersonSeed): JiraPerson;
  /** An issue that is already there, made by the account or by the `reporter` given. */
  addIssue: JiraState['addIssue'];
  setPermission(project: string, permission: JiraPermission, granted: boolean): void;
  /** Whether the account may look for people. */
  setPeopleVisible(visible: boolean): void;
  setIndexLag(milliseconds: number): void;
  /** A rich text's words: one entry a paragraph. */
  paragraphs(richText: unknown): string[];
  /** Plain text as this Jira stores rich text. */
  toText(plain: string): unknown;
  /** The first issue that matches, now or later, new or changed. */
  waitForIssue(predicate: (issue: JiraIssue) => boolean, timeoutMs?: number): Promise<JiraIssue>;
  /** Called with every issue that appears, changes or is deleted; returns the way to stop. */
  onIssue(listener: (issue: JiraIssue) => void): () => void;
  waitForRequest: LoopbackServer['waitForRequest'];
  /** `operation` is the id in Cloud's OpenAPI document, also for Data Center, with `search` for every way to search. */
  failNext(operation: JiraOperationName, fault: Fault): PlannedFault;
  failWhile: LoopbackServer['failWhile'];
  /** Sets the site's clock that many milliseconds ahead of the computer's; negative: behind. */
  setClock(aheadMs: number): void;
  landed: LoopbackServer['landed'];
  goDown: LoopbackServer['goDown'];
  comeBack: LoopbackServer['comeBack'];
  close(): Promise<void>;
}

/** What answers without the account's token: what Jira tells everybody, and the page for a browser. */
const openOperations: readonly string[] = [
  'getServerInfo',
  'getTenantInfo',
  'browseIssue',
] satisfies JiraOperationName[];

/** A Jira Cloud site (REST v3), or a Data Center (REST v2), on a random port of 127.0.0.1, below a path that only this run knows. */
export async function createJiraSite(options: JiraSiteOptions = {}): Promise<JiraSite> {
  const state = createJiraState(options);
  state.indexLagMs = options.indexLagMs ?? 0;
  const root = `/${randomBytes(16).toString('hex')}${state.make.contextPath}`;
  const findRoute = createRoutes(state.make);
  const baseUrl = () => server.origin + root;
  const routeOf = (method: string, path: string) =>
    path.startsWith(`${root}/`) ? findRoute(method, path.slice(root.length)) : null;
  const views = createJiraViews(state, baseUrl);
  const isCloud = state.make.deployment === 'cloud';
  const operations: Record<string, JiraOperation> = {
    ...createJiraDirectory(state, views, baseUrl),
    ...createJiraIssues(state, views),
    ...createJiraComments(state, views),
    ...createJiraAttachments(state, views),
    ...createJiraUserSearch(state, views),
    search: isCloud ? createCloudSearch(state, views) : createDataCenterSearch(state, views),
    browseIssue: ({ path: { issue: key = '' } }) => browsePage(key, state.findIssue(key), state.dialect),
    removedSearch() {
      const place = '/rest/api/3/search/jql';
      throw new JiraFailure(410, `The requested API has been removed. Please migrate to the ${place} API.`);
    },
  };

  const dataCenterLogin = createDataCenterLogin(state, baseUrl);
  const refuseStranger = isCloud ? createCloudLogin(state) : dataCenterLogin.refuse;
  const basicLogins: ReceivedRequest[] = [];

  function answer(request: ReceivedRequest): Answer {
    if (!request.path.startsWith(`${root}/`)) return { status: 404, body: 'Not found' };
    if (!isCloud && request.headers.authorization?.startsWith('Basic ')) basicLogins.push(request);
    const route = routeOf(request.method, request.path);
    const operation = operations[request.operation];
    if (route === null || operation === undefined) {
      return { status: 404, body: { message: `null for uri: ${request.path}`, 'status-code': 404 } };
    }
    const refusal = openOperations.includes(request.operation) ? null : refuseStranger(request);
    if (refusal !== null) return refusal;
    try {
      return operation({ ...request, path: route.parts, body: readBody(request), text: request.body });
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
    deployment: state.make.deployment,
    issueProperties: state.make.issueProperties,
    baseUrl: baseUrl(),
    email: state.account.email,
    apiToken: state.account.apiToken,
    account: state.account,
    projects: state.projects,
    people: state.people,
    issues: state.issues,
    requests: server.requests,
    basicLogins,
    setCaptcha(shown) {
      dataCenterLogin.isCaptchaShown = shown;
    },
    addProject(seed) {
      const project = toProject(seed, state.projects.length);
      state.projects.push(project);
      return project;
    },
    addPerson(seed) {
      const person = toPerson(seed);
      state.people.push(person);
      return person;
    },
    addIssue: state.addIssue,
    ...createJiraRelocations(state),
    setPermission(key, permission, granted) {
      const project = state.findProject(key);
      if (project === undefined) throw new Error(`The site has no project ${key}.`);
      project.permissions[permission] = granted;
    },
    setPeopleVisible(visible) {
      state.mayBrowsePeople = visible;
    },
    paragraphs: state.dialect.paragraphs,
    toText: state.dialect.toText,
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

/** Throws JiraFailure 415 and 400 for what is no JSON. */
function readBody(request: ReceivedRequest): unknown {
  const type = request.headers['content-type'] ?? '';
  if (request.body === '' || type.startsWith('multipart/form-data')) return undefined;
  if (!type.startsWith('application/json')) {
    throw new JiraFailure(415, 'Unsupported Media Type');
  }
  try {
    return JSON.parse(request.body);
  } catch {
    throw new JiraFailure(400, 'There was an error parsing JSON. Check that your request body is valid.');
  }
}
