import type { DemoElement, DemoOption, DemoOptions } from '../../shared/demo-view.ts';
import { isRecord, type Json } from '../../stand-ins/record.ts';
import type { SlackNames } from './read-mrkdwn.ts';
import { listOf, wordsOf } from './read-text.ts';

const textKinds: Partial<Record<string, 'text' | 'number' | 'email' | 'url'>> = {
  plain_text_input: 'text',
  number_input: 'number',
  email_text_input: 'email',
  url_text_input: 'url',
};
const momentKinds: Partial<Record<string, 'date' | 'time' | 'datetime'>> = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime',
};

/** An element of Block Kit; `held`: what stands in it, as in `state.values`. Slack's names: docs.slack.dev/reference/block-kit. */
export function readElement(element: Json, held: Json, names: SlackNames): DemoElement {
  const type = String(element['type']);
  const actionId = String(element['action_id'] ?? '');
  const common = {
    actionId,
    placeholder: wordsOf(element['placeholder']),
    value: valuesIn(held),
    hasFocus: element['focus_on_load'] === true,
  };
  const text = textKinds[type];
  if (text !== undefined) return { type: 'text', ...common, kind: text, ...textDetails(element) };
  const moment = momentKinds[type];
  if (moment !== undefined) return { type: 'moment', ...common, kind: moment };
  const isMulti = type.startsWith('multi_');
  if (type.endsWith('_select')) {
    const most = element['max_selected_items'];
    const mostItems = typeof most === 'number' ? most : null;
    return { type: 'select', ...common, isMulti, mostItems, ...selectSource(type, element, held, names) };
  }
  switch (type) {
    case 'button': {
      const style = element['style'] === 'primary' || element['style'] === 'danger' ? element['style'] : 'plain';
      return { type: 'button', actionId, label: wordsOf(element['text']), style };
    }
    case 'radio_buttons':
    case 'checkboxes':
      return { type: 'choice', ...common, isMulti: type === 'checkboxes', options: readOptions(element['options']) };
    case 'overflow':
      return { type: 'menu', actionId, options: readOptions(element['options']) };
    default:
      return { type: 'unknown', name: type };
  }
}

function textDetails(element: Json) {
  const max = element['max_length'];
  const config = element['dispatch_action_config'];
  const triggers = isRecord(config) ? listOf(config['trigger_actions_on']) : [];
  return {
    isMultiline: element['multiline'] === true,
    maxLength: typeof max === 'number' ? max : null,
    dispatchesOn: triggers.includes('on_character_entered') ? ('character' as const) : ('enter' as const),
  };
}

/** Slack's default for `min_query_length`. */
const defaultQuery = 3;

function selectSource(type: string, element: Json, held: Json, names: SlackNames) {
  const all = (options: DemoOption[]) => ({ groups: [{ label: null, options }], asksFrom: null });
  const kind = type.replace(/^multi_/, '');
  switch (kind) {
    case 'external_select': {
      const least = element['min_query_length'];
      return {
        groups: readChoices({ options: chosenOptions(held) }),
        asksFrom: typeof least === 'number' ? least : defaultQuery,
      };
    }
    case 'users_select':
      return all(names.users.map(({ id, name, realName }) => ({ value: id, text: realName, description: `@${name}` })));
    case 'channels_select':
    case 'conversations_select':
      return all(placesFor(kind, element, names));
    default:
      return { groups: readChoices(element), asksFrom: null };
  }
}

function placesFor(kind: string, element: Json, names: SlackNames): DemoOption[] {
  const filter = isRecord(element['filter']) ? listOf(element['filter']['include']) : [];
  const wanted = kind === 'channels_select' ? ['public'] : filter.length > 0 ? filter : ['public', 'private', 'im'];
  return names.channels
    .filter(({ imUser, isPrivate }) => wanted.includes(imUser !== null ? 'im' : isPrivate ? 'private' : 'public'))
    .map(({ id, name, imUser }) => {
      const person = names.users.find((user) => user.id === imUser);
      return { value: id, text: person === undefined ? `#${name}` : person.realName, description: null };
    });
}

/** Options and groups of them, as an element or the app's answer to `block_suggestion` holds them. */
export function readChoices(holder: Json): DemoOptions {
  const alone = readOptions(holder['options']);
  const groups = listOf(holder['option_groups'])
    .filter(isRecord)
    .map(({ label, options }) => ({ label: wordsOf(label), options: readOptions(options) }));
  return [...(alone.length > 0 ? [{ label: null, options: alone }] : []), ...groups];
}

function readOptions(options: unknown): DemoOption[] {
  return listOf(options)
    .filter(isRecord)
    .map(({ value, text, description }) => ({
      value: String(value),
      text: wordsOf(text),
      description: wordsOf(description) || null,
    }));
}

function chosenOptions(held: Json): unknown[] {
  return [held['selected_option'], held['selected_options']].flat().filter(isRecord);
}

/** What is in an element, whatever Slack calls it there: texts, ids, and the values of options. */
function valuesIn({ type: _type, ...held }: Json): string[] {
  return Object.values(held)
    .flat()
    .filter((each) => each !== null && each !== undefined && each !== '')
    .map((each) => String(isRecord(each) ? each['value'] : each));
}
