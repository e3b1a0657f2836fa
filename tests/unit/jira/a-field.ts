import type { FieldOption, FieldSchema, ScreenField } from '../../../electron/jira/api/jira-api.ts';

const basic = 'com.atlassian.jira.plugin.system.customfieldtypes';

/** Schemas as Jira's create metadata has them. */
export const schemas = {
  text: { type: 'string', custom: `${basic}:textfield` },
  rich: { type: 'string', custom: `${basic}:textarea` },
  environment: { type: 'string', system: 'environment' },
  number: { type: 'number', custom: `${basic}:float` },
  url: { type: 'string', custom: `${basic}:url` },
  select: { type: 'option', custom: `${basic}:select` },
  radio: { type: 'option', custom: `${basic}:radiobuttons` },
  multiSelect: { type: 'array', items: 'option', custom: `${basic}:multiselect` },
  checkboxes: { type: 'array', items: 'option', custom: `${basic}:multicheckboxes` },
  cascading: { type: 'option-with-child', custom: `${basic}:cascadingselect` },
  date: { type: 'date', custom: `${basic}:datepicker` },
  due: { type: 'date', system: 'duedate' },
  moment: { type: 'datetime', custom: `${basic}:datetime` },
  user: { type: 'user', custom: `${basic}:userpicker` },
  users: { type: 'array', items: 'user', custom: `${basic}:multiuserpicker` },
  group: { type: 'group', custom: `${basic}:grouppicker` },
  labels: { type: 'array', items: 'string', custom: `${basic}:labels` },
  ownLabels: { type: 'array', items: 'string', system: 'labels' },
  components: { type: 'array', items: 'component', system: 'components' },
  versions: { type: 'array', items: 'version', system: 'fixVersions' },
  version: { type: 'version', custom: `${basic}:version` },
  priority: { type: 'priority', system: 'priority' },
  project: { type: 'project', custom: `${basic}:project` },
  parent: { type: 'issuelink', system: 'parent' },
  time: { type: 'timetracking', system: 'timetracking' },
  sprint: { type: 'array', items: 'json', custom: 'com.pyxis.greenhopper.jira:gh-sprint' },
  epicLink: { type: 'any', custom: 'com.pyxis.greenhopper.jira:gh-epic-link' },
  requestType: { type: 'sd-customerrequesttype', custom: 'com.atlassian.servicedesk:vp-origin' },
  strange: { type: 'any', custom: 'com.example:rating' },
} as const satisfies Record<string, Partial<FieldSchema>>;

export function aField(kind: keyof typeof schemas, change: Partial<ScreenField> = {}): ScreenField {
  const schema: FieldSchema = { items: null, system: null, custom: null, ...schemas[kind] };
  return { id: 'customfield_1', name: 'Team', required: false, hasDefault: false, options: null, ...change, schema };
}

export function options(...names: string[]): FieldOption[] {
  return names.map((name, index) => ({ id: String(101 + index), name, children: [] }));
}
