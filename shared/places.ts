import { isolated } from './bidi.ts';

/** A conversation by Slack's id, and as a slash command names it. */
type Place = { channel: string; channelName: string | null };

/** Kinds of places whose name in a slash command is none. */
type PlaceKind = 'direct_message' | 'group_message' | 'private_channel';

const words: Readonly<Record<PlaceKind, string>> = {
  direct_message: 'a direct message',
  group_message: 'a group message',
  private_channel: 'a private channel',
};

/** What Slack calls every place of these kinds in a slash command. */
const placeholders: Readonly<Record<string, PlaceKind>> = {
  directmessage: 'direct_message',
  privategroup: 'private_channel',
};

/**
 * Where in Slack something was said, for people: "#it-help", "a private channel", or Slack's id where the name is not known;
 * null where there is no place.
 */
export function placeWords({ channel, channelName }: Place): string | null {
  const kind = placeKind({ channel, channelName });
  if (kind !== null) return words[kind];
  if (channelName !== null && channelName !== '') return `#${isolated(channelName)}`;
  return channel === '' ? null : channel;
}

/**
 * What kind of place it is whose name is none, or which has no name; null where it has one, or nobody can tell.
 * `mpdm-ann--bob-1` names the people in a group message.
 */
export function placeKind({ channel, channelName }: Place): PlaceKind | null {
  if (channelName !== null && /^mpdm-.+-\d+$/.test(channelName)) return 'group_message';
  if (channelName !== null && Object.hasOwn(placeholders, channelName)) return placeholders[channelName] ?? null;
  // Slack's ids of conversations between two begin so.
  return channel.startsWith('D') ? 'direct_message' : null;
}

/** Whether a request told its channel's own name: a slash command calls all private channels the same. */
export function isChannelNamed(place: Place): boolean {
  return place.channelName !== null && placeKind(place) !== 'private_channel';
}
