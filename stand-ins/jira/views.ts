import type { Json } from '../record.ts';
import type { JiraField } from './field-kinds.ts';
import { type JiraAttachment, type JiraIssue, type JiraStatus, jiraStatuses } from './jira-issue.ts';
import { toJiraTime } from './jira-time.ts';
import { createPersonViews, type JiraPersonViews } from './person-views.ts';
import type { JiraIssueType, JiraProject } from './projects.ts';
import type { JiraState } from './state.ts';

/** Which fields and properties of an issue the client asked for, as Jira's lists of names. */
interface IssueSelection {
  fields: string[];
  properties: string[];
}

/** Everything in Jira's JSON that carries an address needs the site's own. */
export interface JiraViews extends JiraPersonViews {
  /** Address of something in the REST API. */
  address(path: string): string;
  project(project: JiraProject): Json;
  /** The type in create metadata, where Cloud names it as it was before somebody translated it. */
  createType(type: JiraIssueType): Json;
  field(field: JiraField): Json;
  issue(issue: JiraIssue, selection: IssueSelection): Json;
  attachment(attachment: JiraAttachment): Json;
  transitions(): Json[];
  permission(key: string, name: string, havePermission: boolean): Json;
}

/** Jira's wire format of what the state holds. */
export function createJiraViews(state: JiraState, baseUrl: () => string): JiraViews {
  const isCloud = state.make.deployment === 'cloud';
  const people = createPersonViews(state, baseUrl);
  const address = (path: string) => `${baseUrl()}${state.make.api}/${path}`;

  function showAttachment({ id, name, mimeType, content, author, createdAt }: JiraAttachment): Json {
    return {
      self: address(`attachment/${id}`),
      id,
      filename: name,
      author: people.personByEmail(author),
      created: toJiraTime(createdAt),
      size: Buffer.byteLength(content),
      mimeType,
      content: address(`attachment/content/${id}`),
    };
  }

  function showProject(project: JiraProject): Json {
    return {
      self: address(`project/${project.id}`),
      id: project.id,
      key: project.key,
      name: project.name,
      projectTypeKey: project.kind,
      ...(isCloud && { simplified: false, style: 'classic', isPrivate: false }),
      avatarUrls: people.avatars(),
    };
  }

  function showIssueType(type: JiraIssueType): Json {
    return {
      self: address(`issuetype/${type.id}`),
      id: type.id,
      description: '',
      iconUrl: `${baseUrl()}/icons/${type.id}.png`,
      name: type.name,
      subtask: type.subtask,
      ...(isCloud && { hierarchyLevel: type.subtask ? -1 : 0 }),
    };
  }

  function showStatus(status: JiraStatus): Json {
    const category = { new: [2, 'To Do'], indeterminate: [4, 'In Progress'], done: [3, 'Done'] }[status.category];
    return {
      self: address(`status/${status.id}`),
      id: status.id,
      name: status.name,
      description: '',
      iconUrl: `${baseUrl()}/icons/status.png`,
      statusCategory: {
        self: address(`statuscategory/${category[0]}`),
        id: category[0],
        key: status.category,
        colorName: 'blue-gray',
        name: category[1],
      },
    };
  }

  function allFields(issue: JiraIssue): Json {
    const project = state.projectOf(issue);
    const type = project.issueTypes.find(({ name }) => name === issue.issueType);
    return {
      priority: { self: address('priority/3'), id: '3', name: 'Medium', iconUrl: `${baseUrl()}/icons/medium.svg` },
      description: null,
      labels: [],
      ...issue.fields,
      project: showProject(project),
      issuetype: type === undefined ? null : showIssueType(type),
      status: showStatus(issue.status),
      assignee: issue.assignee === null ? null : people.stranger(issue.assignee),
      reporter: people.personByEmail(issue.reporter),
      creator: people.personByEmail(issue.creator),
      attachment: issue.attachments.map(showAttachment),
      resolution: null,
      created: toJiraTime(issue.createdAt),
      updated: toJiraTime(issue.updatedAt),
    };
  }

  /** Each describes the entries of a list of sprints in its own way; the value is a number for both. */
  function schemaOf({ schema }: JiraField): Json {
    return !isCloud && schema['items'] === 'json' ? { ...schema, items: 'string' } : schema;
  }

  return {
    address,
    ...people,
    attachment: showAttachment,
    project: (project) => ({ ...showProject(project), issueTypes: project.issueTypes.map(showIssueType) }),
    createType: (type) => ({ ...showIssueType(type), ...(isCloud && { untranslatedName: type.untranslatedName }) }),
    field: (field) => ({
      fieldId: field.id,
      ...(isCloud && { key: field.id }),
      name: field.name,
      required: field.required,
      hasDefaultValue: field.hasDefault,
      operations: field.schema.type === 'array' ? ['add', 'set', 'remove'] : ['set'],
      schema: schemaOf(field),
      ...(field.allowedValues !== undefined && { allowedValues: field.allowedValues }),
    }),
    issue(issue, { fields, properties }) {
      const kept = properties.filter((key) => key in issue.properties);
      return {
        expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
        id: issue.id,
        self: address(`issue/${issue.id}`),
        key: issue.key,
        fields: select(allFields(issue), fields),
        ...(properties.length > 0 &&
          state.make.issueProperties && {
            properties: Object.fromEntries(kept.map((key) => [key, issue.properties[key]])),
          }),
      };
    },
    transitions: () =>
      jiraStatuses.map((status) => ({
        id: status.id,
        name: status.name,
        to: showStatus(status),
        hasScreen: false,
        isGlobal: true,
        isInitial: false,
        isAvailable: true,
        isConditional: false,
        looped: false,
      })),
    permission: (key, name, havePermission) => ({
      id: '0',
      key,
      name,
      type: 'PROJECT',
      description: name,
      havePermission,
    }),
  };
}

/** Jira's list of names: `*all`, `*navigable`, single ones, and `-name` to leave one out. */
function select(all: Json, names: string[]): Json {
  const isEverything =
    names.some((name) => name === '*all' || name === '*navigable') || names.every((name) => name.startsWith('-'));
  return Object.fromEntries(
    Object.entries(all).filter(([id]) => !names.includes(`-${id}`) && (isEverything || names.includes(id))),
  );
}
