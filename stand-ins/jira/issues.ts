import { isRecord } from '../record.ts';
import { type JiraCall, type JiraOperation, namesIn } from './call.ts';
import { JiraFailure } from './failure.ts';
import { findPerson } from './field-values.ts';
import { checkFields, editedFields, readIssueType } from './fields.ts';
import { type JiraIssue, jiraStatuses } from './jira-issue.ts';
import type { JiraPermission, JiraProject } from './projects.ts';
import { readProperties, showProperty, writeProperty } from './properties.ts';
import type { JiraState } from './state.ts';
import type { JiraViews } from './views.ts';

/** The operations on single issues. Throw JiraFailure. */
export function createJiraIssues(
  state: JiraState,
  views: JiraViews,
): Record<
  | 'createIssue'
  | 'getIssue'
  | 'editIssue'
  | 'deleteIssue'
  | 'bulkFetchIssues'
  | 'getIssuePropertyKeys'
  | 'getIssueProperty'
  | 'setIssueProperty'
  | 'getTransitions'
  | 'doTransition',
  JiraOperation
> {
  const address = (issue: JiraIssue) => views.address(`issue/${issue.id}`);
  const find = (call: JiraCall, permission?: JiraPermission) => theIssue(state, call, permission);
  const findWithProperties: typeof find = (...parameters) => {
    if (!state.make.issueProperties) throw new JiraFailure(404, 'Not Found');
    return find(...parameters);
  };

  return {
    createIssue({ body }) {
      const fields = isRecord(body) && isRecord(body['fields']) ? body['fields'] : {};
      const project = readProject(state, fields['project']);
      if (!project.permissions.create) {
        // Data Center counts it among the faults of the request.
        const status = state.make.deployment === 'cloud' ? 403 : 400;
        throw new JiraFailure(status, 'You do not have permission to create issues in this project.');
      }
      const type = readIssueType(project, fields['issuetype']);
      checkFields(state, project, type, fields);
      const given = readProperties(isRecord(body) ? body['properties'] : undefined);
      const issue = state.addIssue({
        projectKey: project.key,
        issueType: type.name,
        fields,
        properties: state.make.createProperties ? given : {},
        reporter: findPerson(state, fields['reporter'])?.email ?? state.account.email,
        creator: state.account.email,
      });
      return { status: 201, body: { id: issue.id, key: issue.key, self: address(issue) } };
    },
    getIssue(call) {
      const selection = {
        fields: namesIn(call.query, 'fields', ['*all']),
        properties: namesIn(call.query, 'properties', []),
      };
      return { status: 200, body: views.issue(find(call), selection) };
    },
    editIssue(call) {
      const issue = find(call, 'edit');
      const update = isRecord(call.body) && isRecord(call.body['update']) ? call.body['update'] : {};
      const fields = isRecord(call.body) && isRecord(call.body['fields']) ? call.body['fields'] : {};
      const { issuetype, ...set } = fields;
      const project = state.projectOf(issue);
      const type = issuetype === undefined ? null : readIssueType(project, issuetype);
      issue.fields = editedFields(state, project, issue.fields, { set, update });
      if (type !== null) issue.issueType = type.name;
      if ('reporter' in set) issue.reporter = findPerson(state, set['reporter'])?.email ?? issue.reporter;
      state.changed(issue);
      return { status: 204 };
    },
    deleteIssue(call) {
      const issue = find(call, 'delete');
      state.issues.splice(state.issues.indexOf(issue), 1);
      state.changed(issue);
      return { status: 204 };
    },
    bulkFetchIssues({ body }) {
      const request = isRecord(body) ? body : {};
      const wanted = strings(request['issueIdsOrKeys']);
      const properties = strings(request['properties']);
      if (wanted.length === 0) throw new JiraFailure(400, 'No issue IDs/keys were present.');
      if (wanted.length > 100) throw new JiraFailure(400, 'The number of issues requested exceeds the limit of 100.');
      if (properties.length > 5)
        throw new JiraFailure(400, 'The number of properties requested exceeds the limit of 5.');
      const fields = request['fields'] === undefined ? ['*navigable'] : strings(request['fields']);
      const found = wanted.map(state.findIssue).filter((issue) => issue !== undefined);
      const issues = [...new Set(found)]
        .sort((one, other) => Number(one.id) - Number(other.id))
        .map((issue) => views.issue(issue, { fields, properties }));
      // As documented, what is not there or not to be seen is in neither list.
      return { status: 200, body: { issues, issueErrors: [] } };
    },
    getIssuePropertyKeys(call) {
      const issue = findWithProperties(call);
      const keys = Object.keys(issue.properties).map((key) => ({ self: `${address(issue)}/properties/${key}`, key }));
      return { status: 200, body: { keys } };
    },
    getIssueProperty: (call) => ({
      status: 200,
      body: showProperty(findWithProperties(call).properties, call.path['property'] ?? ''),
    }),
    setIssueProperty(call) {
      const issue = findWithProperties(call, 'edit');
      const status = writeProperty(issue.properties, call.path['property'] ?? '', call.body);
      state.changed(issue);
      return { status };
    },
    getTransitions(call) {
      find(call);
      return { status: 200, body: { expand: 'transitions', transitions: views.transitions() } };
    },
    doTransition(call) {
      const issue = find(call, 'transition');
      const transition = isRecord(call.body) ? call.body['transition'] : undefined;
      if (!isRecord(transition)) throw new JiraFailure(400, "Missing 'transition' identifier");
      const status = jiraStatuses.find(({ id }) => id === transition['id']);
      if (status === undefined) {
        throw new JiraFailure(400, `Transition id '${String(transition['id'])}' is not valid for this issue.`);
      }
      issue.status = status;
      state.changed(issue);
      return { status: 204 };
    },
  };
}

/** The issue in the path. Throws JiraFailure 404 and 403. */
export function theIssue(state: JiraState, call: JiraCall, permission?: JiraPermission): JiraIssue {
  const issue = state.findIssue(call.path['issue'] ?? '');
  if (issue === undefined) {
    throw new JiraFailure(404, 'Issue does not exist or you do not have permission to see it.');
  }
  if (permission !== undefined && permission !== 'delete' && issue.isArchived) {
    throw new JiraFailure(403, 'The issue is archived, so it cannot be changed.');
  }
  if (permission !== undefined && !state.projectOf(issue).permissions[permission]) {
    throw new JiraFailure(403, `You do not have permission to ${permission} issues in this project.`);
  }
  return issue;
}

function readProject(state: JiraState, value: unknown): JiraProject {
  if (!isRecord(value)) throw new JiraFailure(400, null, { project: 'project is required' });
  const { id, key } = value;
  const project = state.findProject(String(id ?? key));
  const isExact = project !== undefined && (id === undefined || project.id === id);
  if (!isExact || !project.permissions.browse) {
    throw new JiraFailure(400, null, { project: 'valid project is required' });
  }
  return project;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
