import { isolated } from '../../shared/bidi.ts';
import { isBlank } from '../../shared/issue-form.ts';
import { folded } from '../../shared/issue-type-names.ts';
import { plainText, type RichText } from '../rich-text/rich-text.ts';
import { clearDate, clearMoment } from './clear-dates.ts';
import { printable } from './description.ts';
import { type FieldKind, kindOf } from './field-kinds.ts';
import type { FieldOption, JiraApi, ScreenField } from './jira-api.ts';

/** A value as Jira takes it, a text that each dialect renders, or why neither can be made of what was given. */
export type Converted = { value: unknown } | { text: RichText } | { problem: string };

type Convert = (
  given: unknown,
  field: ScreenField,
  api: Pick<JiraApi, 'findAccount'>,
) => Converted | Promise<Converted>;

/**
 * The value of a field in the form that its schema wants. `given` is in a short form, such as a name, or in Jira's own,
 * which stays as it is. Throws what looking for a person throws.
 */
export async function convertValue(
  given: unknown,
  field: ScreenField,
  api: Pick<JiraApi, 'findAccount'>,
): Promise<Converted> {
  return convert[kindOf(field.schema)](given, field, api);
}

const convert: Record<FieldKind, Convert> = {
  text: (given) => ofWords(given, (words) => ({ value: oneLine(words) })),
  rich: (given) => ofWords(given, (words) => ({ text: plainText(words) })),
  number: (given) => ofWords(given, toNumber),
  url: (given) => ofWords(given, toAddress),
  date: (given) =>
    ofWords(given, (words) =>
      orProblem(clearDate(words), `${quoted(words)} is no clear date: write it as 2026-12-24.`),
    ),
  datetime: (given) =>
    ofWords(given, (words) =>
      orProblem(clearMoment(words), `${quoted(words)} is no clear date and time: write it as 2026-12-24T15:30+01:00.`),
    ),
  choice: (given, field) => (given === true ? onlyOption(field) : one(given, field, 'value')),
  choices: (given, field) => (given === true ? listed(onlyOption(field)) : several(given, field, 'value')),
  cascading: toCascade,
  thing: (given, field) => one(given, field, 'name'),
  things: (given, field) => several(given, field, 'name'),
  user: toPerson,
  users: toPeople,
  labels: (given) => {
    const { labels, tooLong } = toLabels(given);
    const [first] = tooLong;
    return first === undefined ? { value: labels } : { problem: first };
  },
  sprint: (given, field) => {
    const found = one(given, field, 'name');
    const { id, name } = 'value' in found ? partsOf(found.value) : { id: null, name: null };
    const number = Number(id ?? name ?? given);
    if (Number.isInteger(number)) return { value: number };
    return 'problem' in found ? found : { problem: `Jira does not list the sprints here: write the sprint’s number.` };
  },
  issue: (given) => ofWords(given, (words) => ({ value: { key: words.toUpperCase() } })),
  issue_key: (given) => ofWords(given, (words) => ({ value: words.toUpperCase() })),
  request_type: (given, field) => {
    // Metadata lists few portals' request types, so what is not listed may be there all the same.
    const found = ofWords(given, (words) => ({ value: findOption(field.options ?? [], words)?.id ?? words }));
    const { id } = 'value' in found ? partsOf(found.value) : { id: null };
    return id === null ? found : { value: id };
  },
  project: (given, field) => {
    const found = one(given, field, 'name');
    const { id, name } = 'value' in found ? partsOf(found.value) : { id: null, name: null };
    return id === null && name !== null ? { value: /^\d+$/.test(name) ? { id: name } : { key: name } } : found;
  },
  time: (given) => ofWords(given, (words) => ({ value: { originalEstimate: words } })),
  unknown: (given) => ({ value: typeof given === 'string' ? fromJson(given) : given }),
};

/** Single words as a converter takes them; what is already an object or a list stays as it is. */
function ofWords(given: unknown, convertWords: (words: string) => Converted): Converted {
  if (typeof given === 'object' && given !== null) return { value: given };
  return convertWords(printable(String(given)).trim());
}

function oneLine(words: string): string {
  const lines = words.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

function orProblem(value: string | null, problem: string): Converted {
  return value === null ? { problem } : { value };
}

function toNumber(words: string): Converted {
  // 1,500 is another number here than there.
  if (/^[+-]?\d{1,15}(\.\d{1,9})?$/.test(words)) return { value: Number(words) };
  if (/^[+-]?\d{1,15},(\d{1,2}|\d{4,9})$/.test(words)) return { value: Number(words.replace(',', '.')) };
  return { problem: `${quoted(words)} is no clear number: write it as 1500 or 1.5.` };
}

function toAddress(words: string): Converted {
  const isAddress = (text: string) => !/\s/.test(text) && URL.canParse(text);
  if (/^[a-z][a-z0-9+.-]*:/i.test(words) && isAddress(words)) return { value: words };
  if (/^[^/:]+\.[^/:]+/.test(words) && isAddress(`https://${words}`)) return { value: `https://${words}` };
  return { problem: `${quoted(words)} is no address: write it as https://example.com.` };
}

/** Something to choose, by its id or name as listed, or as it is where nothing is listed. */
function one(given: unknown, { options }: ScreenField, by: 'value' | 'name'): Converted {
  return ofWords(given, (words) => {
    if (options === null || options.length === 0) return { value: { [by]: words } };
    const option = findOption(options, words);
    return option === null ? { problem: notListed(words, options) } : { value: referenceTo(option, by) };
  });
}

function several(given: unknown, field: ScreenField, by: 'value' | 'name'): Converted {
  const values: unknown[] = [];
  for (const entry of entriesOf(given, field.options)) {
    const converted = one(entry, field, by);
    if (!('value' in converted)) return converted;
    values.push(converted.value);
  }
  return { value: values };
}

/** A single option may be called true: a checkbox for consent. */
function onlyOption(field: ScreenField): Converted {
  const [option, ...others] = field.options ?? [];
  return option !== undefined && others.length === 0
    ? { value: referenceTo(option, 'value') }
    : one(String(true), field, 'value');
}

function listed(converted: Converted): Converted {
  return 'value' in converted ? { value: [converted.value] } : converted;
}

/** `Parent > Child`, `{ value, child }` with names or Jira's own form in either. */
function toCascade(given: unknown, field: ScreenField): Converted {
  const { parent, child } = cascadeOf(given);
  const converted = one(parent, field, 'value');
  if (isBlank(child) || !('value' in converted)) return converted;
  const { id, name } = partsOf(converted.value);
  const children = field.options?.find((option) => (id === null ? option.name === name : option.id === id))?.children;
  const below = one(child, { ...field, options: children ?? null }, 'value');
  if (!('value' in below)) return below;
  return { value: { ...(typeof converted.value === 'object' ? converted.value : {}), child: below.value } };
}

function cascadeOf(given: unknown): { parent: unknown; child: unknown } {
  if (typeof given === 'object' && given !== null) {
    const { child, ...parent } = Object.assign({ child: null }, given);
    return { parent, child };
  }
  const [parent = '', child = null] = String(given)
    .split(/[>→»]/, 2)
    .map((part) => part.trim());
  return { parent, child };
}

/** Jira Cloud's ids of accounts, as people copy them from the address of a profile. */
const accountId = /^([0-9a-f]{24}|[0-9a-z-]{1,10}:[0-9a-f-]{20,60})$/;

async function toPerson(given: unknown, _: ScreenField, api: Pick<JiraApi, 'findAccount'>): Promise<Converted> {
  if (typeof given === 'object' && given !== null) return { value: given };
  const words = String(given).trim();
  if (accountId.test(words)) return { value: { accountId: words } };
  const account = await api.findAccount(words);
  if (account !== null) return { value: account };
  return {
    problem: `${quoted(words)} leads to nobody, or not to one person alone: write the address of the Jira account.`,
  };
}

async function toPeople(given: unknown, field: ScreenField, api: Pick<JiraApi, 'findAccount'>): Promise<Converted> {
  const people: unknown[] = [];
  for (const entry of entriesOf(given, null)) {
    const converted = await toPerson(entry, field, api);
    if (!('value' in converted)) return converted;
    people.push(converted.value);
  }
  return { value: people };
}

/** Characters that Jira takes in a label. */
const longestLabel = 255;

/** Labels as Jira takes them: without blanks; `tooLong`: what is wrong with the others. */
export function toLabels(given: unknown): { labels: string[]; tooLong: string[] } {
  const words = entriesOf(given, null).map((entry) => printable(String(entry)).trim().replace(/\s+/g, '-'));
  const labels = [...new Set(words.filter((word) => word !== ''))];
  return {
    labels: labels.filter(({ length }) => length <= longestLabel),
    tooLong: labels
      .filter(({ length }) => length > longestLabel)
      .map((label) => `${quoted(label)} is too long: a label has at most ${longestLabel} characters.`),
  };
}

/** Entries of a list, which may be one text with commas; but not those within the name of something that can be chosen. */
function entriesOf(given: unknown, options: readonly FieldOption[] | null): unknown[] {
  if (Array.isArray(given)) return given.filter((entry) => !isBlank(entry));
  if (typeof given !== 'string' || (options !== null && findOption(options, given) !== null)) return [given];
  return given
    .split(/[,;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** The one that is called so, to the letter first, or has that id. */
function findOption(options: readonly FieldOption[], words: string): FieldOption | null {
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
function partsOf(value: unknown): { id: string | null; name: string | null } {
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

function quoted(words: string): string {
  return `“${isolated(words.length > 60 ? `${words.slice(0, 60)}…` : words)}”`;
}

function fromJson(words: string): unknown {
  if (!/^\s*[[{"]/.test(words)) return words;
  try {
    return JSON.parse(words);
  } catch {
    return words;
  }
}
