import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { type Label, labels } from '../../../shared/labels.ts';
import type { AskedField, AskedForm } from '../../tickets/ports/issue-tracker.ts';
import { fieldInput } from './field-input.ts';
import { mostOptions } from './field-options.ts';
import { blocks, elements, fromText } from './form-state.ts';
import { type Entered, longestMetadata, type Metadata, writeMetadata } from './metadata.ts';
import { longest, plain, plainLines } from './plain-text.ts';

/** Ids of the forms: what a submission of each means. */
export const formIds = { new: 'new_ticket', complete: 'complete_ticket', anyway: 'file_anyway_form' } as const;

/** Slack's limits on a view: blocks, and characters of all of it. */
export const mostBlocks = 100;
const longestView = 200_000;
const longestSummary = 255;
/** Options that lists keep where the whole form would be too long otherwise. */
const fewOptions = 5;

/** A channel that tickets may be filed for. */
export interface OfferedChannel {
  id: string;
  name: string | null;
}

/** What a form shows. */
export interface FormModel {
  metadata: Metadata;
  summary: string;
  description: string;
  /** The type that a person chose; null: as the text says. */
  choice: Label | null;
  /** What the text says, as far as is known. */
  decided: Label | null;
  /** What the tracker asks for; null while that is not known. */
  form: AskedForm | null;
  entered: Readonly<Record<string, Entered>>;
  /** Inputs that are shown beside, for what was typed into them. */
  extra: readonly InputBlock[];
  /** Where a channel has to be chosen: exactly these, or any that the person sees; null: it is known. */
  channels: readonly OfferedChannel[] | 'any' | null;
  /** Chosen so far. */
  channel: string | null;
  /** Said above everything: that it loads, or why the tracker's part is missing. */
  notice: string | null;
  /** Text that is too long for an input; else null. */
  longText: string | null;
}

/** The form as Slack shows it, within Block Kit's limits. */
export function formView(model: FormModel): ModalView {
  const view = viewOf(model, mostOptions);
  return JSON.stringify(view).length <= longestView ? view : viewOf(model, fewOptions);
}

function viewOf(model: FormModel, mostListed: number): ModalView {
  const { metadata } = model;
  const isNew = metadata.request === null;
  const opening = [...noticeBlock(model.notice), ...channelBlock(model), ...textBlocks(model), ...typeBlocks(model)];
  const fields = fieldBlocks(model, mostBlocks - opening.length, mostListed);
  return {
    type: 'modal',
    callback_id: isNew ? formIds.new : formIds.complete,
    title: plain(isNew ? 'New ticket' : 'Missing fields', 24),
    submit: plain(isNew ? 'Create' : 'Send', 24),
    close: plain('Cancel', 24),
    private_metadata: writeMetadata(metadata).slice(0, longestMetadata),
    blocks: [...opening, ...fields],
  };
}

const words = (text: string): KnownBlock => ({ type: 'context', elements: [plain(text, longest.hint)] });

function noticeBlock(notice: string | null): KnownBlock[] {
  return notice === null ? [] : [{ type: 'section', text: plain(notice, longest.section) }];
}

function channelBlock({ channels, channel }: FormModel): KnownBlock[] {
  if (channels === null) return [];
  return [
    {
      type: 'input',
      block_id: blocks.channel,
      label: plain('Channel', longest.label),
      hint: plain('The ticket is announced there.', longest.hint),
      dispatch_action: true,
      element: channels === 'any' ? anyChannel(channel) : someChannels(channels, channel),
    },
  ];
}

function anyChannel(channel: string | null): InputBlock['element'] {
  return {
    type: 'conversations_select',
    action_id: elements.channel,
    response_url_enabled: true,
    filter: { include: ['public', 'private'], exclude_bot_users: true },
    ...(channel === null ? {} : { initial_conversation: channel }),
  };
}

function someChannels(channels: readonly OfferedChannel[], channel: string | null): InputBlock['element'] {
  const options = channels
    .slice(0, mostOptions)
    .map(({ id, name }): PlainTextOption => ({ text: plain(`#${name ?? id}`, longest.option), value: id }));
  const chosen = options.find(({ value }) => value === channel);
  return {
    type: 'static_select',
    action_id: elements.channel,
    options,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

function textBlocks({ summary, description, longText }: FormModel): KnownBlock[] {
  const text = (value: string) => (value === '' ? {} : { initial_value: value });
  return [
    {
      type: 'input',
      block_id: blocks.summary,
      label: plain('Summary', longest.label),
      dispatch_action: true,
      element: {
        type: 'plain_text_input',
        action_id: elements.value,
        max_length: longestSummary,
        dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
        ...text(summary),
      },
    },
    ...(longText === null
      ? [
          {
            type: 'input',
            block_id: blocks.description,
            label: plain('Description', longest.label),
            optional: true,
            element: {
              type: 'plain_text_input',
              action_id: elements.value,
              multiline: true,
              max_length: longest.input,
              ...text(description),
            },
          } satisfies KnownBlock,
        ]
      : [{ type: 'section', text: plainLines(longText, 500) } satisfies KnownBlock, words(longTextWords)]),
  ];
}

const longTextWords = 'This is the beginning. The whole text comes along as you wrote it.';

function typeBlocks({ choice, decided, form }: FormModel): KnownBlock[] {
  const nameOf = (label: Label) => form?.typeNames[labels.indexOf(label)] ?? null;
  const option = (label: Label): PlainTextOption => {
    const name = nameOf(label);
    const isOther = name !== null && name.toLowerCase() !== label.toLowerCase();
    return { text: plain(isOther ? `${label} (in Jira: ${name})` : label, longest.option), value: label };
  };
  const byText: PlainTextOption = { text: plain('Decide from the text', longest.option), value: fromText };
  const options = [byText, ...labels.map(option)];
  const chosen = options.find(({ value }) => value === choice) ?? byText;
  return [
    {
      type: 'input',
      block_id: blocks.type,
      label: plain('Type', longest.label),
      dispatch_action: true,
      element: { type: 'static_select', action_id: elements.type, options, initial_option: chosen },
    },
    ...(choice === null && decided !== null ? [words(`From the text: ${decided}.`)] : []),
  ];
}

function fieldBlocks(model: FormModel, room: number, mostListed: number): KnownBlock[] {
  const { form, extra, entered, metadata } = model;
  const demanded = form?.fields ?? [];
  const known = demanded.filter(({ isKnown }) => isKnown);
  // What is wrong or missing first: it must not be what has no room.
  const first = known.toSorted((one, other) => rankOf(one) - rankOf(other));
  const { byEmail } = metadata;
  const inputs = [
    ...first.map((field) =>
      fieldInput(field, { entered: entered[field.id] ?? null, isOptional: false, byEmail, mostListed }),
    ),
    ...extra,
  ];
  const unknown = demanded.filter(({ isKnown, required }) => !isKnown && required).map(({ name }) => name);
  const notes = unknown.length === 0 ? [] : [words(unknownWords(unknown))];
  const fits = inputs.length + notes.length <= room;
  const shown = fits ? inputs : inputs.slice(0, room - notes.length - 1);
  const rest = inputs.length - shown.length;
  return [...shown, ...notes, ...(rest === 0 ? [] : [words(tooBigWords(rest))])];
}

const rankOf = ({ problem, required }: AskedField) => (problem !== null ? 0 : required ? 1 : 2);

function unknownWords(names: readonly string[]): string {
  return `Jira also asks for ${names.join(', ')}, which cannot be given here. Send this all the same: the person whose desktop runs AI Ticket Agent sees it and adds that.`;
}

function tooBigWords(rest: number): string {
  return `This form is too big for Slack: ${rest} more ${rest === 1 ? 'field does' : 'fields do'} not fit. Send it, and you are asked for the rest.`;
}

/** A view that only tells something. */
export function tellingView(title: string, text: string): ModalView {
  return {
    type: 'modal',
    title: plain(title, 24),
    close: plain('Close', 24),
    blocks: [{ type: 'section', text: plainLines(text, longest.section) }],
  };
}

/** Asks whether what was sent a moment ago is meant once more. */
export function anywayView(text: string, firstRequest: string, responseUrl: string | null): ModalView {
  return {
    ...tellingView('Sent a moment ago', text),
    callback_id: formIds.anyway,
    submit: plain('File anyway', 24),
    close: plain('Leave it', 24),
    private_metadata: JSON.stringify({ request: firstRequest, ...(responseUrl === null ? {} : { responseUrl }) }),
  };
}
