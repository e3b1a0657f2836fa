import { type JiraField, type JiraFieldSeed, toField } from './field-kinds.ts';

export interface JiraIssueType {
  id: string;
  name: string;
  /** Its name before somebody translated it; Data Center does not tell. */
  untranslatedName: string;
  subtask: boolean;
}

export interface JiraProject {
  id: string;
  key: string;
  /** Keys that it had before; they go on naming it. */
  formerKeys: string[];
  name: string;
  kind: 'software' | 'service_desk';
  issueTypes: JiraIssueType[];
  /** What the create screens show, `types` permitting. */
  fields: JiraField[];
  permissions: Record<JiraPermission, boolean>;
}

export type JiraPermission =
  | 'browse'
  | 'create'
  | 'edit'
  | 'delete'
  | 'transition'
  | 'comment'
  | 'attach'
  /** Where it is missing, Reporter is on no screen. */
  | 'modifyReporter';

type JiraIssueTypeSeed = { name: string; id?: string; untranslatedName?: string; subtask?: boolean };

export interface JiraProjectSeed {
  key: string;
  id?: string;
  name?: string;
  kind?: JiraProject['kind'];
  /** Names of standard types, or whole types; Task, Bug, Incident, Question and Sub-task by default. */
  issueTypes?: Array<string | JiraIssueTypeSeed>;
  /** Whether the create screen has Labels; true by default. */
  labels?: boolean;
  /** Whether the create screen has Description; true by default. */
  description?: boolean;
  /** Whether the create screen has Reporter; true by default. */
  reporter?: boolean;
  /** Further fields on the create screen; a system field's id changes that one. What offers a choice needs `values`. */
  customFields?: JiraFieldSeed[];
}

const someTypes = ['Task', 'Bug', 'Incident', 'Question', { name: 'Sub-task', subtask: true }];
const priorities = ['Highest', 'High', 'Medium', 'Low', 'Lowest'];

/** `index` numbers the projects of a site and keeps their ids apart. */
export function toProject(seed: JiraProjectSeed, index: number): JiraProject {
  const standard: JiraFieldSeed[] = [
    { id: 'summary', name: 'Summary', required: true },
    { id: 'issuetype', name: 'Issue Type', required: true },
    { id: 'project', name: 'Project', required: true },
    { id: 'priority', name: 'Priority', hasDefault: true, values: priorities },
  ];
  // Jira fills in who files it.
  if (seed.reporter !== false) standard.push({ id: 'reporter', name: 'Reporter', required: true, hasDefault: true });
  if (seed.description !== false) standard.push({ id: 'description', name: 'Description' });
  if (seed.labels !== false) standard.push({ id: 'labels', name: 'Labels' });
  const own = seed.customFields ?? [];
  const others = standard.filter(({ id }) => !own.some((field) => field.id === id));
  return {
    id: seed.id ?? String(10_000 + index),
    key: seed.key,
    formerKeys: [],
    name: seed.name ?? `Project ${seed.key}`,
    kind: seed.kind ?? 'software',
    issueTypes: (seed.issueTypes ?? someTypes).map((type, position) => toIssueType(type, index, position)),
    fields: [...others, ...own].map(toField),
    permissions: {
      browse: true,
      create: true,
      edit: true,
      delete: true,
      transition: true,
      comment: true,
      attach: true,
      modifyReporter: true,
    },
  };
}

/** What the screen shows on which this account creates an issue of the type. */
export function screenOf({ fields, permissions }: JiraProject, type: JiraIssueType): JiraField[] {
  return fields
    .filter(({ types }) => types === undefined || types.includes(type.name))
    .filter(({ id }) => id !== 'reporter' || permissions.modifyReporter);
}

function toIssueType(seed: string | JiraIssueTypeSeed, project: number, position: number): JiraIssueType {
  const type = typeof seed === 'string' ? { name: seed } : seed;
  return { id: String(10_000 + project * 100 + position), untranslatedName: type.name, subtask: false, ...type };
}
