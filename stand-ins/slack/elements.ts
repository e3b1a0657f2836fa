import { isRecord, type Json } from '../record.ts';
import { all, byType, type Check, flag, list, matching, oneOf, shape, text, url, whole } from './shape.ts';

/** Composition objects and elements of Block Kit with their limits: docs.slack.dev/reference/block-kit. */
export const plainText = (max: number): Check =>
  byType({ plain_text: shape({ required: { text: text(max) }, optional: { emoji: flag } }) });
export const anyText = (max: number): Check =>
  byType({
    plain_text: shape({ required: { text: text(max) }, optional: { emoji: flag } }),
    mrkdwn: shape({ required: { text: text(max) }, optional: { verbatim: flag } }),
  });
export const image = shape({ required: { image_url: url, alt_text: text(2000) } });

const confirm = shape({
  required: { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  optional: { style: oneOf('primary', 'danger') },
});
const acting = { action_id: text(255), confirm };
const focusable = { ...acting, focus_on_load: flag };
const holding = { ...focusable, placeholder: plainText(150) };

export const button = shape({
  required: { text: plainText(75) },
  optional: {
    ...acting,
    url,
    value: text(2000),
    style: oneOf('primary', 'danger'),
    accessibility_label: text(75),
  },
});

const option = shape({ required: { text: plainText(75), value: text(150) }, optional: { description: plainText(75) } });
const richOption = shape({ required: { text: anyText(75), value: text(150) }, optional: { description: anyText(75) } });
const optionGroup = shape({ required: { label: plainText(75), options: list(option, 100) } });

/** The options of an answer to `block_suggestion`, which may be none: docs.slack.dev/reference/block-kit/block-elements/select-menu-element. */
export const suggestedOptions: Check = (value, place, report) => {
  const given = isRecord(value) ? value : {};
  if ((given['options'] === undefined) === (given['option_groups'] === undefined)) {
    return report('must have either `options` or `option_groups`', place);
  }
  const isEmpty = Array.isArray(given['options']) && given['options'].length === 0;
  const lists = { options: isEmpty ? () => {} : list(option, 100), option_groups: list(optionGroup, 100) };
  shape({ required: {}, optional: lists })(value, place, report);
};

/** The options of a select, a list of checkboxes or an answer, whether or not they are in groups. */
export function optionsOf(holder: Json): Json[] {
  const groups = Array.isArray(holder['option_groups']) ? holder['option_groups'].filter(isRecord) : [];
  return [holder, ...groups].flatMap(({ options }) => (Array.isArray(options) ? options.filter(isRecord) : []));
}

const hasOneList: Check = (value, place, report) => {
  if (!isRecord(value)) return;
  if ((value['options'] === undefined) === (value['option_groups'] === undefined)) {
    report('must define either `options` or `option_groups`, not both', place);
  }
};
const startsAmongOptions: Check = (value, place, report) => {
  if (!isRecord(value)) return;
  const given = [value['initial_option'], value['initial_options']].flat().filter(isRecord);
  const known = optionsOf(value);
  for (const each of given) {
    const isKnown = known.some((one) => one['value'] === each['value'] && sameText(one['text'], each['text']));
    if (!isKnown) report('initial options must be among the options', place);
  }
};

function sameText(one: unknown, other: unknown): boolean {
  return isRecord(one) && isRecord(other) && one['type'] === other['type'] && one['text'] === other['text'];
}

const several = { max_selected_items: whole(1, 1000) };
const staticLists = { options: list(option, 100), option_groups: list(optionGroup, 100) };
const single = (optional: Record<string, Check>) => shape({ required: {}, optional: { ...holding, ...optional } });
const multi = (optional: Record<string, Check>) => single({ ...several, ...optional });

const id = text(255);
const ids = list(id, 1000);
const filter = shape({
  required: {},
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
});
const conversation = { default_to_current_conversation: flag, filter };
const answering = { response_url_enabled: flag };

export const staticSelect = all(single({ ...staticLists, initial_option: option }), hasOneList, startsAmongOptions);

/** Every element that a person sets, but for text inputs. */
export const selects: Record<string, Check> = {
  static_select: staticSelect,
  multi_static_select: all(
    multi({ ...staticLists, initial_options: list(option, 100) }),
    hasOneList,
    startsAmongOptions,
  ),
  external_select: single({ min_query_length: whole(0, 3000), initial_option: option }),
  multi_external_select: multi({ min_query_length: whole(0, 3000), initial_options: list(option, 100) }),
  users_select: single({ initial_user: id }),
  multi_users_select: multi({ initial_users: ids }),
  conversations_select: single({ initial_conversation: id, ...conversation, ...answering }),
  multi_conversations_select: multi({ initial_conversations: ids, ...conversation }),
  channels_select: single({ initial_channel: id, ...answering }),
  multi_channels_select: multi({ initial_channels: ids }),
  datepicker: single({ initial_date: matching(/^\d{4}-\d\d-\d\d$/, 'YYYY-MM-DD') }),
  timepicker: single({ initial_time: matching(/^\d\d:\d\d$/, 'HH:mm'), timezone: text(100) }),
  datetimepicker: shape({ required: {}, optional: { ...focusable, initial_date_time: whole(1e9, 9_999_999_999) } }),
  checkboxes: all(
    shape({
      required: { options: list(richOption, 10) },
      optional: { ...focusable, initial_options: list(richOption, 10) },
    }),
    startsAmongOptions,
  ),
  radio_buttons: all(
    shape({ required: { options: list(richOption, 10) }, optional: { ...focusable, initial_option: richOption } }),
    startsAmongOptions,
  ),
};

export const overflow = shape({ required: { options: list(option, 5) }, optional: acting });

const dispatching = {
  dispatch_action_config: shape({
    required: {},
    optional: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) },
  }),
};
const { confirm: _none, ...writable } = holding;
const written = (optional: Record<string, Check>, required: Record<string, Check> = {}) =>
  shape({ required, optional: { ...writable, ...dispatching, ...optional } });
const number = matching(/^-?\d+(\.\d+)?$/, 'a number in a string');

/** What an input block may hold: docs.slack.dev/reference/block-kit/blocks/input-block. */
export const inputs: Record<string, Check> = {
  ...selects,
  plain_text_input: all(
    written({
      initial_value: text(3000, 0),
      multiline: flag,
      min_length: whole(0, 3000),
      max_length: whole(1, 3000),
    }),
    fitsLength,
  ),
  number_input: written({ initial_value: number, min_value: number, max_value: number }, { is_decimal_allowed: flag }),
  email_text_input: written({ initial_value: text(3000, 0) }),
  url_text_input: written({ initial_value: text(3000, 0) }),
  rich_text_input: written({
    initial_value: byType({ rich_text: () => {} }),
    min_lines: whole(1, 100),
    max_lines: whole(1, 100),
  }),
  file_input: shape({
    required: {},
    optional: { action_id: text(255), filetypes: list(text(255), 100), max_files: whole(1, 10) },
  }),
};

function fitsLength(value: unknown, place: string, report: (fault: string, place: string) => void): void {
  if (!isRecord(value)) return;
  const { initial_value: initial, max_length: max = 3000, min_length: min = 0 } = value;
  if (typeof max !== 'number' || typeof min !== 'number') return;
  if (min > max) report('min_length must not be greater than max_length', place);
  if (typeof initial === 'string' && initial.length > max) report('initial_value is longer than max_length', place);
}
