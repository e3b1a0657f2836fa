import type { Json } from '../record.ts';

/** A field on the create screen, as createmeta describes it. */
export interface JiraField {
  id: string;
  name: string;
  required: boolean;
  /** Whether Jira fills it in where it is left out. */
  hasDefault: boolean;
  schema: Json & { type: string };
  /** What may be chosen, as createmeta lists it; undefined where that is not told. */
  allowedValues?: Json[];
  /** What may be said where createmeta does not tell. */
  untold?: string[];
  /** Names of the issue types whose screen shows it; every type's where absent. */
  types?: string[];
}

export interface JiraFieldSeed {
  /** `customfield_10050`, or the id of a system field. */
  id: string;
  name: string;
  required?: boolean;
  hasDefault?: boolean;
  /** Text of one line by default; a system field is what its id says. */
  type?: JiraFieldKind;
  /** What may be chosen; `Hardware > Laptop` in a cascading select. */
  values?: string[];
  types?: string[];
}

const basic = 'com.atlassian.jira.plugin.system.customfieldtypes';
const agile = 'com.pyxis.greenhopper.jira';

/** Schemas of custom fields, as Jira's createmeta answers with them. */
const customKinds = {
  string: { type: 'string', custom: `${basic}:textfield` },
  textarea: { type: 'string', custom: `${basic}:textarea` },
  number: { type: 'number', custom: `${basic}:float` },
  option: { type: 'option', custom: `${basic}:select` },
  radio: { type: 'option', custom: `${basic}:radiobuttons` },
  options: { type: 'array', items: 'option', custom: `${basic}:multiselect` },
  checkboxes: { type: 'array', items: 'option', custom: `${basic}:multicheckboxes` },
  cascading: { type: 'option-with-child', custom: `${basic}:cascadingselect` },
  date: { type: 'date', custom: `${basic}:datepicker` },
  datetime: { type: 'datetime', custom: `${basic}:datetime` },
  user: { type: 'user', custom: `${basic}:userpicker` },
  users: { type: 'array', items: 'user', custom: `${basic}:multiuserpicker` },
  group: { type: 'group', custom: `${basic}:grouppicker` },
  project: { type: 'project', custom: `${basic}:project` },
  labels: { type: 'array', items: 'string', custom: `${basic}:labels` },
  url: { type: 'string', custom: `${basic}:url` },
  version: { type: 'version', custom: `${basic}:version` },
  versions: { type: 'array', items: 'version', custom: `${basic}:multiversion` },
  sprint: { type: 'array', items: 'json', custom: `${agile}:gh-sprint` },
  epicLink: { type: 'any', custom: `${agile}:gh-epic-link` },
  requestType: { type: 'sd-customerrequesttype', custom: 'com.atlassian.servicedesk:vp-origin' },
} as const satisfies Record<string, Json & { type: string }>;

export type JiraFieldKind = keyof typeof customKinds;

const systemKinds: Record<string, Json & { type: string }> = {
  summary: { type: 'string' },
  description: { type: 'string' },
  environment: { type: 'string' },
  issuetype: { type: 'issuetype' },
  project: { type: 'project' },
  reporter: { type: 'user' },
  assignee: { type: 'user' },
  priority: { type: 'priority' },
  duedate: { type: 'date' },
  labels: { type: 'array', items: 'string' },
  components: { type: 'array', items: 'component' },
  versions: { type: 'array', items: 'version' },
  fixVersions: { type: 'array', items: 'version' },
  security: { type: 'securitylevel' },
};

export function toField(seed: JiraFieldSeed): JiraField {
  const system = systemKinds[seed.id];
  const schema =
    system === undefined
      ? { ...customKinds[seed.type ?? 'string'], customId: Number(seed.id.replace('customfield_', '')) }
      : { ...system, system: seed.id };
  const { id, name, required = false, hasDefault = false, types, values } = seed;
  return {
    id,
    name,
    required,
    hasDefault,
    schema,
    ...(types !== undefined && { types }),
    ...(values !== undefined && toChoices(schema.type, String(Reflect.get(schema, 'items') ?? ''), values)),
  };
}

function toChoices(type: string, items: string, values: string[]): Pick<JiraField, 'allowedValues' | 'untold'> {
  const kind = type === 'array' ? items : type;
  const idOf = (index: number) => String(10_100 + index);
  if (kind === 'option') return { allowedValues: values.map((value, index) => ({ id: idOf(index), value })) };
  if (kind === 'option-with-child') return { allowedValues: toCascade(values) };
  if (['component', 'version', 'priority', 'securitylevel'].includes(kind)) {
    return { allowedValues: values.map((name, index) => ({ id: idOf(index), name })) };
  }
  return { untold: values };
}

function toCascade(values: string[]): Json[] {
  const parents = new Map<string, Json[]>();
  for (const [index, path] of values.entries()) {
    const [parent = '', child] = path.split('>').map((part) => part.trim());
    const children = parents.get(parent) ?? [];
    parents.set(parent, children);
    if (child !== undefined) children.push({ id: String(10_500 + index), value: child });
  }
  return [...parents].map(([value, children], index) => ({ id: String(10_100 + index), value, children }));
}
