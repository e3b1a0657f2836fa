import type { Json } from '../record.ts';
import { showFile } from './files.ts';
import type { SlackChannel, SlackMessage, SlackState, SlackUser } from './state.ts';
import { typedBlocks } from './typed-blocks.ts';

/** A message as Slack's API shows it. */
export function showMessage(state: SlackState, message: SlackMessage, options: { metadata: boolean }): Json {
  const isBot = message.user === state.botUserId;
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: state.users.find(({ id }) => id === message.user)?.teamId ?? state.team.id,
    ...(isBot && { bot_id: state.botId, app_id: state.appId, bot_profile: showBotProfile(state) }),
    ...showBlocks(message),
    ...showThread(state, message),
    ...(message.files !== undefined && {
      files: message.files.map((file) => showFile(state, file)),
      upload: false,
      display_as_bot: false,
    }),
    ...(message.editedTs !== null && { edited: { user: message.user, ts: message.editedTs } }),
    ...(message.reactions !== undefined &&
      message.reactions.size > 0 && { reactions: showReactions(message.reactions) }),
    ...(options.metadata && message.metadata !== null && { metadata: message.metadata }),
  };
}

function showBlocks({ blocks, text, ts, via }: SlackMessage): Json {
  const shown = blocks.length === 0 && via === 'user' ? typedBlocks(text, ts.replace(/^.*\./, '')) : blocks;
  return shown.length > 0 ? { blocks: shown } : {};
}

/** What a reply tells of its thread, and a message of the replies to it. */
function showThread(state: SlackState, message: SlackMessage): Json {
  const { threadTs, ts, channel } = message;
  const inThread = state.messages.filter((each) => each.channel === channel && each.ephemeralTo === null);
  if (threadTs !== null && threadTs !== ts) {
    const parent = inThread.find((each) => each.ts === threadTs);
    return { thread_ts: threadTs, ...(parent !== undefined && { parent_user_id: parent.user }) };
  }
  const replies = inThread.filter((each) => each.threadTs === ts && each !== message && !each.deleted);
  const users = [...new Set(replies.map(({ user }) => user))];
  if (replies.length === 0) return {};
  return {
    thread_ts: ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts ?? ts,
    reply_users: users,
  };
}

function showReactions(reactions: Map<string, string[]>): Json[] {
  return [...reactions].map(([name, users]) => ({ name, users: [...users], count: users.length }));
}

function showBotProfile(state: SlackState): Json {
  return {
    id: state.botId,
    app_id: state.appId,
    name: state.botName,
    deleted: false,
    updated: 1_700_000_000,
    team_id: state.team.id,
    icons: {},
  };
}

export function showChannel(state: SlackState, channel: SlackChannel): Json {
  if (channel.imUser !== null) {
    return {
      id: channel.id,
      created: 1_700_000_000,
      is_archived: false,
      is_im: true,
      is_org_shared: false,
      user: channel.imUser,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate,
    is_im: false,
    is_mpim: channel.isGroupMessage ?? false,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_member: channel.isMember,
    is_general: false,
    created: 1_700_000_000,
    creator: state.users[0]?.id ?? state.botUserId,
    context_team_id: state.team.id,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

export function showUser(state: SlackState, user: SlackUser, mayTellEmail = false): Json {
  return {
    id: user.id,
    team_id: state.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: false,
    is_bot: false,
    is_admin: false,
    is_owner: false,
    tz: 'Europe/Berlin',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    updated: 1_700_000_000,
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      team: state.team.id,
      ...(mayTellEmail && { email: `${user.name}@example.com` }),
    },
  };
}
