import { isRecord, type Json } from '../record.ts';
import type { JiraField } from './field-kinds.ts';
import type { JiraState } from './state.ts';

/** What is wrong with a value of a field, in Jira's words where they are known; null where nothing is. */
export function faultOf(state: JiraState, field: JiraField, value: unknown): string | null {
  if (['project', 'issuetype'].includes(field.id)) return null;
  if (field.id === 'summary') return faultOfSummary(value);
  if (value === null) return null;
  if (isRich(field)) return faultOfText(state, value);
  if (field.schema.type !== 'array') return faultOfOne(state, field, field.schema.type, value);
  if (!Array.isArray(value)) {
    return isSprint(field) ? faultOfSprint(field, value) : 'data was not an array';
  }
  for (const entry of value) {
    const fault = isSprint(field)
      ? 'Number value expected as the Sprint id.'
      : faultOfOne(state, field, String(field.schema['items']), entry);
    if (fault !== null) return fault;
  }
  return null;
}

/** Whether nothing that counts is in it. */
export function isEmpty(state: JiraState, field: JiraField, value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRich(field) && state.dialect.textLength(value) === 0;
}

/** Names the person by account id or by name; the account itself where a person may be left out. */
export function findPerson({ people, dialect: { personKey } }: JiraState, value: unknown) {
  return isRecord(value) ? people.find((person) => person[personKey] === value[personKey]) : undefined;
}

function isRich({ id, schema }: JiraField): boolean {
  return id === 'description' || id === 'environment' || String(schema['custom']).endsWith(':textarea');
}

const isSprint = ({ schema }: JiraField) => String(schema['custom']).endsWith(':gh-sprint');

function faultOfSprint({ untold = [] }: JiraField, value: unknown): string | null {
  if (typeof value !== 'number') return 'Number value expected as the Sprint id.';
  return untold.length === 0 || untold.includes(String(value)) ? null : `Sprint with id '${value}' does not exist.`;
}

function faultOfSummary(value: unknown): string | null {
  if (typeof value !== 'string') return 'Operation value must be a string';
  if (value.trim() === '') return 'You must specify a summary of the issue.';
  if (/[\r\n]/.test(value)) return 'The summary is invalid because it contains newline characters.';
  return value.length > 255 ? "Summary can't exceed 255 characters." : null;
}

export function faultOfText({ dialect, make: { textLimit } }: JiraState, value: unknown): string | null {
  const fault = dialect.faultOfText(value);
  if (fault !== null || textLimit === 0 || dialect.textLength(value) <= textLimit) return fault;
  return tooLong(textLimit);
}

function tooLong(limit: number): string {
  return `The entered text is too long. It exceeds the allowed limit of ${limit.toLocaleString('en')} characters.`;
}

/** `type` is the schema's, or that of an entry in a list. */
function faultOfOne(state: JiraState, field: JiraField, type: string, value: unknown): string | null {
  const { allowedValues = [], untold = [], schema } = field;
  switch (type) {
    case 'string':
      if (schema.type === 'array') return faultOfLabel(value);
      if (typeof value !== 'string') return 'Operation value must be a string';
      if (String(schema['custom']).endsWith(':url')) return isUrl(value) ? null : 'The URL is not valid.';
      return value.length > 255 ? tooLong(255) : null;
    case 'number':
      return typeof value === 'number' ? null : 'Operation value must be a number';
    case 'date':
      return isDate(value) ? null : "Operation value must be a string in the format 'yyyy-MM-dd'";
    case 'datetime':
      return isMoment(value) ? null : `Operation value must be a string in the format 'yyyy-MM-dd'T'HH:mm:ss.SSSZ'`;
    case 'option':
      return faultOfChoice(field, allowedValues, value, 'value');
    case 'option-with-child':
      return faultOfCascade(field, value);
    case 'component':
    case 'version':
    case 'priority':
    case 'securitylevel':
      return faultOfChoice(field, allowedValues, value, 'name');
    case 'user':
      return faultOfPerson(state, field, value);
    case 'any':
      if (typeof value !== 'string') return 'Operation value must be a string';
      return state.findIssue(value) === undefined ? `The Epic with key '${value}' does not exist.` : null;
    case 'sd-customerrequesttype':
      if (typeof value !== 'string') return 'Operation value must be a string';
      return untold.includes(value) ? null : `Request type '${value}' does not exist.`;
    case 'group':
      if (!isRecord(value) || typeof value['name'] !== 'string') return "Specify a valid 'name' for a group";
      return untold.includes(value['name']) ? null : `Group '${value['name']}' does not exist.`;
    default:
      return isRecord(value) ? null : 'data was not an object';
  }
}

function faultOfLabel(label: unknown): string | null {
  if (typeof label !== 'string') return 'string expected at index 0';
  if (/\s/.test(label)) return `The label '${label}' contains spaces which is invalid.`;
  if (label.length <= 255) return null;
  return `The label '${label}' exceeds the maximum length for a single label, which is 255 characters.`;
}

/** One of the `choices`, by its id or by what people call it. */
function faultOfChoice({ name }: JiraField, choices: Json[], value: unknown, by: 'value' | 'name'): string | null {
  if (!isRecord(value) || (value['id'] === undefined && value[by] === undefined)) {
    return `Specify a valid 'id' or '${by}' for ${name}`;
  }
  // A number is no id: Jira wants strings.
  const known = choices.some(
    (choice) => choice['id'] === value['id'] || (value['id'] === undefined && choice[by] === value[by]),
  );
  return known ? null : `${name}: the option '${String(value[by] ?? value['id'])}' is not valid`;
}

function faultOfCascade(field: JiraField, value: unknown): string | null {
  const { allowedValues = [] } = field;
  const fault = faultOfChoice(field, allowedValues, value, 'value');
  if (fault !== null || !isRecord(value) || value['child'] === undefined || value['child'] === null) return fault;
  const parent = allowedValues.find(({ id, value: name }) => id === value['id'] || name === value['value']);
  const children = Array.isArray(parent?.['children']) ? parent['children'].filter(isRecord) : [];
  return faultOfChoice(field, children, value['child'], 'value');
}

function faultOfPerson(state: JiraState, field: JiraField, value: unknown): string | null {
  if (!isRecord(value)) return 'data was not an object';
  const { personKey } = state.dialect;
  const named = value[personKey];
  if (typeof named !== 'string') return `Specify a valid '${personKey}' for ${field.name}`;
  const person = findPerson(state, value);
  if (person === undefined || !person.active) return `User '${named}' does not exist.`;
  if (field.id === 'reporter' && !person.mayReport) return 'The reporter specified does not have permission.';
  return null;
}

function isUrl(value: string): boolean {
  return URL.canParse(value) && /^(?:https?|ftp|mailto):/.test(value);
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isReal(value.slice(0, 10));
}

/** `2026-01-31T09:00:00.000+0000`: Java's own format takes neither `Z` nor a colon in the offset. */
function isMoment(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/.test(value)) return false;
  return isReal(value.slice(0, 10)) && !Number.isNaN(Date.parse(`${value.slice(0, 23)}Z`));
}

/** Whether the calendar has the day: there is no 31st of February. */
function isReal(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
