import type { InputBlock, PlainTextOption } from '@slack/types';
import type { AskedField } from '../../tickets/ports/issue-tracker.ts';
import { choicesOf, mostOptions, toOptions } from './field-options.ts';
import { elements, fieldBlock } from './form-state.ts';
import type { Entered } from './metadata.ts';
import { longest, plain } from './plain-text.ts';

export interface InputLook {
  /** What stands in it; null: nothing. */
  entered: Entered | null;
  /** Whether it is shown for what was typed, and not because the type demands it. */
  isOptional: boolean;
  /** People are asked for by e-mail address. */
  byEmail: boolean;
  /** Options that are listed in the form itself; more are asked for as one types. */
  mostListed: number;
}

/** Radio buttons and checkboxes that Slack shows. */
const mostButtons = 10;

/** The input of one field. Its block has the same id whatever the type, so Slack keeps what was typed. */
export function fieldInput(field: AskedField, look: InputLook): InputBlock {
  const hint = [field.problem, helpOf(field, look)].filter((words) => words !== null).join(' ');
  return {
    type: 'input',
    block_id: fieldBlock(field.id),
    label: plain(field.name, longest.label),
    optional: look.isOptional || !field.required,
    element: elementOf(field, look),
    ...(hint === '' ? {} : { hint: plain(hint, longest.hint) }),
  };
}

function helpOf({ kind, help }: AskedField, { byEmail }: InputLook): string | null {
  const isPicked = (kind === 'user' || kind === 'users') && !byEmail;
  return isPicked ? null : help;
}

function elementOf(field: AskedField, look: InputLook): InputBlock['element'] {
  const { entered, byEmail } = look;
  const text = typeof entered === 'string' ? entered : (entered?.join(', ') ?? '');
  const action_id = elements.value;
  const typed = text === '' || text.length > longest.input ? {} : { initial_value: text };
  if (choicesOf(field).length > 0) return listOf(field, look);
  switch (field.kind) {
    case 'textarea':
      return { type: 'plain_text_input', action_id, multiline: true, max_length: longest.input, ...typed };
    case 'number':
      return {
        type: 'number_input',
        action_id,
        is_decimal_allowed: true,
        ...(/^[+-]?\d{1,15}(\.\d{1,9})?$/.test(text) ? { initial_value: text } : {}),
      };
    case 'url':
      return { type: 'url_text_input', action_id, ...(URL.canParse(text) ? typed : {}) };
    case 'date':
      return {
        type: 'datepicker',
        action_id,
        ...(/^\d{4}-\d{2}-\d{2}$/.test(text) ? { initial_date: text } : {}),
      };
    case 'datetime':
      return {
        type: 'datetimepicker',
        action_id,
        ...(/^\d{10}$/.test(text) ? { initial_date_time: Number(text) } : {}),
      };
    case 'user':
      if (!byEmail) return { type: 'users_select', action_id, ...(isPerson(text) ? { initial_user: text } : {}) };
      return { type: 'email_text_input', action_id, ...(isAddress(text) ? { initial_value: text } : {}) };
    case 'users': {
      const people = Array.isArray(entered) ? entered : [text];
      if (!byEmail) {
        const known = people.filter(isPerson);
        return { type: 'multi_users_select', action_id, ...(known.length > 0 ? { initial_users: known } : {}) };
      }
      return { type: 'plain_text_input', action_id, ...(people.some(isAddress) ? typed : {}) };
    }
    default:
      return { type: 'plain_text_input', action_id, max_length: longest.input, ...typed };
  }
}

/** Slack's id of a person. */
export const isPerson = (words: string) => /^[UW][A-Z0-9]{2,20}$/.test(words);
const isAddress = (words: string) => words.includes('@');

/** Something to choose from. */
function listOf(field: AskedField, { entered, mostListed }: InputLook): InputBlock['element'] {
  const options = toOptions(choicesOf(field));
  const keys = entered === null ? [] : Array.isArray(entered) ? entered : [entered];
  const picked = options.filter(({ value }) => value !== undefined && keys.includes(value));
  const [first] = picked;
  const some = picked.length > 0 ? { initial_options: picked } : {};
  const one = first === undefined ? {} : { initial_option: first };
  const hasButtons = options.length <= Math.min(mostButtons, mostListed);
  const action_id = elements.value;
  if (field.kind === 'radio' && hasButtons) return { type: 'radio_buttons', action_id, options, ...one };
  if (field.kind === 'checkboxes' && hasButtons) return { type: 'checkboxes', action_id, options, ...some };
  const isList = field.kind === 'multi_select' || field.kind === 'checkboxes';
  return options.length <= Math.min(mostOptions, mostListed)
    ? listed(isList, options, { some, one })
    : isList
      ? { type: 'multi_external_select', action_id: elements.pick, min_query_length: 0, ...some }
      : { type: 'external_select', action_id: elements.pick, min_query_length: 0, ...one };
}

function listed(
  isList: boolean,
  options: PlainTextOption[],
  { some, one }: { some: { initial_options?: PlainTextOption[] }; one: { initial_option?: PlainTextOption } },
): InputBlock['element'] {
  const action_id = elements.value;
  return isList
    ? { type: 'multi_static_select', action_id, options, ...some }
    : { type: 'static_select', action_id, options, ...one };
}
