import { isolated } from '../../../shared/bidi.ts';
import { isBlank } from '../../../shared/issue-form.ts';
import { folded } from '../../../shared/issue-type-names.ts';
import type { IssueDraft } from '../../tickets/ports/issue-tracker.ts';
import type { JiraApi, NewIssue, ScreenField } from '../api/jira-api.ts';
import type { Screen } from './create-meta.ts';
import { kindOf } from './field-kinds.ts';
import { convertValue, toLabels } from './field-values.ts';
import { fromJson, withTextMembers } from './given-values.ts';

/** What configured and given values come to on one create screen. */
export interface FieldPlan extends Pick<NewIssue, 'fields' | 'texts'> {
  /** Labels beside our own. */
  labels: string[];
  /** Why something that was configured or given does not come along, in sentences. */
  notes: string[];
  /** Fields that a person must give or correct before Jira takes the issue, with the reason where one was given. */
  asked: { field: ScreenField; problem: string | null }[];
}

/** Fields that the ticket fills itself. */
const own: ReadonlySet<string> = new Set(['project', 'issuetype', 'summary', 'description']);
/** Fields that Jira fills for everybody, or that we do, also where it says that they are required. */
const filled: ReadonlySet<string> = new Set([...own, 'labels', 'reporter']);

export function isOwn(fieldId: string): boolean {
  return own.has(fieldId);
}

/** What lies behind a key of a map of values: a field, or why there is none. */
type Place = { id: string; field: ScreenField | null } | { problem: string };

/**
 * Brings values, a person's before the settings', to the fields of the screen and into the form that each wants. A screen
 * of null is not known: then they go as they are. Throws what looking for a person throws.
 */
export async function planFields(
  draft: Pick<IssueDraft, 'labels' | 'defaultFields' | 'wantedFields'>,
  { screen, typeName }: { screen: Screen | null; typeName: string },
  api: Pick<JiraApi, 'findAccount'>,
): Promise<FieldPlan> {
  const plan: FieldPlan = { fields: {}, texts: {}, labels: [], notes: [], asked: [] };
  const isGiven = (id: string) => id in plan.fields || id in plan.texts;

  async function add(key: string, given: unknown, isPersons: boolean): Promise<void> {
    if (isBlank(given)) return;
    const place = placeOf(key, screen, typeName);
    if ('problem' in place) return leaveOut(isolated(key), place.problem);
    const { id, field } = place;
    const name = isolated(field?.name ?? id);
    if (isOwn(id)) return leaveOut(name, 'the ticket says it itself.');
    if (id === 'labels') return addLabels(given, name);
    if (isGiven(id)) return;
    // Whoever is asked for it was told to write it as Jira’s REST API takes it.
    const isTyped = isPersons && typeof given === 'string' && (field === null || kindOf(field.schema) === 'unknown');
    const value = isTyped ? fromJson(given) : given;
    const converted = field === null ? { value: withTextMembers(value) } : await convertValue(value, field, api);
    if ('value' in converted) plan.fields[id] = converted.value;
    else if ('text' in converted) plan.texts[id] = converted.text;
    else if ('nothing' in converted) return;
    else if (field !== null && (isPersons || isDemanded(field))) plan.asked.push({ field, problem: converted.problem });
    else leaveOut(name, converted.problem);
  }

  function leaveOut(name: string, why: string): void {
    plan.notes.push(`${name} was left out: ${why}`);
  }

  /** Ours and others' stay where one of them cannot. */
  function addLabels(given: unknown, name: string): void {
    const { labels, tooLong } = toLabels(given);
    plan.labels.push(...labels);
    for (const problem of tooLong) leaveOut(`One of ${name}`, problem);
  }

  addLabels([...draft.labels], 'Labels');
  for (const [key, given] of Object.entries(draft.wantedFields)) await add(key, given, true);
  for (const [key, given] of Object.entries(draft.defaultFields)) await add(key, given, false);
  for (const field of screen?.values() ?? []) {
    const isKnown = isGiven(field.id) || plan.asked.some((asked) => asked.field === field);
    if (isDemanded(field) && !isKnown) plan.asked.push({ field, problem: null });
  }
  return { ...plan, labels: [...new Set(plan.labels)] };
}

/** Whether Jira takes no issue without it. */
function isDemanded({ id, required, hasDefault }: ScreenField): boolean {
  return required && !hasDefault && !filled.has(id);
}

/** Keys are ids or names of fields, in any case. */
function placeOf(key: string, screen: Screen | null, typeName: string): Place {
  if (screen === null) {
    // Names cannot be brought to ids then.
    if (/^[a-z]\w*$/i.test(key) && (/^customfield_\d+$/.test(key) || /^[a-z]/.test(key)))
      return { id: key, field: null };
    return { problem: 'Jira does not tell which fields there are, so it is known only by its id.' };
  }
  const exact = screen.get(key);
  if (exact !== undefined) return { id: key, field: exact };
  const fields = [...screen.values()];
  const plain = (words: string) => folded(words).replaceAll(' ', '');
  const byId = fields.find(({ id }) => plain(id) === plain(key));
  if (byId !== undefined) return { id: byId.id, field: byId };
  const [named, ...others] = fields.filter(({ name }) => folded(name) === folded(key));
  if (named === undefined) {
    return { problem: `the form for ${isolated(typeName)} has no such field in this project.` };
  }
  if (others.length === 0) return { id: named.id, field: named };
  const ids = [named, ...others].map(({ id }) => id);
  return { problem: `several fields are called so. Use the id of one: ${ids.join(', ')}.` };
}
