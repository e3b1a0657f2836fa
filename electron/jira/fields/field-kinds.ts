import type { InputKind } from '../../../shared/issue-form.ts';
import type { FieldSchema, ScreenField } from '../api/jira-api.ts';

/**
 * Forms in which Jira takes a field's value. `choice` and `choices`: options, which go by `value`; `thing` and `things`:
 * what Jira knows by `name`, as priorities, versions, components and groups.
 */
export type FieldKind =
  | 'text'
  | 'rich'
  | 'number'
  | 'url'
  | 'date'
  | 'datetime'
  | 'choice'
  | 'choices'
  | 'cascading'
  | 'thing'
  | 'things'
  | 'user'
  | 'users'
  | 'labels'
  | 'sprint'
  | 'issue'
  | 'issue_key'
  | 'request_type'
  | 'project'
  | 'time'
  | 'unknown';

const bySystem: Record<string, FieldKind> = {
  description: 'rich',
  environment: 'rich',
  labels: 'labels',
  parent: 'issue',
  timetracking: 'time',
};

/** Kinds of custom fields, by what stands behind the last colon or dot of their type. */
const byCustom: Record<string, FieldKind> = {
  textarea: 'rich',
  url: 'url',
  labels: 'labels',
  cascadingselect: 'cascading',
  'gh-sprint': 'sprint',
  'gh-epic-link': 'issue_key',
  'gh-epic-label': 'text',
  'vp-origin': 'request_type',
};

const byType: Record<string, FieldKind> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  option: 'choice',
  'option-with-child': 'cascading',
  user: 'user',
  priority: 'thing',
  version: 'thing',
  component: 'thing',
  resolution: 'thing',
  securitylevel: 'thing',
  group: 'thing',
  project: 'project',
  issuelink: 'issue',
  timetracking: 'time',
  'sd-customerrequesttype': 'request_type',
};

const byItems: Record<string, FieldKind> = {
  option: 'choices',
  version: 'things',
  component: 'things',
  group: 'things',
  user: 'users',
  string: 'labels',
};

/** The form in which Jira takes values of such a field. */
export function kindOf({ type, items, system, custom }: FieldSchema): FieldKind {
  const own = bySystem[system ?? ''] ?? byCustom[custom?.split(/[:.]/).at(-1) ?? ''];
  return own ?? (type === 'array' ? byItems[items ?? ''] : byType[type ?? '']) ?? 'unknown';
}

/** Whether a person can give its value without knowing Jira's own form of it. */
export function isKnownField({ schema }: Pick<ScreenField, 'schema'>): boolean {
  return kindOf(schema) !== 'unknown';
}

const inputs: Record<FieldKind, InputKind> = {
  text: 'text',
  rich: 'textarea',
  number: 'number',
  url: 'url',
  date: 'date',
  datetime: 'datetime',
  choice: 'select',
  choices: 'multi_select',
  cascading: 'cascading',
  thing: 'select',
  things: 'multi_select',
  user: 'user',
  users: 'users',
  labels: 'labels',
  sprint: 'select',
  issue: 'text',
  issue_key: 'text',
  request_type: 'select',
  project: 'select',
  time: 'text',
  unknown: 'text',
};

/** Which input asks a person for it. */
export function inputOf({ schema, options }: ScreenField): InputKind {
  const input = inputs[kindOf(schema)];
  const hasOptions = options !== null && options.length > 0;
  if (schema.custom?.endsWith(':radiobuttons') && hasOptions) return 'radio';
  if (schema.custom?.endsWith(':multicheckboxes') && hasOptions) return 'checkboxes';
  const isOfOptions = input === 'select' || input === 'multi_select' || input === 'cascading';
  return isOfOptions && !hasOptions ? 'text' : input;
}

/** What to enter where a person has to know what Jira takes. */
export const asRestTakesIt =
  'Write the value as Jira’s REST API takes it: {"value": "Berlin"}, 5, words as they are, digits as text in quotation marks.';

/** What to enter, where neither name nor input says it. */
export function helpOf({ schema, options }: ScreenField): string | null {
  const kind = kindOf(schema);
  if (kind === 'unknown') {
    const what = schema.custom ?? schema.type ?? 'unknown';
    return `Jira’s kind ${what} is not known here. ${asRestTakesIt} Or give the field a default in Jira.`;
  }
  const isListed = options !== null && options.length > 0;
  return (isListed ? undefined : unlisted[kind]) ?? always[kind] ?? null;
}

const always: Partial<Record<FieldKind, string>> = {
  user: 'Email address of the person’s Jira account.',
  users: 'Email addresses with commas between them.',
  labels: 'With commas between them.',
  issue: 'Key of an issue, such as KAN-7.',
  issue_key: 'Key of the epic, such as KAN-7.',
  time: 'Estimate in Jira’s form, such as 2d 4h.',
};

const unlisted: Partial<Record<FieldKind, string>> = {
  choice: 'Jira does not list what there is: write its name.',
  choices: 'Jira does not list what there is: write names with commas between them.',
  cascading: 'Jira does not list what there is: write both names, as in Hardware > Laptop.',
  thing: 'Jira does not list what there is: write its name.',
  things: 'Jira does not list what there is: write names with commas between them.',
  sprint: 'Number of the sprint, as the address of its board shows it.',
  request_type: 'Portal and request type, such as it/getithelp, or the type’s number.',
  project: 'Key of the project.',
};
