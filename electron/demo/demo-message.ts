import type { DemoMessage } from '../../shared/ipc.ts';
import { isRecord } from './record.ts';
import type { SlackMessage, SlackUser } from './slack-state.ts';

/** A message as plain lines and buttons, for a window that is not Slack. */
export function readMessage(message: SlackMessage, users: readonly SlackUser[]): DemoMessage {
  const lines: string[] = [];
  const buttons: DemoMessage['buttons'] = [];
  const addText = (text: unknown) => {
    if (isRecord(text) && typeof text['text'] === 'string') lines.push(plainText(text['text'], users));
  };
  for (const block of message.blocks) {
    addText(block['text']);
    for (const field of listOf(block['fields'])) addText(field);
    for (const element of listOf(block['elements'])) {
      if (!isRecord(element)) continue;
      const { type, text, action_id: actionId } = element;
      if (type === 'button' && isRecord(text))
        buttons.push({ actionId: String(actionId), label: String(text['text']) });
      else addText(element);
    }
  }
  return {
    ts: message.ts,
    author: users.find(({ id }) => id === message.user)?.name ?? 'AI Ticket Agent',
    onlyYou: message.ephemeralTo !== null,
    lines: lines.length > 0 ? lines : [plainText(message.text, users)],
    buttons,
  };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Slack's mrkdwn without its marks. */
function plainText(mrkdwn: string, users: readonly SlackUser[]): string {
  return mrkdwn
    .replace(/<@(\w+)>/g, (_, id: string) => `@${users.find((user) => user.id === id)?.name ?? id}`)
    .replace(/<!date\^(\d+)\^[^|>]*\|[^>]*>/g, (_, seconds: string) =>
      new Date(Number(seconds) * 1000).toLocaleString(),
    )
    .replace(/<[^|>]+\|([^>]*)>/g, '$1')
    .replace(/:[a-z_]+:\s?/g, '')
    .replace(/\*([^*\n]+)\*/g, '$1')
    .replace(/\n/g, ': ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
