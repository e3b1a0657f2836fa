import { randomUUID } from 'node:crypto';
import { type JiraCall, type JiraOperation, namesIn, toPage } from './call.ts';
import { JiraFailure } from './failure.ts';
import { toJiraTime } from './jira-time.ts';
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
  | 'getMyPermissions'
  | 'getCreateIssueMetaIssueTypes'
  | 'getCreateIssueMetaIssueTypeId',
  JiraOperation
> {
  const cloudId = randomUUID();

  function find(call: JiraCall): JiraProject {
    const given = call.path['project'] ?? '';
    const project = state.findProject(given);
    if (project?.permissions.browse) return project;
    const kind = /^\d+$/.test(given) ? 'id' : 'key';
    throw new JiraFailure(404, `No project could be found with ${kind} '${given}'.`);
  }

  /** Create screens are shown to those who may create. */
  function findForCreate(call: JiraCall): JiraProject {
    const project = find(call);
    if (project.permissions.create) return project;
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
        displayUrl: baseUrl(),
        version: state.make.version,
        versionNumbers: [1001, 0, 0],
        deploymentType: 'Cloud',
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
    getMyPermissions(call) {
      const keys = namesIn(call.query, 'permissions', []);
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
      const { values, ...page } = createMetaPage(call.query, findForCreate(call).issueTypes);
      return { status: 200, body: { ...page, issueTypes: values.map(views.createType) } };
    },
    getCreateIssueMetaIssueTypeId(call) {
      const project = findForCreate(call);
      const type = project.issueTypes.find(({ id }) => id === call.path['type']);
      if (type === undefined) throw new JiraFailure(404, 'The issue type was not found in this project.');
      const { values, ...page } = createMetaPage(call.query, screenOf(project, type));
      return { status: 200, body: { ...page, fields: values.map(views.field) } };
    },
  };
}

function createMetaPage<T>(query: URLSearchParams, all: readonly T[]) {
  const page = toPage(query, all);
  if (page.maxResults > 200) throw new JiraFailure(400, "Parameter 'maxResults' must not exceed the limit '200'");
  return page;
}
