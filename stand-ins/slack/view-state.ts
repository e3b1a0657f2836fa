import { isRecord, type Json } from '../record.ts';
import { optionsOf } from './elements.ts';
import { elementsOf } from './view-checks.ts';

/** What stands in the elements of a view: by `block_id` and `action_id`, as Slack's `state.values`. */
export type ViewValues = Record<string, Record<string, Json>>;

/** How an element names what is in it, what it starts with, and what an empty one holds. */
interface Holding {
  key: string;
  initial: string;
  empty: null | readonly [];
}

const one = (key: string, initial: string): Holding => ({ key, initial, empty: null });
const many = (key: string, initial: string): Holding => ({ key, initial, empty: [] });

const holdings: Record<string, Holding> = {
  plain_text_input: one('value', 'initial_value'),
  number_input: one('value', 'initial_value'),
  email_text_input: one('value', 'initial_value'),
  url_text_input: one('value', 'initial_value'),
  rich_text_input: one('rich_text_value', 'initial_value'),
  file_input: many('files', ''),
  static_select: one('selected_option', 'initial_option'),
  external_select: one('selected_option', 'initial_option'),
  radio_buttons: one('selected_option', 'initial_option'),
  multi_static_select: many('selected_options', 'initial_options'),
  multi_external_select: many('selected_options', 'initial_options'),
  checkboxes: many('selected_options', 'initial_options'),
  users_select: one('selected_user', 'initial_user'),
  multi_users_select: many('selected_users', 'initial_users'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  multi_conversations_select: many('selected_conversations', 'initial_conversations'),
  channels_select: one('selected_channel', 'initial_channel'),
  multi_channels_select: many('selected_channels', 'initial_channels'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  datetimepicker: one('selected_date_time', 'initial_date_time'),
};

/** How this element names what is in it; null for one that holds nothing, as a button. */
export function holdingOf(element: Json): Holding | null {
  return holdings[String(element['type'])] ?? null;
}

/** What stands in a view that has just been shown; `channel` is where its person was. */
export function initialValues(blocks: readonly Json[], channel: string | null): ViewValues {
  return valuesOf(blocks, (element, { key, initial, empty }) => {
    const isHere = element['default_to_current_conversation'] === true;
    const here = isHere && channel !== null ? (empty === null ? channel : [channel]) : undefined;
    return { type: element['type'], [key]: element[initial] ?? here ?? empty };
  });
}

/**
 * What stands in a view after an update: where block, element and its kind are the same ones, what the person had put
 * in, as docs.slack.dev/surfaces/modals says of ids that stay; else what the element begins with. Assumed, because no
 * page says it: a choice that is no longer offered is lost.
 */
export function valuesAfterUpdate(before: ViewValues, blocks: readonly Json[], channel: string | null): ViewValues {
  const fresh = initialValues(blocks, channel);
  return valuesOf(blocks, (element, { key }, blockId) => {
    const actionId = String(element['action_id']);
    const kept = before[blockId]?.[actionId];
    const isSame = kept !== undefined && kept['type'] === element['type'] && isStillOffered(kept[key], element);
    return (isSame ? kept : fresh[blockId]?.[actionId]) ?? {};
  });
}

function isStillOffered(value: unknown, element: Json): boolean {
  if (element['options'] === undefined && element['option_groups'] === undefined) return true;
  const known = optionsOf(element).map((option) => option['value']);
  return [value].flat().every((option) => !isRecord(option) || known.includes(option['value']));
}

function valuesOf(
  blocks: readonly Json[],
  heldBy: (element: Json, holding: Holding, blockId: string) => Json,
): ViewValues {
  const values: ViewValues = {};
  for (const block of blocks) {
    const blockId = String(block['block_id']);
    for (const element of elementsOf(block)) {
      const holding = holdingOf(element);
      if (holding === null) continue;
      values[blockId] = { ...values[blockId], [String(element['action_id'])]: heldBy(element, holding, blockId) };
    }
  }
  return values;
}

/** What keeps Slack from sending a view, by the labels of its inputs. */
export function faultsOf(blocks: readonly Json[], values: ViewValues): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const block of blocks) {
    const { element } = block;
    if (block['type'] !== 'input' || !isRecord(element)) continue;
    const fault = faultOf(block, element, values[String(block['block_id'])]?.[String(element['action_id'])] ?? {});
    if (fault !== null) faults[labelOf(block)] = fault;
  }
  return faults;
}

function faultOf(block: Json, element: Json, value: Json): string | null {
  const holding = holdingOf(element);
  const held = holding === null ? null : value[holding.key];
  const isEmpty = held === null || held === undefined || (Array.isArray(held) && held.length === 0);
  if (isEmpty) return block['optional'] === true ? null : 'Please complete this required field.';
  if (typeof held !== 'string') return null;
  const { type, min_length: min, max_length: max } = element;
  if (typeof min === 'number' && held.length < min) return `Must be at least ${min} characters.`;
  if (typeof max === 'number' && held.length > max) return `Must be less than ${max + 1} characters.`;
  if (type === 'number_input') return numberFault(held, element);
  if (type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(held)) return 'Must be a valid email address.';
  if (type === 'url_text_input' && !URL.canParse(held)) return 'Must be a valid URL.';
  return null;
}

function numberFault(held: string, element: Json): string | null {
  if (!/^-?\d+(\.\d+)?$/.test(held)) return 'Must be a valid number.';
  if (element['is_decimal_allowed'] === false && held.includes('.')) return 'Must be a valid integer.';
  const { min_value: min, max_value: max } = element;
  if (typeof min === 'string' && Number(held) < Number(min)) return `Must be greater than or equal to ${min}.`;
  if (typeof max === 'string' && Number(held) > Number(max)) return `Must be less than or equal to ${max}.`;
  return null;
}

/** The words above an input; the `block_id` of another block. */
export function labelOf(block: Json): string {
  const { label } = block;
  return isRecord(label) && typeof label['text'] === 'string' ? label['text'] : String(block['block_id']);
}
