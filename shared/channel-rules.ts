import type { Label } from './labels.ts';

/** Rules for the tickets of one channel in Slack. */
export interface ChannelRules {
  /** Key or numeric id; null: the usual one. */
  project: string | null;
  /** Issue types of some labels, by name or id; the others stay as usual. */
  labelToIssueType: Readonly<Partial<Record<Label, string>>>;
  /** Labels that each issue gets beside the program's own. */
  labels: readonly string[];
  /** Values for the tracker's fields, as `jira_default_fields` has them, and before those. */
  defaults: Readonly<Record<string, unknown>>;
  /** Whether everybody in the channel sees the message with the buttons, or the requester alone. */
  answer: 'channel' | 'requester';
  /** Name of the emoji that files the message it is put on; empty: none does. */
  emoji: string;
  /** Replies in a ticket's thread that become comments on the issue. */
  threadReplies: 'marked' | 'all' | 'off';
  /** Who sees such comments in Jira Service Management. */
  jsmComments: 'internal' | 'public';
  /** No text of this channel goes to a cloud model, whatever else is allowed. */
  neverCloud: boolean;
}

/** Where no rule says otherwise. */
export const usualChannelRules: ChannelRules = {
  project: null,
  labelToIssueType: {},
  labels: [],
  defaults: {},
  answer: 'channel',
  emoji: 'ticket',
  threadReplies: 'marked',
  jsmComments: 'internal',
  neverCloud: false,
};

/** What a place says of a channel. */
export interface ChannelEntry extends Partial<ChannelRules> {
  /** Set where it stands in a file of the current folder: what any other place says of the channel counts before it. */
  isOfCurrentFolder?: true;
}

/** What is said of some channels, by Slack id or name as `channelKey` has it; `otherChannels` counts for the others. */
export type ChannelMap = Readonly<Record<string, ChannelEntry>>;

/** The key of the rules for channels that have none of their own. */
export const otherChannels = 'default';

/** The id of a channel in Slack, as its addresses and its details have it. */
const channelId = /^[CGD][A-Z0-9]{7,}$/;

/** A channel as people write it, in one form: with or without `#`, in any case; a mention of Slack's is its id. */
export function channelKey(written: string): string {
  const word = /^<#([A-Z0-9]{1,30})(?:\|[^>]{0,100})?>$/.exec(written.trim())?.[1] ?? written.trim().replace(/^#+/, '');
  return channelId.test(word) ? word : word.trim().toLowerCase();
}

/**
 * The rules of a channel: what is said of its id, else of its name, else of the others; what the current folder says of its id
 * or name comes after what others say. A text is kept from the cloud by any of these, unless a nearer one says that it may go;
 * and where nobody tells the channel's name, by whatever keeps one from it.
 */
export function channelRulesIn(channels: ChannelMap, { id, name }: { id: string; name: string | null }): ChannelRules {
  const of = (key: string) => (Object.hasOwn(channels, key) ? channels[key] : undefined);
  // An id that is short, or written in lower case, has the key of a name.
  const own = [of(id), of(id.toLowerCase())];
  const named = name === null ? undefined : of(channelKey(name));
  const entries = [...own, named].filter((entry) => entry !== undefined);
  const trusted = entries.filter(({ isOfCurrentFolder }) => isOfCurrentFolder === undefined);
  const nearest = [...trusted, ...entries.filter((entry) => !trusted.includes(entry)), of(otherChannels) ?? {}];
  const hasSaid = own.some((entry) => entry?.neverCloud !== undefined);
  const mayBeAny = isNameless(id, name) && Object.values(channels).some((rules) => rules.neverCloud === true);
  const said = nearest.find(({ neverCloud }) => neverCloud !== undefined)?.neverCloud ?? false;
  const { isOfCurrentFolder: _, ...rules } = nearest[0] ?? {};
  return { ...usualChannelRules, ...rules, neverCloud: said || (mayBeAny && !hasSaid) };
}

/**
 * Whether it may be any channel: none is chosen yet, or its name is not known, as events bring none, and commands in private
 * channels bring this one.
 */
function isNameless(id: string, name: string | null): boolean {
  return !id.startsWith('D') && (name === null || name === 'privategroup');
}

/** Whether what is said of a channel, given by its id, may depend on its name. */
export function hasRulesByName(channels: ChannelMap, id: string): boolean {
  return !id.startsWith('D') && Object.keys(channels).some((key) => key !== otherChannels && !channelId.test(key));
}

/** The projects that channels have of their own. */
export function channelProjects(channels: ChannelMap): string[] {
  const projects = Object.values(channels).map(({ project }) => project ?? null);
  return [...new Set(projects.filter((project) => project !== null))];
}
