import type { Answer } from '../loopback-server.ts';
import { isRecord, type Json } from '../record.ts';
import { JiraFailure } from './failure.ts';
import { checkFields, editedFields, readIssueType } from './fields.ts';
import type { JiraPermission, JiraProject } from './projects.ts';
import { type JiraIssue, type JiraState, jiraStatuses } from './state.ts';
import type { JiraViews } from './views.ts';

const propertyLimit = 32_768;

/** A request as the operations see it. */
export interface JiraCall {
  /** Parts of the path, by name. */
  path: Record<string, string>;
  query: URLSearchParams;
  /** The parsed body; undefined where none came. */
  body: unknown;
}

export type JiraOperation = (call: JiraCall) => Answer;

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
  const address = (issue: JiraIssue) => String(views.issue(issue, { fields: [], properties: [] })['self']);

  function find(call: JiraCall, permission?: JiraPermission): JiraIssue {
    const issue = findIssue(state, call.path['issue'] ?? '');
    if (issue === undefined) {
      throw new JiraFailure(404, 'Issue does not exist or you do not have permission to see it.');
    }
    if (permission !== undefined && !state.projectOf(issue).permissions[permission]) {
      throw new JiraFailure(403, `You do not have permission to ${permission} issues in this project.`);
    }
    return issue;
  }

  function changed(issue: JiraIssue): void {
    issue.updatedAt = state.now();
    state.watch.changed(issue);
  }

  return {
    createIssue({ body }) {
      const fields = isRecord(body) && isRecord(body['fields']) ? body['fields'] : {};
      const project = readProject(state, fields['project']);
      if (!project.permissions.create) {
        throw new JiraFailure(403, 'You do not have permission to create issues in this project.');
      }
      const type = readIssueType(project, fields['issuetype']);
      checkFields(project, type, fields);
      const properties = readProperties(isRecord(body) ? body['properties'] : undefined);
      const issue = state.addIssue({ projectKey: project.key, issueType: type.name, fields, properties });
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
      const { issuetype, ...others } = fields;
      const [unknown] = Object.keys(others);
      if (unknown !== undefined) {
        throw new JiraFailure(400, null, { [unknown]: `Field '${unknown}' cannot be set here.` });
      }
      const type = issuetype === undefined ? null : readIssueType(state.projectOf(issue), issuetype);
      issue.fields = editedFields(state.projectOf(issue), issue.fields, update);
      if (type !== null) issue.issueType = type.name;
      changed(issue);
      return { status: 204 };
    },
    deleteIssue(call) {
      const issue = find(call, 'delete');
      state.issues.splice(state.issues.indexOf(issue), 1);
      state.watch.changed(issue);
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
      const found = wanted.map((id) => findIssue(state, id)).filter((issue) => issue !== undefined);
      const issues = [...new Set(found)]
        .sort((one, other) => Number(one.id) - Number(other.id))
        .map((issue) => views.issue(issue, { fields, properties }));
      // As documented, what is not there or not to be seen is in neither list.
      return { status: 200, body: { issues, issueErrors: [] } };
    },
    getIssuePropertyKeys(call) {
      const issue = find(call);
      const keys = Object.keys(issue.properties).map((key) => ({ self: `${address(issue)}/properties/${key}`, key }));
      return { status: 200, body: { keys } };
    },
    getIssueProperty(call) {
      const { properties } = find(call);
      const key = call.path['property'] ?? '';
      if (!(key in properties)) throw new JiraFailure(404, `The property with key '${key}' does not exist.`);
      return { status: 200, body: { key, value: properties[key] } };
    },
    setIssueProperty(call) {
      const issue = find(call, 'edit');
      const key = call.path['property'] ?? '';
      checkProperty(key, call.body);
      const isNew = !(key in issue.properties);
      issue.properties[key] = call.body;
      changed(issue);
      return { status: isNew ? 201 : 200 };
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
      changed(issue);
      return { status: 204 };
    },
  };
}

/** The issue by id or key, whatever the key's case; only where the account may see it. */
export function findIssue(state: JiraState, idOrKey: string): JiraIssue | undefined {
  const issue = state.issues.find(({ id, key }) => id === idOrKey || key === idOrKey.toUpperCase());
  return issue !== undefined && state.projectOf(issue).permissions.browse ? issue : undefined;
}

function readProject(state: JiraState, value: unknown): JiraProject {
  if (!isRecord(value)) throw new JiraFailure(400, null, { project: 'project is required' });
  const given = value['id'] ?? value['key'];
  const project = state.projects.find(({ id, key }) => (value['id'] === undefined ? key === given : id === given));
  if (project === undefined || !project.permissions.browse) {
    throw new JiraFailure(400, null, { project: 'valid project is required' });
  }
  return project;
}

function readProperties(value: unknown): Record<string, unknown> {
  if (value === undefined) return {};
  if (!Array.isArray(value)) throw new JiraFailure(400, 'The properties are invalid: a list is expected.');
  return Object.fromEntries(
    value.map((entry: unknown) => {
      const property: Json = isRecord(entry) ? entry : {};
      const key = property['key'];
      if (typeof key !== 'string' || !('value' in property)) {
        throw new JiraFailure(400, 'Every property needs a key and a value.');
      }
      checkProperty(key, property['value']);
      return [key, property['value']];
    }),
  );
}

function checkProperty(key: string, value: unknown): void {
  if (key === '' || key.length > 255) throw new JiraFailure(400, 'The property key must have 1 to 255 characters.');
  if (value === undefined) throw new JiraFailure(400, 'The property value has to be a valid, non-empty JSON.');
  if (JSON.stringify(value).length > propertyLimit) {
    throw new JiraFailure(400, `The property value is longer than ${propertyLimit} characters.`);
  }
}

/** Jira takes such lists as repeated parameters and as comma-separated ones. */
export function namesIn(query: URLSearchParams, name: string, fallback: string[]): string[] {
  const names = query.getAll(name).flatMap((value) => value.split(','));
  const filled = names.map((entry) => entry.trim()).filter((entry) => entry !== '');
  return filled.length > 0 ? filled : fallback;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
