import { randomBytes } from 'node:crypto';
import type { Json } from '../record.ts';
import { createWatch, type Watch } from '../watch.ts';

export interface SlackUser {
  id: string;
  name: string;
  realName: string;
  /** Id of the workspace of somebody from another one, in a channel that is shared with it. */
  teamId?: string;
}

export interface SlackChannel {
  id: string;
  name: string;
  isPrivate: boolean;
  /** Whether the bot is in it. */
  isMember: boolean;
  isArchived: boolean;
  /** The person's id, in a direct message with the bot. */
  imUser: string | null;
  /** A direct message among several people, whose name begins with `mpdm-`; it is private too. */
  isGroupMessage?: boolean;
}

export interface SlackMetadata {
  event_type: string;
  event_payload: Json;
}

/** A message as people see it now; edits change it in place. */
export interface SlackMessage {
  channel: string;
  ts: string;
  text: string;
  /** Blocks as Slack stores them: with `block_id` filled in. */
  blocks: Json[];
  metadata: SlackMetadata | null;
  threadTs: string | null;
  /** Id of the only person who sees it; null for everybody. */
  ephemeralTo: string | null;
  via: 'chat.postMessage' | 'chat.postEphemeral' | 'response_url' | 'ack' | 'user';
  /** Id of its author. */
  user: string;
  /** `ts` of the last edit. */
  editedTs: string | null;
  deleted: boolean;
  /** `here`, `channel`, `everyone`: whom it pinged when it was posted or edited. */
  broadcasts: string[];
  /** Emoji by name, with the ids of who reacted. */
  reactions?: Map<string, string[]>;
}

export interface SlackTeam {
  id: string;
  name: string;
  domain: string;
  /** Organisation of a workspace in an Enterprise Grid. */
  enterpriseId?: string;
  /** The app is installed for the whole organisation. */
  isOrgWide?: boolean;
}

export interface SlackState {
  team: SlackTeam;
  appId: string;
  botId: string;
  botUserId: string;
  botName: string;
  users: SlackUser[];
  channels: SlackChannel[];
  messages: SlackMessage[];
  watch: Watch<SlackMessage>;
  /** How far Slack's clock is ahead of the computer's, in milliseconds; may be changed at any time. */
  aheadMs: number;
  /** Slack's time, in milliseconds since 1970. */
  now(): number;
  /** A new time stamp, later than every one before, as Slack's `1700000000.000100`. */
  nextTs(): string;
  /** A new id: the prefix and ten characters in Slack's alphabet. */
  newId(prefix: string): string;
  /** The direct message between the bot and this person, opened where there is none. */
  openIm(user: string): { channel: SlackChannel; isNew: boolean };
}

export interface SlackSeed {
  team?: Partial<SlackTeam>;
  users?: Array<Pick<SlackUser, 'id' | 'name'> & Partial<SlackUser>>;
  channels?: Array<Pick<SlackChannel, 'id' | 'name'> & Partial<SlackChannel>>;
}

export function toUser(seed: Pick<SlackUser, 'id' | 'name'> & Partial<SlackUser>): SlackUser {
  return { realName: seed.name, ...seed };
}

export function toChannel(seed: Pick<SlackChannel, 'id' | 'name'> & Partial<SlackChannel>): SlackChannel {
  return { isPrivate: false, isMember: true, isArchived: false, imUser: null, ...seed };
}

const someUsers = [
  { id: 'U01ALICE001', name: 'alice', realName: 'Alice Adams' },
  { id: 'U01BOB00001', name: 'bob', realName: 'Bob Brown' },
];
const someChannels = [
  { id: 'C01SUPPORT1', name: 'support' },
  { id: 'C01RANDOM01', name: 'random', isMember: false },
  { id: 'C01PRIVATE1', name: 'board', isPrivate: true, isMember: false },
];

/** The workspace's memory: who and what is there, and every message. */
export function createSlackState(seed: SlackSeed): SlackState {
  const users = (seed.users ?? someUsers).map(toUser);
  const channels = (seed.channels ?? someChannels).map(toChannel);
  const messages: SlackMessage[] = [];
  let lastMicros = 0;

  function newId(prefix: string): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    return prefix + [...randomBytes(10)].map((byte) => letters[byte % letters.length]).join('');
  }

  const state: SlackState = {
    team: { id: newId('T'), name: 'Demo workspace', domain: 'demo-workspace', ...seed.team },
    appId: newId('A'),
    botId: newId('B'),
    botUserId: newId('U'),
    botName: 'ticket_agent',
    users,
    channels,
    messages,
    watch: createWatch(() => messages, 'message'),
    aheadMs: 0,
    now: () => Date.now() + state.aheadMs,
    newId,
    nextTs() {
      lastMicros = Math.max(lastMicros + 100, state.now() * 1000);
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
    },
    openIm(user) {
      const open = channels.find((channel) => channel.imUser === user);
      if (open !== undefined) return { channel: open, isNew: false };
      const channel = toChannel({ id: newId('D'), name: 'directmessage', isPrivate: true, imUser: user });
      channels.push(channel);
      return { channel, isNew: true };
    },
  };
  return state;
}
