import type { Entry } from '../../stand-ins/slack/enter-values.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const options = ['One', 'Two'].map((text) => ({ text: plain(text), value: text.toLowerCase() }));

const elements: ReadonlyArray<[label: string, element: object, entry: Entry]> = [
  ['Text', { type: 'plain_text_input', multiline: true, max_length: 3000 }, 'a\nb'],
  ['Number', { type: 'number_input', is_decimal_allowed: true, min_value: '0' }, 1.5],
  ['Email', { type: 'email_text_input' }, 'ana@example.com'],
  ['Address', { type: 'url_text_input' }, 'https://example.com'],
  ['Rich', { type: 'rich_text_input' }, 'words'],
  ['Static', { type: 'static_select', options, placeholder: plain('Choose') }, 'One'],
  ['Statics', { type: 'multi_static_select', options, max_selected_items: 2 }, ['One', 'Two']],
  ['Grouped', { type: 'static_select', option_groups: [{ label: plain('All'), options }] }, 'Two'],
  ['External', { type: 'external_select', min_query_length: 0 }, null],
  ['Externals', { type: 'multi_external_select', min_query_length: 0, initial_options: options }, null],
  ['Person', { type: 'users_select' }, 'bob'],
  ['People', { type: 'multi_users_select' }, ['alice', 'bob']],
  ['Place', { type: 'conversations_select', default_to_current_conversation: true }, 'support'],
  ['Places', { type: 'multi_conversations_select', filter: { include: ['public'] } }, ['support']],
  ['Channel', { type: 'channels_select', response_url_enabled: true }, 'support'],
  ['Channels', { type: 'multi_channels_select' }, ['support']],
  ['Date', { type: 'datepicker', initial_date: '2026-11-29' }, '2026-12-01'],
  ['Time', { type: 'timepicker' }, '09:30'],
  ['Moment', { type: 'datetimepicker' }, '1764403200'],
  ['Ticks', { type: 'checkboxes', options }, ['Two']],
  ['Radio', { type: 'radio_buttons', options }, 'One'],
  ['Files', { type: 'file_input', filetypes: ['png'], max_files: 3 }, null],
];

/** One input of each kind, by its label. */
export const everyInput = elements.map(([label, element]) => ({
  type: 'input',
  block_id: label,
  label: plain(label),
  element: { action_id: 'value', ...element },
  optional: true,
  ...(label === 'Static' && { dispatch_action: true }),
}));

/** Something for each of them; null where a test would have to answer or to upload. */
export const everyInputFilled: Record<string, Entry> = Object.fromEntries(
  elements.map(([label, , entry]) => [label, entry]),
);
