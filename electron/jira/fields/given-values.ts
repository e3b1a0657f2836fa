import { isolated } from '../../../shared/bidi.ts';
import { isBlank } from '../../../shared/issue-form.ts';
import { printable } from '../../rich-text/printable.ts';
import type { RichText } from '../../rich-text/rich-text.ts';

/** A value as Jira takes it, a text that each dialect renders, nothing at all, or why none can be made of what was given. */
export type Converted = { value: unknown } | { text: RichText } | { nothing: true } | { problem: string };

/** Single words as a converter takes them; what is already an object or a list stays as it is. */
export function ofWords(given: unknown, convertWords: (words: string) => Converted): Converted {
  if (typeof given === 'object' && given !== null) return { value: given };
  return convertWords(printable(String(given)).trim());
}

/** Entries of a list, which may be one text with commas; but a text that `isName` calls a name is one. */
export function entriesOf(given: unknown, isName: (words: string) => boolean = () => false): unknown[] {
  if (Array.isArray(given)) return given.filter((entry) => !isBlank(entry));
  if (typeof given !== 'string' || isName(given)) return [given];
  return given
    .split(/[,;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** What stands alone in a list, or what it is called in an object of which that is all that is known; else as given. */
export function bare(given: unknown, keys: readonly string[]): unknown {
  const entries = Array.isArray(given) ? entriesOf(given) : [given];
  if (entries.length !== 1) return given;
  const [entry] = entries;
  if (typeof entry !== 'object' || entry === null) return entry;
  const [[key, value] = ['', null], ...others] = Object.entries(entry);
  return others.length === 0 && keys.includes(key) && typeof value !== 'object' ? value : entry;
}

/** Members by which Jira knows what there is; each is a text to it. */
const textMembers: ReadonlySet<string> = new Set([
  'id',
  'key',
  'name',
  'value',
  'accountId',
  'originalEstimate',
  'remainingEstimate',
]);

/** Jira's own form, in lists and in children too, with text where YAML read a number: `{ id: 20001 }`, `{ name: 1.5 }`. */
export function withTextMembers(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(withTextMembers);
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(
    Object.entries(given).map(([member, part]) => {
      if (member === 'child') return [member, withTextMembers(part)];
      const isText = textMembers.has(member) && (typeof part === 'number' || typeof part === 'boolean');
      return [member, isText ? String(part) : part];
    }),
  );
}

/** What was typed as JSON; the words themselves where they are none, or where a number would lose something of them. */
export function fromJson(words: string): unknown {
  try {
    const value: unknown = JSON.parse(words);
    const isWhole = typeof value !== 'number' || String(value) === words.trim();
    return isWhole && value !== null ? value : words;
  } catch {
    return words;
  }
}

export function quoted(words: string): string {
  return `“${isolated(words.length > 60 ? `${words.slice(0, 60)}…` : words)}”`;
}
