import { isRecord, type Json } from '../record.ts';
import { optionsOf } from './elements.ts';
import { namedChannel, namedUser } from './people.ts';
import type { SlackState } from './state.ts';
import { holdingOf } from './view-state.ts';

/** What a person puts into an input: words, a number, the texts of options; null empties it. */
export type Entry = string | number | readonly string[] | null;

/** The value that an element holds after a person has put something in. Throws what Slack's input would not let happen. */
export async function enter(
  element: Json,
  entry: Entry,
  state: SlackState,
  suggest: (typed: string) => Promise<Json[]>,
): Promise<Json> {
  const holding = holdingOf(element);
  if (holding === null) throw new Error(`A person cannot set a ${String(element['type'])}.`);
  const hold = (value: unknown) => ({ type: element['type'], [holding.key]: value });
  if (entry === null || entry === '') return hold(holding.empty);
  if (holding.empty !== null) {
    const entries = typeof entry === 'object' ? entry : [String(entry)];
    const max = element['max_selected_items'];
    if (typeof max === 'number' && entries.length > max) throw new Error(`Only ${max} can be chosen.`);
    const values: unknown[] = [];
    for (const each of entries) values.push(await oneValue(element, each, state, suggest));
    return hold(values);
  }
  if (typeof entry === 'object') throw new Error('Only one can be chosen.');
  return hold(await oneValue(element, String(entry), state, suggest));
}

async function oneValue(
  element: Json,
  entry: string,
  state: SlackState,
  suggest: (typed: string) => Promise<Json[]>,
): Promise<unknown> {
  const kind = String(element['type']).replace(/^multi_/, '');
  switch (kind) {
    case 'static_select':
    case 'radio_buttons':
    case 'checkboxes':
      return named(optionsOf(element), entry);
    case 'external_select':
      return named(await suggest(entry), entry);
    case 'users_select':
      return namedUser(state, entry).id;
    case 'conversations_select':
    case 'channels_select':
      return namedChannel(state, entry).id;
    case 'datepicker':
      return matched(entry, /^\d{4}-\d\d-\d\d$/);
    case 'timepicker':
      return matched(entry, /^\d\d:\d\d$/);
    case 'datetimepicker':
      return Number(matched(entry, /^\d{10}$/));
    case 'rich_text_input':
      return richText(entry);
    case 'plain_text_input':
      return element['multiline'] === true ? entry : matched(entry, /^[^\n]*$/);
    default:
      return entry;
  }
}

function named(options: Json[], words: string): Json {
  const isNamed = ({ text, value }: Json) => value === words || (isRecord(text) && text['text'] === words);
  const found = options.find(isNamed);
  if (found === undefined) throw new Error(`“${words}” is not among the options.`);
  return found;
}

function matched(entry: string, pattern: RegExp): string {
  if (!pattern.test(entry)) throw new Error(`“${entry}” cannot be put in here.`);
  return entry;
}

function richText(entry: string): Json {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: entry }] };
  return { type: 'rich_text', elements: [section] };
}
