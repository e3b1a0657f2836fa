import type { Json } from '../record.ts';
import type { JiraField, JiraIssueType, JiraProject } from './projects.ts';
import { type JiraAccount, type JiraIssue, type JiraState, type JiraStatus, jiraStatuses } from './state.ts';

/** Which fields and properties of an issue the client asked for, as Jira's lists of names. */
interface IssueSelection {
  fields: string[];
  properties: string[];
}

/** Everything in Jira's JSON that carries an address needs the site's own. */
export interface JiraViews {
  account(account: JiraAccount): Json;
  project(project: JiraProject): Json;
  issueType(type: JiraIssueType): Json;
  field(field: JiraField): Json;
  issue(issue: JiraIssue, selection: IssueSelection): Json;
  transitions(): Json[];
  permission(key: string, name: string, havePermission: boolean): Json;
}

/** Jira's wire format of what the state holds. */
export function createJiraViews(state: JiraState, baseUrl: () => string): JiraViews {
  const address = (path: string) => `${baseUrl()}/rest/api/3/${path}`;

  function showAccount(account: JiraAccount): Json {
    return {
      self: address(`user?accountId=${encodeURIComponent(account.accountId)}`),
      accountId: account.accountId,
      accountType: 'atlassian',
      emailAddress: account.email,
      displayName: account.displayName,
      active: true,
      timeZone: account.timeZone,
      locale: 'en_US',
      avatarUrls: avatars(),
    };
  }

  /** Somebody else than the account that runs the app; Jira hides others' addresses. */
  function showPerson(displayName: string): Json {
    const { emailAddress: _hidden, locale: _locale, ...person } = showAccount(state.account);
    return { ...person, accountId: `712020:${displayName.toLowerCase().replaceAll(' ', '-')}`, displayName };
  }

  function avatars(): Json {
    return Object.fromEntries(
      ['48x48', '32x32', '24x24', '16x16'].map((size) => [size, `${baseUrl()}/avatar/${size}.png`]),
    );
  }

  function showProject(project: JiraProject): Json {
    return {
      self: address(`project/${project.id}`),
      id: project.id,
      key: project.key,
      name: project.name,
      projectTypeKey: 'software',
      simplified: false,
      style: 'classic',
      isPrivate: false,
      avatarUrls: avatars(),
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
      hierarchyLevel: type.subtask ? -1 : 0,
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
      assignee: issue.assignee === null ? null : showPerson(issue.assignee),
      reporter: issue.reporter === state.account.email ? showAccount(state.account) : showPerson(issue.reporter),
      creator: issue.reporter === state.account.email ? showAccount(state.account) : showPerson(issue.reporter),
      resolution: null,
      created: toJiraTime(issue.createdAt),
      updated: toJiraTime(issue.updatedAt),
    };
  }

  return {
    account: showAccount,
    project: (project) => ({ ...showProject(project), issueTypes: project.issueTypes.map(showIssueType) }),
    issueType: showIssueType,
    field: (field) => ({
      fieldId: field.id,
      key: field.id,
      name: field.name,
      required: field.required,
      hasDefaultValue: false,
      operations: ['set'],
      schema: field.schema,
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
        ...(properties.length > 0 && {
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

/** `2026-01-31T09:00:00.000+0000`. */
export function toJiraTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}
