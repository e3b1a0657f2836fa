import type { Json } from '../record.ts';

/** A field on the create screen, as createmeta describes it. */
export interface JiraField {
  id: string;
  name: string;
  required: boolean;
  schema: Json & { type: string };
  allowedValues?: Json[];
}

export interface JiraIssueType {
  id: string;
  name: string;
  subtask: boolean;
}

export interface JiraProject {
  id: string;
  key: string;
  name: string;
  issueTypes: JiraIssueType[];
  /** What the create screen of every type shows. */
  fields: JiraField[];
  permissions: Record<JiraPermission, boolean>;
}

export type JiraPermission = 'browse' | 'create' | 'edit' | 'delete' | 'transition';

export interface JiraProjectSeed {
  key: string;
  id?: string;
  name?: string;
  /** Names of standard types, or whole types; Task, Bug, Incident, Question and Sub-task by default. */
  issueTypes?: Array<string | { name: string; id?: string; subtask?: boolean }>;
  /** Whether the create screen has Labels; true by default. */
  labels?: boolean;
  /** Whether the create screen has Description; true by default. */
  description?: boolean;
  /** Further fields on the create screen; an `option` needs `values`. */
  customFields?: Array<{
    id: string;
    name: string;
    required?: boolean;
    type?: 'string' | 'number' | 'option';
    values?: string[];
  }>;
}

const someTypes = ['Task', 'Bug', 'Incident', 'Question', { name: 'Sub-task', subtask: true }];

/** `index` numbers the projects of a site and keeps their ids apart. */
export function toProject(seed: JiraProjectSeed, index: number): JiraProject {
  const fields: JiraField[] = [
    system('summary', 'Summary', 'string', true),
    system('issuetype', 'Issue Type', 'issuetype', true),
    system('project', 'Project', 'project', true),
    system('reporter', 'Reporter', 'user', false),
    system('priority', 'Priority', 'priority', false),
  ];
  if (seed.description !== false) fields.push(system('description', 'Description', 'string', false));
  if (seed.labels !== false) {
    fields.push({
      ...system('labels', 'Labels', 'array', false),
      schema: { type: 'array', items: 'string', system: 'labels' },
    });
  }
  for (const custom of seed.customFields ?? []) fields.push(toCustomField(custom));
  return {
    id: seed.id ?? String(10_000 + index),
    key: seed.key,
    name: seed.name ?? `Project ${seed.key}`,
    issueTypes: (seed.issueTypes ?? someTypes).map((type, position) => toIssueType(type, index, position)),
    fields,
    permissions: { browse: true, create: true, edit: true, delete: true, transition: true },
  };
}

function system(id: string, name: string, type: string, required: boolean): JiraField {
  return { id, name, required, schema: { type, system: id } };
}

function toCustomField(seed: NonNullable<JiraProjectSeed['customFields']>[number]): JiraField {
  const type = seed.type ?? 'string';
  const kind = { string: 'textfield', number: 'float', option: 'select' }[type];
  const field: JiraField = {
    id: seed.id,
    name: seed.name,
    required: seed.required ?? false,
    schema: {
      type,
      custom: `com.atlassian.jira.plugin.system.customfieldtypes:${kind}`,
      customId: Number(seed.id.replace('customfield_', '')),
    },
  };
  if (seed.values === undefined) return field;
  return { ...field, allowedValues: seed.values.map((value, index) => ({ id: String(10_100 + index), value })) };
}

function toIssueType(
  seed: string | { name: string; id?: string; subtask?: boolean },
  project: number,
  position: number,
): JiraIssueType {
  const type = typeof seed === 'string' ? { name: seed } : seed;
  return { id: String(10_000 + project * 100 + position), subtask: false, ...type };
}
