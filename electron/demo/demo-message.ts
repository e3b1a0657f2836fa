import type { DemoBlock, DemoMessage, RichText } from '../../shared/demo-view.ts';
import { isRecord, type Json } from '../../stand-ins/record.ts';
import { slackbotId } from '../../stand-ins/slack/people.ts';
import type { SlackMessage } from '../../stand-ins/slack/state.ts';
import { readMrkdwn, readPlainText, type SlackNames } from './read-mrkdwn.ts';

/** A message as a window that is not Slack can show it. Blocks of kinds that the app does not send are left out. */
export function readMessage(message: SlackMessage, names: SlackNames): DemoMessage {
  const author = names.users.find(({ id }) => id === message.user);
  const isDirect = names.channels.some(({ id, imUser }) => id === message.channel && imUser !== null);
  const blocks = message.blocks.flatMap((block) => readBlock(block, names));
  const text = readMrkdwn(message.text, names);
  return {
    ts: message.ts,
    author: author?.name ?? (message.user === slackbotId ? 'Slackbot' : 'AI Ticket Agent'),
    isApp: author === undefined,
    onlyYou: isDirect || message.ephemeralTo !== null,
    blocks: blocks.length > 0 ? blocks : [{ type: 'section', text, fields: [] }],
  };
}

function readBlock(block: Json, names: SlackNames): DemoBlock[] {
  const elements = listOf(block['elements']);
  switch (block['type']) {
    case 'section': {
      const fields = listOf(block['fields']).map((field) => readText(field, names));
      return [{ type: 'section', text: readText(block['text'], names), fields }];
    }
    case 'context':
      return [{ type: 'context', text: elements.flatMap((element) => readText(element, names)) }];
    case 'actions':
      return [{ type: 'actions', buttons: elements.flatMap(readButton), lists: elements.flatMap(readList) }];
    default:
      return [];
  }
}

/** A text object; nothing where there is none. */
function readText(value: unknown, names: SlackNames): RichText[] {
  if (!isRecord(value) || typeof value['text'] !== 'string') return [];
  if (value['type'] === 'mrkdwn') return readMrkdwn(value['text'], names);
  return [{ kind: 'text', text: readPlainText(value['text'], value['emoji'] !== false) }];
}

function readButton(element: unknown): Extract<DemoBlock, { type: 'actions' }>['buttons'] {
  if (!isRecord(element) || element['type'] !== 'button' || !isRecord(element['text'])) return [];
  const style = element['style'] === 'primary' || element['style'] === 'danger' ? element['style'] : 'plain';
  return [{ actionId: String(element['action_id']), label: readPlainText(String(element['text']['text'])), style }];
}

function readList(element: unknown): Extract<DemoBlock, { type: 'actions' }>['lists'] {
  if (!isRecord(element) || element['type'] !== 'static_select') return [];
  const label = textOf(element['placeholder']);
  const options = listOf(element['options']).map((option) => (isRecord(option) ? textOf(option['text']) : ''));
  return [{ actionId: String(element['action_id']), label, options }];
}

function textOf(value: unknown): string {
  return isRecord(value) && typeof value['text'] === 'string' ? readPlainText(value['text']) : '';
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
