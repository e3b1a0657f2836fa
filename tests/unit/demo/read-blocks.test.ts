import { describe, expect, it } from 'vitest';
import { holdValues } from '../../../electron/demo/hold-values.ts';
import { readBlocks } from '../../../electron/demo/read-blocks.ts';
import { demoBlockSchema } from '../../../shared/demo-view.ts';
import type { Json } from '../../../stand-ins/record.ts';
import { initialValues } from '../../../stand-ins/slack/view-state.ts';
import type { SlackView } from '../../../stand-ins/slack/views.ts';

const names = {
  users: [{ id: 'U1', name: 'alice', realName: 'Alice Adams' }],
  channels: [
    { id: 'C1', name: 'help', isPrivate: false, isMember: true, isArchived: false, imUser: null },
    { id: 'G1', name: 'board', isPrivate: true, isMember: true, isArchived: false, imUser: null },
    { id: 'D1', name: 'directmessage', isPrivate: true, isMember: true, isArchived: false, imUser: 'U1' },
  ],
};

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(`Option ${value}`), value });

function input(element: Json, block: Json = {}): Json {
  return { type: 'input', block_id: 'b', label: plain('Label'), element: { action_id: 'a', ...element }, ...block };
}

/** As the window gets the block, with what an input begins with. */
function read(block: Json) {
  const [shown] = readBlocks([block], names, initialValues([block], null));
  return demoBlockSchema.parse(shown);
}

const elementOf = (element: Json) => {
  const block = read(input(element));
  return block.type === 'input' ? block.element : null;
};

describe('an input', () => {
  it('has label, hint, whether it may be left out, and whether the app hears at once', () => {
    const block = input(
      { type: 'plain_text_input', focus_on_load: true },
      { hint: plain('In a few words :tada:'), optional: true, dispatch_action: true },
    );
    expect(read(block)).toMatchObject({
      type: 'input',
      id: 'b',
      label: 'Label',
      hint: 'In a few words 🎉',
      isOptional: true,
      dispatches: true,
      element: { hasFocus: true },
    });
  });

  it.each([
    [
      { type: 'plain_text_input', initial_value: 'x', multiline: true, max_length: 9 },
      { kind: 'text', isMultiline: true, maxLength: 9, value: ['x'] },
    ],
    [
      { type: 'number_input', is_decimal_allowed: true, initial_value: '1.5' },
      { kind: 'number', value: ['1.5'] },
    ],
    [{ type: 'email_text_input' }, { kind: 'email', value: [] }],
    [
      { type: 'url_text_input', placeholder: plain('https://') },
      { kind: 'url', placeholder: 'https://' },
    ],
    [
      { type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } },
      { dispatchesOn: 'character' },
    ],
    [{ type: 'plain_text_input' }, { dispatchesOn: 'enter' }],
    [
      { type: 'datepicker', initial_date: '2026-05-20' },
      { type: 'moment', kind: 'date', value: ['2026-05-20'] },
    ],
    [{ type: 'timepicker' }, { type: 'moment', kind: 'time', value: [] }],
    [
      { type: 'datetimepicker', initial_date_time: 1_779_264_000 },
      { kind: 'datetime', value: ['1779264000'] },
    ],
    [
      { type: 'static_select', options: [option('1'), option('2')], initial_option: option('2') },
      {
        type: 'select',
        isMulti: false,
        asksFrom: null,
        value: ['2'],
        groups: [{ label: null, options: [{ value: '1', text: 'Option 1', description: null }, {}] }],
      },
    ],
    [
      {
        type: 'multi_static_select',
        max_selected_items: 2,
        option_groups: [{ label: plain('Group'), options: [option('1')] }],
      },
      { isMulti: true, mostItems: 2, groups: [{ label: 'Group', options: [{ value: '1' }] }] },
    ],
    [
      { type: 'external_select', min_query_length: 0, initial_option: option('7') },
      { asksFrom: 0, value: ['7'], groups: [{ options: [{ value: '7', text: 'Option 7' }] }] },
    ],
    [{ type: 'multi_external_select' }, { isMulti: true, asksFrom: 3, value: [], groups: [] }],
    [
      { type: 'users_select', initial_user: 'U1' },
      { value: ['U1'], groups: [{ options: [{ value: 'U1', text: 'Alice Adams', description: '@alice' }] }] },
    ],
    [
      { type: 'conversations_select', filter: { include: ['public', 'im'] } },
      {
        groups: [
          {
            options: [
              { value: 'C1', text: '#help' },
              { value: 'D1', text: 'Alice Adams' },
            ],
          },
        ],
      },
    ],
    [{ type: 'channels_select' }, { groups: [{ options: [{ value: 'C1' }] }] }],
    [
      { type: 'checkboxes', options: [option('1'), option('2')], initial_options: [option('1')] },
      { type: 'choice', isMulti: true, value: ['1'], options: [{}, {}] },
    ],
    [
      { type: 'radio_buttons', options: [option('1')] },
      { type: 'choice', isMulti: false, value: [] },
    ],
    [{ type: 'file_input' }, { type: 'unknown', name: 'file_input' }],
  ])('%j is drawn', (element, shown) => {
    expect(elementOf(element)).toMatchObject(shown);
  });
});

it('the other blocks are drawn', () => {
  const blocks = [
    { type: 'header', text: plain('My tickets') },
    { type: 'divider' },
    { type: 'image', image_url: 'https://a.example/x.png', alt_text: 'A lamp', title: plain('Lamp') },
    {
      type: 'context',
      elements: [
        { type: 'image', alt_text: 'x' },
        { type: 'mrkdwn', text: '*Loading…*' },
      ],
    },
    { type: 'section', text: plain('Text'), accessory: { type: 'overflow', action_id: 'o', options: [option('1')] } },
    { type: 'section', text: plain('Text'), accessory: { type: 'image', alt_text: 'x' } },
    { type: 'actions', elements: [{ type: 'button', action_id: 'n', text: plain('New'), style: 'primary' }] },
  ];
  expect(readBlocks(blocks, names)).toMatchObject([
    { type: 'header', text: 'My tickets' },
    { type: 'divider' },
    { type: 'image', title: 'Lamp', alt: 'A lamp' },
    { type: 'context', text: [{ kind: 'bold', text: 'Loading…' }] },
    { type: 'section', accessory: { type: 'menu', actionId: 'o', options: [{ value: '1', text: 'Option 1' }] } },
    { type: 'section', accessory: null },
    { type: 'actions', elements: [{ type: 'button', label: 'New', style: 'primary' }] },
  ]);
});

describe('what a person puts in', () => {
  const known = new Map([['7', option('7')]]);
  function held(element: Json, value: string[]): unknown {
    const block = input(element);
    const view: SlackView = {
      ...{ id: 'V1', type: 'modal', user: 'U1', hash: '', root: 'V1', previous: null, channel: null, errors: {} },
      ...{ isOpen: true, title: null, submit: null, close: null, privateMetadata: '', callbackId: '', externalId: '' },
      ...{ clearOnClose: false, notifyOnClose: false, blocks: [block], values: initialValues([block], null) },
    };
    holdValues(
      view,
      [
        { blockId: 'b', actionId: 'a', value },
        { blockId: 'gone', actionId: 'a', value: ['x'] },
      ],
      known,
    );
    expect(Object.keys(view.values)).toEqual(['b']);
    return view.values['b']?.['a'];
  }

  it.each([
    [{ type: 'plain_text_input' }, ['x'], { value: 'x' }],
    [{ type: 'plain_text_input', initial_value: 'x' }, [], { value: null }],
    [{ type: 'datepicker' }, ['2026-05-20'], { selected_date: '2026-05-20' }],
    [{ type: 'datetimepicker' }, ['1779264000'], { selected_date_time: 1_779_264_000 }],
    [{ type: 'static_select', options: [option('1')] }, ['1'], { selected_option: option('1') }],
    [{ type: 'static_select', options: [option('1')] }, ['taken away'], { selected_option: null }],
    [{ type: 'external_select' }, ['7'], { selected_option: option('7') }],
    [{ type: 'external_select', initial_option: option('9') }, ['9'], { selected_option: option('9') }],
    [{ type: 'multi_external_select' }, ['7'], { selected_options: [option('7')] }],
    [{ type: 'multi_users_select' }, ['U1'], { selected_users: ['U1'] }],
    [{ type: 'conversations_select' }, ['C1'], { selected_conversation: 'C1' }],
    [{ type: 'checkboxes', options: [option('1'), option('2')] }, ['2'], { selected_options: [option('2')] }],
    [{ type: 'radio_buttons', options: [option('1')] }, ['1'], { selected_option: option('1') }],
  ])('%j with %j is in the view as Slack has it', (element, value, expected) => {
    expect(held(element, value)).toEqual({ type: element.type, ...expected });
  });
});
