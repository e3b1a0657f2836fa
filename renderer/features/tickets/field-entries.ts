import { chosen, type FormField, type FormValue, isBlank } from '../../../shared/issue-form.ts';

type Option = { id: string | null; name: string };

/** What is entered, by the fields' ids. It outlives a change of type or project, so that equal fields keep it. */
export type Entries = Readonly<Record<string, FormValue>>;

/** What a list of choices knows one by. */
export const keyOf = ({ id, name }: Option) => id ?? name;

/** Keys of what is chosen among these. */
export function keysIn(value: FormValue | undefined, options: readonly Option[]): string[] {
  const values = Array.isArray(value) ? value : [value];
  return options.filter((option) => values.some((each) => isChoice(each, option))).map(keyOf);
}

function isChoice(value: FormValue | undefined, { id, name }: Option): boolean {
  if (isRecord(value)) return id !== null && String(value['id']) === id;
  return value !== undefined && value !== null && (String(value) === name || String(value) === id);
}

/** What is stored of the choices with these keys. */
export function choicesOf(keys: readonly string[], options: readonly Option[]): FormValue[] {
  return options.filter((option) => keys.includes(keyOf(option))).map(chosen);
}

/** What is stored of a choice, and of one below it. */
export function cascadeOf(parent: string | null, child: string | null, options: FormField['options']): FormValue {
  const option = options.find((each) => keyOf(each) === parent);
  if (option === undefined) return null;
  const below = option.children.find((each) => keyOf(each) === child);
  const above = chosen(option);
  if (below === undefined) return above;
  return { ...(isRecord(above) ? above : { value: option.name }), child: chosen(below) };
}

/** Keys of a choice and of the one below it. */
export function keysOfCascade(
  value: FormValue | undefined,
  options: FormField['options'],
): [string | null, string | null] {
  const above = isRecord(value) && !('id' in value) ? value['value'] : value;
  const option = options.find((each) => isChoice(above, each));
  if (option === undefined) return [null, null];
  const below = isRecord(value) ? option.children.find((each) => isChoice(value['child'], each)) : undefined;
  return [keyOf(option), below === undefined ? null : keyOf(below)];
}

/** Text as it was typed; empty for anything else. */
export function textOf(value: FormValue | undefined): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A stored moment as an input shows it, in this computer's zone: `2026-12-24T15:30`. */
export function localTime(value: FormValue | undefined): string {
  const at = new Date(textOf(value));
  if (textOf(value) === '' || Number.isNaN(at.getTime())) return '';
  const part = (number: number, length = 2) => String(number).padStart(length, '0');
  const day = `${part(at.getFullYear(), 4)}-${part(at.getMonth() + 1)}-${part(at.getDate())}`;
  return `${day}T${part(at.getHours())}:${part(at.getMinutes())}`;
}

/** The moment that was entered so, with its zone. */
export function momentOf(local: string): FormValue {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** Fields that must be filled in and are not. */
export function missingIn(fields: readonly FormField[], entries: Entries): string[] {
  return fields.filter(({ id, required }) => required && isBlank(entries[id])).map(({ id }) => id);
}

function isRecord(value: FormValue | undefined): value is { [key: string]: FormValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
