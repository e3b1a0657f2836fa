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

/** What is said of some channels, by Slack id or name; `default` counts for the others. */
export type ChannelMap = Readonly<Record<string, Partial<ChannelRules>>>;

/** The rules of a channel: what is said of its id, else of its name (a `#` before it is none of it), else of `default`. */
export function channelRulesIn(channels: ChannelMap, { id, name }: { id: string; name: string | null }): ChannelRules {
  const called = (word: string) => Object.keys(channels).find((key) => key.replace(/^#/, '') === word);
  const key = called(id) ?? (name === null ? undefined : called(name)) ?? 'default';
  return { ...usualChannelRules, ...channels[key] };
}
