import type { DemoMessage } from '../../shared/demo-view.ts';
import { slackbotId } from '../../stand-ins/slack/people.ts';
import type { SlackMessage } from '../../stand-ins/slack/state.ts';
import { readBlocks } from './read-blocks.ts';
import { drawnEmoji, readMrkdwn, type SlackNames } from './read-mrkdwn.ts';

/** The app's name beside its messages. */
export const appName = 'AI Ticket Agent';

/** A message as a window that is not Slack can show it to the person of this id. */
export function readMessage(message: SlackMessage, names: SlackNames, you: string): DemoMessage {
  const isPerson = message.via === 'user' && message.user !== slackbotId;
  const author = names.users.find(({ id }) => id === message.user);
  const blocks = readBlocks(message.blocks, names);
  const text = readMrkdwn(message.text, names);
  return {
    ts: message.ts,
    thread: message.threadTs === message.ts ? null : message.threadTs,
    author: isPerson ? (author?.name ?? message.user) : message.user === slackbotId ? 'Slackbot' : appName,
    isApp: !isPerson,
    onlyYou: message.ephemeralTo !== null,
    blocks: blocks.length > 0 ? blocks : [{ type: 'section', id: '', text, fields: [], accessory: null }],
    reactions: [...(message.reactions ?? [])]
      .filter(([, users]) => users.length > 0)
      .map(([name, users]) => ({ name, emoji: drawnEmoji(name), count: users.length, isYours: users.includes(you) })),
    files: (message.files ?? []).map(({ name }) => name),
  };
}
