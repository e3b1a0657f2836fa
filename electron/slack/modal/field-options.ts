import { createHash } from 'node:crypto';
import type { PlainTextOption } from '@slack/types';
import { chosen, type FormOption, type FormValue } from '../../../shared/issue-form.ts';
import { escapeSlackText } from '../../rich-text/slack-sequences.ts';
import type { AskedField } from '../../tickets/ports/issue-tracker.ts';
import { longest, plain, withoutMiddle } from './plain-text.ts';

type OptionField = Pick<AskedField, 'kind' | 'options'>;
/** One thing to choose: what Slack knows it by, what people read, and what is stored of it. */
interface Choice {
  key: string;
  words: string;
  /** What the last thing is below; null where it stands by itself. */
  above: string | null;
  value: FormValue;
}

/** Options that Slack shows for one input. */
export const mostOptions = 100;

/** Id, or name where there is none. */
const keyOf = ({ id, name }: { id: string | null; name: string }) => id ?? name;

/** What can be chosen in a field; of a cascading one, each thing and each below it. */
export function choicesOf({ kind, options }: OptionField): Choice[] {
  const all = options.flatMap((option) =>
    kind === 'cascading' ? [single(option), ...option.children.map((child) => below(option, child))] : [single(option)],
  );
  const keys = new Set<string>();
  // Slack refuses two options of one value.
  return all.filter(({ key }) => key !== '' && !keys.has(key) && keys.add(key));
}

function single(option: Pick<FormOption, 'id' | 'name'>): Choice {
  return { key: asValue(keyOf(option)), words: option.name, above: null, value: chosen(option) };
}

function below(parent: FormOption, child: Pick<FormOption, 'id' | 'name'>): Choice {
  const above = chosen(parent);
  const isObject = typeof above === 'object' && above !== null && !Array.isArray(above);
  return {
    key: asValue(`${keyOf(parent)} > ${keyOf(child)}`),
    words: `${parent.name} > ${child.name}`,
    above: parent.name,
    value: { ...(isObject ? above : { value: parent.name }), child: chosen(child) },
  };
}

/** The key, or a hash of one that is too long for Slack: cut, two of them might be the same. */
function asValue(key: string): string {
  return escapeSlackText(key).length <= longest.optionValue ? key : createHash('sha256').update(key).digest('hex');
}

/** Options of what can be chosen, in words by which people can tell one from the other also where these are cut. */
export function toOptions(choices: readonly Choice[], of: readonly Choice[] = choices): PlainTextOption[] {
  const times = new Map<string, number>();
  for (const { words } of of) {
    const { text } = plain(words, longest.option);
    times.set(text, (times.get(text) ?? 0) + 1);
  }
  return choices.map((choice) => {
    const text = plain(choice.words, longest.option);
    const isAlone = (times.get(text.text) ?? 0) < 2;
    return { text: isAlone ? text : plain(distinct(choice), longest.option), value: choice.key };
  });
}

/** Words shortened where they say least: in the middle, and in what stands above the choice before the choice itself. */
function distinct({ words, above }: Choice): string {
  if (above === null) return withoutMiddle(words, longest.option);
  const last = words.slice(above.length);
  const room = longest.option - escapeSlackText(last).length;
  return room < leastAbove ? withoutMiddle(words, longest.option) : `${withoutMiddle(above, room)}${last}`;
}

/** Characters of what stands above a choice that still say something. */
const leastAbove = 10;

/** Options in whose words each word of the query begins a word, those that begin with the query first. */
export function suggested(field: OptionField, query: string): PlainTextOption[] {
  const sought = query.trim().toLowerCase();
  const words = sought.split(/\s+/);
  const all = choicesOf(field);
  const found = all.filter((choice) => words.every((word) => choice.words.toLowerCase().includes(word)));
  const isFirst = (choice: Choice) => choice.words.toLowerCase().startsWith(sought);
  const first = [...found.filter(isFirst), ...found.filter((choice) => !isFirst(choice))].slice(0, mostOptions);
  return toOptions(first, all);
}
