import { isRecord, type Json } from '../record.ts';
import { JiraFailure } from './failure.ts';
import { faultOf, isEmpty } from './field-values.ts';
import { type JiraIssueType, type JiraProject, screenOf } from './projects.ts';
import type { JiraState } from './state.ts';

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
export function checkFields(state: JiraState, project: JiraProject, type: JiraIssueType, fields: Json): void {
  const screen = screenOf(project, type);
  const errors: Record<string, string> = {};
  for (const field of screen) {
    if (!field.required || field.hasDefault || ['project', 'issuetype', 'summary'].includes(field.id)) continue;
    if (isEmpty(state, field, fields[field.id])) errors[field.id] = `${field.name} is required.`;
  }
  for (const [id, value] of Object.entries(fields)) {
    if (id === 'parent' && type.subtask) continue;
    const field = screen.find((known) => known.id === id);
    const fault = field === undefined ? notOnScreen(id) : faultOf(state, field, value);
    if (fault !== null) errors[id] = fault;
  }
  if (fields['summary'] === undefined) errors['summary'] = 'You must specify a summary of the issue.';
  if (type.subtask && fields['parent'] === undefined) {
    errors['issuetype'] = 'Issue type is a sub-task but parent issue key or id not specified.';
  }
  if (Object.keys(errors).length > 0) throw new JiraFailure(400, null, errors);
}

/**
 * An issue's fields after `set` of single ones, and `add`, `remove` and `set` on its lists. Throws JiraFailure 400
 * naming the field at fault.
 */
export function editedFields(state: JiraState, project: JiraProject, fields: Json, { set, update }: JiraEdit): Json {
  const edited: Json = { ...fields, ...set };
  const known = (id: string) => project.fields.find((field) => field.id === id);
  for (const [id, operations] of Object.entries(update)) {
    if (known(id)?.schema.type !== 'array' || !Array.isArray(operations)) {
      throw new JiraFailure(400, null, { [id]: notOnScreen(id) });
    }
    edited[id] = operations.reduce(afterOperation, fields[id] ?? []);
  }
  for (const id of [...Object.keys(set), ...Object.keys(update)]) {
    const field = known(id);
    const fault = field === undefined ? notOnScreen(id) : faultOf(state, field, edited[id]);
    if (fault !== null) throw new JiraFailure(400, null, { [id]: fault });
  }
  return edited;
}

/** A PUT's `fields` and `update`. */
interface JiraEdit {
  set: Json;
  update: Json;
}

function afterOperation(list: unknown, operation: unknown): unknown {
  if (!isRecord(operation) || !Array.isArray(list)) return list;
  if ('set' in operation) return operation['set'];
  const others = list.filter((entry) => entry !== operation['remove'] && entry !== operation['add']);
  return 'add' in operation ? [...others, operation['add']] : others;
}

function notOnScreen(id: string): string {
  return `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
}
