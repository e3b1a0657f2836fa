import type { FormValue } from '../../../shared/issue-form.ts';
import type { AskedField } from '../../tickets/ports/issue-tracker.ts';
import { choicesOf } from './field-options.ts';
import type { Entered } from './metadata.ts';

/** What is stored of what was entered. `field`: null where it is not known now; then the tracker makes of it what it can. */
export function storedValue(field: AskedField | null, entered: Entered): FormValue {
  const values = Array.isArray(entered) ? entered : [entered];
  if (field !== null && field.options.length > 0) {
    const choices = choicesOf(field);
    const stored = values.map((key) => choices.find((choice) => choice.key === key)?.value ?? key);
    return Array.isArray(entered) ? stored : (stored[0] ?? null);
  }
  if (field?.kind === 'datetime' && typeof entered === 'string' && /^\d{1,11}$/.test(entered)) {
    return new Date(Number(entered) * 1000).toISOString();
  }
  return entered;
}

/** What an input shows of a stored value; null where it can show nothing. */
export function shownValue(field: AskedField, stored: FormValue | undefined): Entered | null {
  if (stored === undefined || stored === null) return null;
  const values = Array.isArray(stored) ? stored : [stored];
  if (field.options.length > 0) {
    const keys = choicesOf(field)
      .filter((choice) => values.some((value) => isSame(value, choice)))
      .map(({ key }) => key);
    const isList = field.kind === 'multi_select' || field.kind === 'checkboxes';
    return keys.length === 0 ? null : isList ? keys : (keys[0] ?? null);
  }
  if (field.kind === 'datetime') {
    const at = Date.parse(String(stored));
    return Number.isNaN(at) ? null : String(Math.floor(at / 1000));
  }
  const words = values.filter((value) => typeof value === 'string' || typeof value === 'number').map(String);
  return words.length === 0 ? null : words.join(', ');
}

function isSame(value: FormValue, choice: { key: string; words: string; value: FormValue }): boolean {
  if (typeof value !== 'object' || value === null)
    return String(value) === choice.words || String(value) === choice.key;
  return JSON.stringify(value) === JSON.stringify(choice.value);
}
