import { randomUUID } from 'node:crypto';
import type { Json } from '../record.ts';
import { type JiraCall, type JiraOperation, namesIn, toPage } from './call.ts';
import { JiraFailure } from './failure.ts';
import { toJiraTime } from './jira-time.ts';
import type { JiraMake } from './make.ts';
import { type JiraPermission, type JiraProject, screenOf } from './projects.ts';
import type { JiraState } from './state.ts';
import type { JiraViews } from './views.ts';

const permissionNames: Record<string, { name: string; permission: JiraPermission }> = {
  BROWSE_PROJECTS: { name: 'Browse Projects', permission: 'browse' },
  CREATE_ISSUES: { name: 'Create Issues', permission: 'create' },
  EDIT_ISSUES: { name: 'Edit Issues', permission: 'edit' },
  DELETE_ISSUES: { name: 'Delete Issues', permission: 'delete' },
  TRANSITION_ISSUES: { name: 'Transition Issues', permission: 'transition' },
  ADD_COMMENTS: { name: 'Add Comments', permission: 'comment' },
  CREATE_ATTACHMENTS: { name: 'Create Attachments', permission: 'attach' },
  MODIFY_REPORTER: { name: 'Modify Reporter', permission: 'modifyReporter' },
};

/** The operations that tell what the site holds: account, server, projects, create screens, permissions. */
export function createJiraDirectory(
  state: JiraState,
  views: JiraViews,
  baseUrl: () => string,
): Record<
  | 'getCurrentUser'
  | 'getServerInfo'
  | 'getTenantInfo'
  | 'getProject'
  | 'searchProjects'
  | 'getAllProjects'
  | 'getMyPermissions'
  | 'getCreateIssueMetaIssueTypes'
  | 'getCreateIssueMetaIssueTypeId',
  JiraOperation
> {
  const cloudId = randomUUID();
  const isCloud = state.make.deployment === 'cloud';
  const meta = createMetaPages(state.make);

  function find(call: JiraCall, missingStatus = 404): JiraProject {
    const given = call.path['project'] ?? '';
    const project = state.findProject(given);
    if (project?.permissions.browse) return project;
    const kind = /^\d+$/.test(given) ? 'id' : 'key';
    throw new JiraFailure(missingStatus, `No project could be found with ${kind} '${given}'.`);
  }

  /** What there is no project or type for; Data Center's document gives no other status. */
  const missing = isCloud ? 404 : 400;

  /** Create screens are shown to those who may create; Data Center gives others no data. */
  function findForCreate(call: JiraCall): JiraProject {
    const project = find(call, missing);
    if (project.permissions.create || !isCloud) return project;
    throw new JiraFailure(403, 'You do not have permission to create issues in this project.');
  }

  return {
    getCurrentUser: () => ({
      status: 200,
      body: {
        ...views.account(),
        groups: { size: 0, items: [] },
        applicationRoles: { size: 0, items: [] },
        expand: 'groups,applicationRoles',
      },
    }),
    getServerInfo: () => ({
      status: 200,
      body: {
        baseUrl: baseUrl(),
        ...(isCloud && { displayUrl: baseUrl() }),
        version: state.make.version,
        versionNumbers: (state.make.version.match(/\d+/g) ?? []).slice(0, 3).map(Number),
        deploymentType: state.make.deploymentType,
        buildNumber: 100_300,
        buildDate: toJiraTime(Date.UTC(2026, 0, 1)),
        serverTime: toJiraTime(state.now()),
        scmInfo: 'demo',
        serverTitle: 'Demo Jira',
        serverTimeZone: 'Etc/UTC',
      },
    }),
    getTenantInfo: () => ({ status: 200, body: { cloudId } }),
    getProject: (call) => ({ status: 200, body: views.project(find(call)) }),
    searchProjects({ query }) {
      const wanted = query.get('action') === 'create' ? 'create' : 'browse';
      const visible = state.projects.filter(({ permissions }) => permissions.browse && permissions[wanted]);
      const keys = namesIn(query, 'keys', []);
      const matching = keys.length === 0 ? visible : visible.filter(({ key }) => keys.includes(key));
      const { values, ...page } = toPage(query, matching, 100);
      const shown = values.map((project) => {
        const { issueTypes: _types, ...summary } = views.project(project);
        if (!namesIn(query, 'expand', []).includes('insight')) return summary;
        const totalIssueCount = state.issues.filter(({ projectKey }) => projectKey === project.key).length;
        return { ...summary, insight: { totalIssueCount } };
      });
      const isLast = page.startAt + shown.length >= page.total;
      return { status: 200, body: { self: `${baseUrl()}/rest/api/3/project/search`, ...page, isLast, values: shown } };
    },
    getAllProjects() {
      const visible = state.projects.filter(({ permissions }) => permissions.browse);
      const summaries = visible.map((project) => {
        const { issueTypes: _types, ...summary } = views.project(project);
        return summary;
      });
      return { status: 200, body: summaries };
    },
    getMyPermissions(call) {
      const keys = namesIn(call.query, 'permissions', []);
      // Data Center tells them all.
      if (!isCloud) keys.push(...Object.keys(permissionNames));
      if (keys.length === 0) throw new JiraFailure(400, "The 'permissions' query parameter is required.");
      const unknown = keys.filter((key) => permissionNames[key] === undefined);
      if (unknown.length > 0) throw new JiraFailure(400, `Unrecognized permission(s): ${unknown.join(', ')}`);
      const given = call.query.get('projectKey') ?? call.query.get('projectId');
      const scope = given === null ? state.projects : [find({ ...call, path: { project: given } })];
      const permissions = Object.entries(permissionNames)
        .filter(([key]) => keys.includes(key))
        .map(([key, { name, permission }]) => {
          const have = scope.some((project) => project.permissions[permission]);
          return [key, views.permission(key, name, have)];
        });
      return { status: 200, body: { permissions: Object.fromEntries(permissions) } };
    },
    getCreateIssueMetaIssueTypes(call) {
      const project = findForCreate(call);
      const types = project.permissions.create ? project.issueTypes.map(views.createType) : [];
      return { status: 200, body: meta('issueTypes', call.query, types) };
    },
    getCreateIssueMetaIssueTypeId(call) {
      const project = findForCreate(call);
      const type = project.issueTypes.find(({ id }) => id === call.path['type']);
      if (type === undefined) throw new JiraFailure(missing, 'The issue type was not found in this project.');
      return { status: 200, body: meta('fields', call.query, screenOf(project, type).map(views.field)) };
    },
  };
}

const mostOfCloud = 200;
/** Data Center gives fewer than are asked for, and says how many. */
const mostOfDataCenter = 50;

function createMetaPages({ deployment, metaLists }: JiraMake) {
  return (name: string, query: URLSearchParams, all: readonly Json[]): Json => {
    const isCloud = deployment === 'cloud';
    const { values, ...page } = toPage(query, all, isCloud ? undefined : mostOfDataCenter);
    if (isCloud && page.maxResults > mostOfCloud) {
      throw new JiraFailure(400, `Parameter 'maxResults' must not exceed the limit '${mostOfCloud}'`);
    }
    const isLast = page.startAt + values.length >= page.total;
    return { ...page, ...(!isCloud && { isLast }), [metaLists === 'values' ? 'values' : name]: values };
  };
}
