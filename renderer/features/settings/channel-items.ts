import { type ChannelRules, channelKey, otherChannels } from '../../../shared/channel-rules.ts';
import { readChannel, writeChannel } from '../../../shared/channel-setting.ts';
import { keysOf } from '../../../shared/keys-of.ts';
import { type EntryFault, isMap, type SettingPlace } from '../../../shared/setting-row.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import type { SettingsDraft } from './settings-draft.ts';

/** One channel in the list, as it would be once saved. */
export interface ChannelItem {
  key: string;
  /** Its rules as files hold them, with what is typed. */
  entry: Readonly<Record<string, unknown>>;
  /** What can be used of it. */
  rules: Partial<ChannelRules>;
  faults: readonly EntryFault[];
  state: 'saved' | 'changed' | 'new' | 'removed';
  /** What is saved in the window counts. */
  isOwn: boolean;
  /** The last file that says something of it, so that it cannot be removed here; null where none does. */
  file: SettingPlace | null;
}

/** All channels with rules, by name; what counts for the others comes last. */
export function channelItems({ maps, entryPlaces }: SettingsView, { change }: SettingsDraft): ChannelItem[] {
  const typed: Readonly<Record<string, unknown>> = isMap(change.channels) ? change.channels : {};
  const saved = maps.channels;
  const keys = [...new Set([...Object.keys(saved), ...Object.keys(typed)])];
  const items = keys.map((key): ChannelItem => {
    const isTyped = Object.hasOwn(typed, key);
    const before = Object.hasOwn(saved, key) ? saved[key] : undefined;
    const given = isTyped ? typed[key] : undefined;
    const entry = isMap(given) ? given : writeChannel(before ?? {});
    const { value, faults } = readChannel(entry);
    const places = entryPlaces.channels[key] ?? [];
    const isChanged = isTyped && differsFrom(before, given);
    const changed = given === null ? 'removed' : before === undefined ? 'new' : 'changed';
    return {
      ...{ key, entry, rules: value ?? {}, faults, state: isChanged ? changed : 'saved' },
      isOwn: places.includes('settings.json'),
      file: places.findLast((place) => place !== 'settings.json') ?? null,
    };
  });
  const rank = (key: string) => (key === otherChannels ? 1 : 0);
  return items.toSorted((one, other) => rank(one.key) - rank(other.key) || one.key.localeCompare(other.key));
}

/** Whether what is typed for a channel, null to remove it, is something else than what is saved. */
export function differsFrom(saved: Partial<ChannelRules> | undefined, typed: unknown): boolean {
  if (typed === null || saved === undefined) return typed !== null || saved !== undefined;
  const { value, faults } = readChannel(typed);
  return faults.length > 0 || JSON.stringify(writeChannel(value ?? {})) !== JSON.stringify(writeChannel(saved));
}

/** What a channel is called in the list. */
export function channelTitle(key: string): string {
  if (key === otherChannels) return 'All other channels';
  return /^[A-Z0-9]+$/.test(key) ? key : `#${key}`;
}

/** Why no channel can be added by this name; null where one can. */
export function faultInName(typed: string, items: readonly ChannelItem[]): string | null {
  const key = channelKey(typed);
  if (key === '') return 'Enter the name of a channel, such as ops, or its ID.';
  if (/\s/.test(key)) return 'A channel’s name has no spaces.';
  return items.some((item) => item.key === key) ? `${channelTitle(key)} is in the list already.` : null;
}

/** What is different for a channel, in a few words each. */
export function ruleWords(rules: Partial<ChannelRules>): string[] {
  const words: { [Key in keyof ChannelRules]: (value: ChannelRules[Key]) => string } = {
    project: (project) => `Project ${project}`,
    labelToIssueType: (types) =>
      keysOf(types)
        .map((label) => `${label} becomes ${types[label]}`)
        .join(', '),
    labels: (labels) => (labels.length === 0 ? '' : `labelled ${labels.join(', ')}`),
    defaults: (fields) => Object.keys(fields).join(', '),
    answer: (answer) => (answer === 'requester' ? 'answers only who asked' : 'answers in the channel'),
    emoji: (emoji) => (emoji === '' ? 'no emoji files' : `:${emoji}: files`),
    threadReplies: (replies) => repliesWords[replies],
    jsmComments: (comments) => (comments === 'public' ? 'public comments' : 'internal comments'),
    neverCloud: (isNever) => (isNever ? 'never to the cloud' : 'may go to the cloud'),
  };
  const say = <Key extends keyof ChannelRules>(key: Key, value: Partial<ChannelRules>[Key]) =>
    value === undefined ? '' : words[key](value);
  return keysOf(words)
    .map((key) => say(key, rules[key]))
    .filter(Boolean);
}

const repliesWords = {
  marked: 'marked replies become comments',
  all: 'all replies become comments',
  off: 'no replies become comments',
} as const;

/** Values for fields, one on each line. What is more than a text stands as JSON. */
export function printFields(fields: unknown): string {
  if (typeof fields === 'string') return fields;
  if (!isMap(fields)) return '';
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${isPlain(value) ? value : JSON.stringify(value)}`)
    .join('\n');
}

/** The values that these lines say; the text itself where one says none. undefined for nothing. */
export function parseFields(text: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return undefined;
  const entries = lines.map((line) => {
    const [name = '', ...value] = line.split(':');
    return [name.trim(), value.length === 0 ? undefined : parseValue(value.join(':').trim())] as const;
  });
  return entries.every(([name, value]) => name !== '' && value !== undefined) ? Object.fromEntries(entries) : text;
}

const looksLikeJson = /^[[{"]/;

function isPlain(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\n') && value === value.trim() && !looksLikeJson.test(value);
}

/** undefined where it begins as JSON and is none. */
function parseValue(text: string): unknown {
  if (!looksLikeJson.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
