import { isolated } from '../../../shared/bidi.ts';
import { isBlank } from '../../../shared/issue-form.ts';
import { folded } from '../../../shared/issue-type-names.ts';
import type { FieldOption, ScreenField } from '../api/jira-api.ts';
import { bare, type Converted, entriesOf, ofWords, quoted } from './given-values.ts';

/**
 * Something to choose, by its id or name as listed, or as it is where nothing is listed. Jira calls it by `value` or by
 * `name`, according to the field: what is given with the other one is as good as the bare word.
 */
export function one(given: unknown, { options }: ScreenField, by: 'value' | 'name'): Converted {
  return ofWords(bare(given, [by === 'value' ? 'name' : 'value']), (words) => {
    if (options === null || options.length === 0) return { value: { [by]: words } };
    const option = findOption(options, words);
    return option === null ? { problem: notListed(words, options) } : { value: referenceTo(option, by) };
  });
}

export function several(given: unknown, field: ScreenField, by: 'value' | 'name'): Converted {
  const values: unknown[] = [];
  for (const entry of entriesOf(given, (words) => findOption(field.options ?? [], words) !== null)) {
    const converted = one(entry, field, by);
    if (!('value' in converted)) return converted;
    values.push(converted.value);
  }
  return { value: values };
}

/** `true` or `false` to a field with one option, a checkbox for consent; null: that is an answer by name. */
export function yesOrNo(given: unknown, { options }: ScreenField): Converted | null {
  const word = String(given).toLowerCase();
  if (!['true', 'false'].includes(word) || findOption(options ?? [], word) !== null) return null;
  if (word === 'false') return { nothing: true };
  const [option, ...others] = options ?? [];
  return option !== undefined && others.length === 0 ? { value: referenceTo(option, 'value') } : null;
}

/** `Parent > Child`, a list of both, `{ value, child }` with names or Jira's own form in either. */
export function toCascade(given: unknown, field: ScreenField): Converted {
  const { parent, child } = cascadeOf(given, field.options ?? []);
  const converted = one(parent, field, 'value');
  if (isBlank(child) || !('value' in converted)) return converted;
  const { id, name } = partsOf(converted.value);
  const children = field.options?.find((option) => (id === null ? option.name === name : option.id === id))?.children;
  const below = one(child, { ...field, options: children ?? null }, 'value');
  if (!('value' in below)) return below;
  return { value: { ...(typeof converted.value === 'object' ? converted.value : {}), child: below.value } };
}

function cascadeOf(given: unknown, options: readonly FieldOption[]): { parent: unknown; child: unknown } {
  if (Array.isArray(given)) {
    const [parent, ...below] = entriesOf(given);
    if (below.length === 0) return cascadeOf(parent, options);
    // What is too much is no name that is listed, and is told so.
    return { parent, child: below.length > 1 ? below.map(String).join(' > ') : below[0] };
  }
  if (typeof given === 'object' && given !== null) {
    const { child, ...parent } = Object.assign({ child: null }, given);
    return { parent, child };
  }
  const words = String(given);
  // An option's own name may have such a sign.
  const ends = [...words.matchAll(/[>→»]|$/g)].map(({ index }) => index);
  const end = ends.findLast((at) => findOption(options, words.slice(0, at).trim()) !== null) ?? ends[0] ?? words.length;
  return { parent: words.slice(0, end).trim(), child: words.slice(end + 1).trim() };
}

/** The one that is called so, to the letter first, or has that id. */
export function findOption(options: readonly FieldOption[], words: string): FieldOption | null {
  return (
    options.find(({ name }) => name === words) ??
    options.find(({ id }) => id === words) ??
    options.find(({ name }) => folded(name) === folded(words) && folded(name) !== '') ??
    null
  );
}

function referenceTo({ id, name }: FieldOption, by: 'value' | 'name'): Record<string, string> {
  return id === null ? { [by]: name } : { id };
}

/** Id and name in Jira's form of a choice. */
export function partsOf(value: unknown): { id: string | null; name: string | null } {
  const parts: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
  const text = (part: unknown) => (typeof part === 'string' || typeof part === 'number' ? String(part) : null);
  return { id: text(parts['id']), name: text(parts['value'] ?? parts['name']) };
}

const mostListed = 8;

function notListed(words: string, options: readonly FieldOption[]): string {
  const names = options.slice(0, mostListed).map(({ name }) => isolated(name));
  const more = options.length > mostListed ? ` and ${options.length - mostListed} more` : '';
  return `${quoted(words)} is none of ${names.join(', ')}${more}.`;
}
