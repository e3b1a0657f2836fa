import { isRecord, type Json } from '../record.ts';
import { adfLength, isAdf } from './adf.ts';
import { JiraFailure } from './failure.ts';
import type { JiraField, JiraIssueType, JiraProject } from './projects.ts';

const textLimit = 32_767;

/** The issue type that a request names by id or, within its project, by name. Throws JiraFailure 400. */
export function readIssueType(project: JiraProject, value: unknown): JiraIssueType {
  if (!isRecord(value) || (value['id'] === undefined && value['name'] === undefined)) {
    throw new JiraFailure(400, null, { issuetype: 'Specify an issue type' });
  }
  const { id, name } = value;
  const found = project.issueTypes.find((type) => (id === undefined ? type.name === name : type.id === id));
  if (found === undefined) throw new JiraFailure(400, null, { issuetype: 'Specify a valid issue type' });
  return found;
}

/** Checks the fields of a new issue against its create screen. Throws JiraFailure 400 naming every field at fault. */
export function checkFields(project: JiraProject, type: JiraIssueType, fields: Json): void {
  const errors: Record<string, string> = {};
  for (const [id, value] of Object.entries(fields)) {
    const field = project.fields.find((known) => known.id === id);
    const isParent = id === 'parent' && type.subtask;
    if (isParent) continue;
    const fault =
      field === undefined
        ? `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`
        : faultOf(field, value);
    if (fault !== null) errors[id] = fault;
  }
  for (const field of project.fields) {
    if (!field.required || ['project', 'issuetype', 'summary'].includes(field.id)) continue;
    const value = fields[field.id];
    if (value === undefined || value === null || value === '') errors[field.id] = `${field.name} is required.`;
  }
  if (fields['summary'] === undefined) errors['summary'] = 'You must specify a summary of the issue.';
  if (type.subtask && fields['parent'] === undefined) {
    errors['issuetype'] = 'Issue type is a sub-task but parent issue key or id not specified.';
  }
  if (Object.keys(errors).length > 0) throw new JiraFailure(400, null, errors);
}

/** An issue's fields after `add`, `remove` and `set` on its lists. Throws JiraFailure 400 naming the field at fault. */
export function editedFields(project: JiraProject, fields: Json, update: Json): Json {
  const edited: Json = { ...fields };
  for (const [id, operations] of Object.entries(update)) {
    const isList = project.fields.some((field) => field.id === id && field.schema.type === 'array');
    if (!isList || !Array.isArray(operations)) {
      const fault = `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
      throw new JiraFailure(400, null, { [id]: fault });
    }
    edited[id] = operations.reduce(afterOperation, fields[id] ?? []);
    const fault = faultOfLabels(edited[id]);
    if (fault !== null) throw new JiraFailure(400, null, { [id]: fault });
  }
  return edited;
}

function afterOperation(list: unknown, operation: unknown): unknown {
  if (!isRecord(operation) || !Array.isArray(list)) return list;
  if ('set' in operation) return operation['set'];
  const others = list.filter((entry) => entry !== operation['remove'] && entry !== operation['add']);
  return 'add' in operation ? [...others, operation['add']] : others;
}

function faultOf(field: JiraField, value: unknown): string | null {
  switch (field.id) {
    case 'project':
    case 'issuetype':
      return null;
    case 'summary':
      return faultOfSummary(value);
    case 'description':
      return faultOfDocument(value);
    case 'labels':
      return faultOfLabels(value);
    default:
      return faultOfValue(field, value);
  }
}

function faultOfSummary(value: unknown): string | null {
  if (typeof value !== 'string') return 'Operation value must be a string';
  if (value.trim() === '') return 'You must specify a summary of the issue.';
  if (/[\r\n]/.test(value)) return 'The summary is invalid because it contains newline characters.';
  return value.length > 255 ? "Summary can't exceed 255 characters." : null;
}

function faultOfDocument(value: unknown): string | null {
  if (value === null) return null;
  if (!isAdf(value)) return 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';
  if (adfLength(value) <= textLimit) return null;
  return 'The entered text is too long. It exceeds the allowed limit of 32,767 characters.';
}

function faultOfLabels(value: unknown): string | null {
  if (!Array.isArray(value)) return 'data was not an array';
  for (const label of value) {
    if (typeof label !== 'string') return 'string expected at index 0';
    if (/\s/.test(label)) return `The label '${label}' contains spaces which is invalid.`;
    if (label.length > 255)
      return `The label '${label}' exceeds the maximum length for a single label, which is 255 characters.`;
  }
  return null;
}

function faultOfValue(field: JiraField, value: unknown): string | null {
  if (value === null) return null;
  switch (field.schema.type) {
    case 'string':
      return typeof value === 'string' ? null : 'Operation value must be a string';
    case 'number':
      return typeof value === 'number' ? null : 'Operation value must be a number';
    case 'option':
      return faultOfOption(field, value);
    default:
      return isRecord(value) ? null : 'data was not an object';
  }
}

function faultOfOption(field: JiraField, value: unknown): string | null {
  if (!isRecord(value)) return `Specify a valid 'id' or 'name' for ${field.name}`;
  const known = (field.allowedValues ?? []).some(
    (allowed) => allowed['id'] === value['id'] || (value['id'] === undefined && allowed['value'] === value['value']),
  );
  return known ? null : `Option value '${String(value['value'] ?? value['id'])}' is not valid`;
}
