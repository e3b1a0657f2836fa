import type { PlainTextOption } from '@slack/types';
import { chosen, type FormOption, type FormValue } from '../../../shared/issue-form.ts';
import type { AskedField } from '../../tickets/ports/issue-tracker.ts';
import { cut, longest, plain } from './plain-text.ts';

type OptionField = Pick<AskedField, 'kind' | 'options'>;
/** One thing to choose: what Slack knows it by, what people read, and what is stored of it. */
interface Choice {
  key: string;
  words: string;
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
  return { key: asValue(keyOf(option)), words: option.name, value: chosen(option) };
}

function below(parent: FormOption, child: Pick<FormOption, 'id' | 'name'>): Choice {
  const above = chosen(parent);
  const isObject = typeof above === 'object' && above !== null && !Array.isArray(above);
  return {
    key: asValue(`${keyOf(parent)} > ${keyOf(child)}`),
    words: `${parent.name} > ${child.name}`,
    value: { ...(isObject ? above : { value: parent.name }), child: chosen(child) },
  };
}

const asValue = (key: string) => cut(key, longest.optionValue);

export function toOption({ key, words }: Choice): PlainTextOption {
  return { text: plain(words, longest.option), value: key };
}

/** Options in whose words each word of the query begins a word, those that begin with the query first. */
export function suggested(field: OptionField, query: string): PlainTextOption[] {
  const sought = query.trim().toLowerCase();
  const words = sought.split(/\s+/);
  const found = choicesOf(field).filter((choice) => words.every((word) => choice.words.toLowerCase().includes(word)));
  const isFirst = (choice: Choice) => choice.words.toLowerCase().startsWith(sought);
  return [...found.filter(isFirst), ...found.filter((choice) => !isFirst(choice))].slice(0, mostOptions).map(toOption);
}
