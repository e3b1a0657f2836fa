import { isolated } from './bidi.ts';

/** What Slack calls every place of these kinds in a slash command. */
const placeholders: Readonly<Record<string, string>> = {
  directmessage: 'a direct message',
  privategroup: 'a private channel',
};

/**
 * Where in Slack something was said, for people: "#it-help", "a private channel", or Slack's id where the name is not known;
 * null where there is no place.
 */
export function placeWords({ channel, channelName }: { channel: string; channelName: string | null }): string | null {
  const kind = placeKind(channelName);
  if (kind !== null) return kind;
  if (channelName !== null && channelName !== '') return `#${isolated(channelName)}`;
  // Slack's ids of conversations between two begin so.
  if (channel.startsWith('D')) return 'a direct message';
  return channel === '' ? null : channel;
}

/** What a name that is none stands for; null where it is one. `mpdm-ann--bob-1` names the people in a group message. */
export function placeKind(channelName: string | null): string | null {
  if (channelName === null) return null;
  if (/^mpdm-.+-\d+$/.test(channelName)) return 'a group message';
  return Object.hasOwn(placeholders, channelName) ? (placeholders[channelName] ?? null) : null;
}
