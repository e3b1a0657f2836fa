import { printable } from '../../rich-text/printable.ts';
import { plainText } from '../../rich-text/rich-text.ts';
import type { JiraApi, ScreenField } from '../api/jira-api.ts';
import { findOption, one, partsOf, several, toCascade, yesOrNo } from './choose-options.ts';
import { clearDate, clearMoment } from './clear-dates.ts';
import { type FieldKind, kindOf } from './field-kinds.ts';
import { bare, type Converted, entriesOf, fromJson, ofWords, quoted, withTextMembers } from './given-values.ts';

type Convert = (
  given: unknown,
  field: ScreenField,
  api: Pick<JiraApi, 'findAccount'>,
) => Converted | Promise<Converted>;

/**
 * The value of a field in the form that its schema wants. `given` is in a short form, such as a name, or in Jira's own,
 * which stays as it is but for numbers in place of text. Throws what looking for a person throws.
 */
export async function convertValue(
  given: unknown,
  field: ScreenField,
  api: Pick<JiraApi, 'findAccount'>,
): Promise<Converted> {
  const kind = kindOf(field.schema);
  const own = kind === 'unknown' ? given : withTextMembers(given);
  const single = takesLists.has(kind) ? own : joined(own, separators[kind] ?? null);
  if (Array.isArray(single) && !takesLists.has(kind)) return { problem: 'one value goes there, not several.' };
  return convert[kind](single, field, api);
}

const takesLists: ReadonlySet<FieldKind> = new Set(['choices', 'things', 'cascading', 'users', 'labels', 'unknown']);
/** What several entries become one text with. */
const separators: Partial<Record<FieldKind, string>> = { text: ', ', rich: '\n' };

/** What is in a list alone, or all of its words in one where there is a separator; else as given. */
function joined(given: unknown, separator: string | null): unknown {
  if (!Array.isArray(given)) return given;
  const entries = entriesOf(given);
  if (entries.length === 1) return entries[0];
  return separator !== null && entries.every((entry) => typeof entry !== 'object') ? entries.join(separator) : given;
}

const convert: Record<FieldKind, Convert> = {
  text: (given) => ofWords(given, (words) => ({ value: oneLine(words) })),
  rich: (given) => ofWords(given, (words) => ({ text: plainText(words) })),
  number: (given) => (typeof given === 'number' ? { value: given } : ofWords(given, toNumber)),
  url: (given) => ofWords(given, toAddress),
  date: (given) =>
    ofWords(given, (words) =>
      orProblem(clearDate(words), `${quoted(words)} is no clear date: write it as 2026-12-24.`),
    ),
  datetime: (given) =>
    ofWords(given, (words) =>
      orProblem(clearMoment(words), `${quoted(words)} is no clear date and time: write it as 2026-12-24T15:30+01:00.`),
    ),
  choice: (given, field) => yesOrNo(given, field) ?? one(given, field, 'value'),
  choices: (given, field) => {
    const answer = yesOrNo(bare(given, []), field) ?? several(given, field, 'value');
    return 'value' in answer && !Array.isArray(answer.value) ? { value: [answer.value] } : answer;
  },
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
  unknown: (given) => ({ value: typeof given === 'string' && /^\s*[[{"]/.test(given) ? fromJson(given) : given }),
};

function oneLine(words: string): string {
  const lines = words.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

function orProblem(value: string | null, problem: string): Converted {
  return value === null ? { problem } : { value };
}

function toNumber(words: string): Converted {
  // 1,500 and 1.500 are other numbers here than there.
  const isClear = !/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(words);
  if (isClear && /^[+-]?(\d{1,15}([.,]\d{0,15})?|[.,]\d{1,15})(e[+-]?\d{1,2})?$/i.test(words)) {
    return { value: Number(words.replace(',', '.')) };
  }
  return { problem: `${quoted(words)} is no clear number: write it as 1500 or 1.5.` };
}

function toAddress(words: string): Converted {
  const isAddress = (text: string) => !/\s/.test(text) && URL.canParse(text);
  if (/^[a-z][a-z0-9+.-]*:/i.test(words) && isAddress(words)) return { value: words };
  if (/^[^/:]+\.[^/:]+/.test(words) && isAddress(`https://${words}`)) return { value: `https://${words}` };
  return { problem: `${quoted(words)} is no address: write it as https://example.com.` };
}

/** Jira Cloud's ids of accounts, as people copy them from the address of a profile. */
const accountId = /^([0-9a-f]{24}|[0-9a-z-]{1,10}:[0-9a-f-]{20,60})$/;

async function toPerson(given: unknown, _: ScreenField, api: Pick<JiraApi, 'findAccount'>): Promise<Converted> {
  const person = bare(given, ['emailAddress']);
  if (typeof person === 'object' && person !== null) return { value: person };
  const words = String(person).trim();
  if (accountId.test(words)) return { value: { accountId: words } };
  const account = await api.findAccount(words);
  if (account !== null) return { value: account };
  return {
    problem: `${quoted(words)} leads to nobody, or not to one person alone: write the address of the Jira account.`,
  };
}

async function toPeople(given: unknown, field: ScreenField, api: Pick<JiraApi, 'findAccount'>): Promise<Converted> {
  const people: unknown[] = [];
  for (const entry of entriesOf(given)) {
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
  const words = entriesOf(given).map((entry) =>
    printable(String(bare(entry, ['name', 'value'])))
      .trim()
      .replace(/\s+/g, '-'),
  );
  const labels = [...new Set(words.filter((word) => word !== ''))];
  return {
    labels: labels.filter(({ length }) => length <= longestLabel),
    tooLong: labels
      .filter(({ length }) => length > longestLabel)
      .map((label) => `${quoted(label)} is too long: a label has at most ${longestLabel} characters.`),
  };
}
