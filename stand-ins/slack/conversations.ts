import type { Json } from '../record.ts';
import { findChannel, refuseOutsider } from './chat.ts';
import { SlackFailure } from './failure.ts';
import { showChannel, showMessage, showUser } from './shown.ts';
import type { SlackChannel, SlackMessage, SlackState } from './state.ts';

/** `conversations.open`, `.info`, `.history`, `.replies` and `users.info`. Throw SlackFailure with Slack's error. */
export function createSlackConversations(
  state: SlackState,
  scopes: readonly string[],
): Record<'open' | 'info' | 'history' | 'replies', (args: Json) => Json> & {
  user(args: Json, mayTellEmail: boolean): Json;
} {
  /** The conversation, where the bot may read what the right stands for in conversations of its kind. */
  function readable(args: Json, right: 'read' | 'history'): SlackChannel {
    const channel = findChannel(state, args['channel']);
    const needed = `${scopeKindOf(channel)}:${right}`;
    if (!scopes.includes(needed)) throw new SlackFailure('missing_scope', { needed, provided: scopes.join(',') });
    if (right === 'history' && !channel.isMember) refuseOutsider(channel);
    return channel;
  }

  /** Messages within `oldest` and `latest`, in the order given, a page of them. */
  function page(messages: SlackMessage[], args: Json, most: number): Json {
    const limit = Number(args['limit'] ?? Math.min(most, 100));
    if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new SlackFailure('invalid_limit');
    const isInclusive = isTrue(args['inclusive']);
    const oldest = Number(args['oldest'] ?? 0);
    const latest = Number(args['latest'] ?? Number.POSITIVE_INFINITY);
    if (Number.isNaN(latest)) throw new SlackFailure('invalid_ts_latest');
    if (Number.isNaN(oldest)) throw new SlackFailure('invalid_ts_oldest');
    const within = messages
      .filter((message) => message.ephemeralTo === null && !message.deleted)
      .filter(({ ts }) => Number(ts) > oldest || (isInclusive && Number(ts) === oldest))
      .filter(({ ts }) => Number(ts) < latest || (isInclusive && Number(ts) === latest));
    const { cursor } = args;
    const before = cursor === undefined || cursor === '' ? -1 : within.findIndex(({ ts }) => ts === cursor);
    if (before < 0 && cursor !== undefined && cursor !== '') throw new SlackFailure('invalid_cursor');
    const shown = within.slice(before + 1, before + 1 + limit);
    const metadata = isTrue(args['include_all_metadata']);
    const hasMore = within.length > before + 1 + shown.length;
    return {
      messages: shown.map((message) => showMessage(state, message, { metadata })),
      has_more: hasMore,
      ...(hasMore && { response_metadata: { next_cursor: shown.at(-1)?.ts ?? '' } }),
    };
  }

  return {
    open(args) {
      const users = args['users'];
      if (typeof users !== 'string' || users === '') throw new SlackFailure('users_list_not_supplied');
      if (users.includes(',')) throw new SlackFailure('not_enough_users');
      if (!state.users.some((user) => user.id === users)) throw new SlackFailure('user_not_found');
      const { channel, isNew } = state.openIm(users);
      const shown = isTrue(args['return_im']) ? showChannel(state, channel) : { id: channel.id };
      return { channel: shown, ...(!isNew && { no_op: true, already_open: true }) };
    },
    info(args) {
      return { channel: showChannel(state, readable(args, 'read')) };
    },
    /** What stands in threads is left out: docs.slack.dev/reference/methods/conversations.history. */
    history(args) {
      const channel = readable(args, 'history');
      const found = state.messages.filter(
        (message) => message.channel === channel.id && (message.threadTs === null || message.threadTs === message.ts),
      );
      return {
        ...page(found.reverse(), args, 999),
        pin_count: 0,
        channel_actions_ts: null,
        channel_actions_count: 0,
      };
    },
    /**
     * A message and the replies to it, or a reply alone: docs.slack.dev/reference/methods/conversations.replies. That page
     * says that bots read threads of direct messages alone; Slack lets them read those of channels that they are in.
     */
    replies(args) {
      const channel = readable(args, 'history');
      const { ts } = args;
      const here = state.messages.filter((message) => message.channel === channel.id && message.ephemeralTo === null);
      const root = here.find((message) => message.ts === ts);
      if (root === undefined || root.deleted) throw new SlackFailure('thread_not_found');
      const replies = here.filter((message) => message.threadTs === ts && message !== root);
      return page([root, ...replies], args, 1000);
    },
    user(args, mayTellEmail) {
      const user = state.users.find((known) => known.id === args['user']);
      if (user === undefined) throw new SlackFailure('user_not_found');
      return { user: showUser(state, user, mayTellEmail) };
    },
  };
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1';
}

function scopeKindOf({ imUser, isGroupMessage, isPrivate }: SlackChannel): string {
  if (imUser !== null) return 'im';
  if (isGroupMessage === true) return 'mpim';
  return isPrivate ? 'groups' : 'channels';
}
