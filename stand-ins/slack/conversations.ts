import type { Json } from '../record.ts';
import { findChannel, refuseOutsider } from './chat.ts';
import { SlackFailure } from './failure.ts';
import { showChannel, showMessage, showUser } from './shown.ts';
import type { SlackState } from './state.ts';

/** `conversations.open`, `.info`, `.history` and `users.info`. Throw SlackFailure with Slack's error. */
export function createSlackConversations(
  state: SlackState,
): Record<'open' | 'info' | 'history', (args: Json) => Json> & { user(args: Json, mayTellEmail: boolean): Json } {
  return {
    open(args) {
      const users = args['users'];
      if (typeof users !== 'string' || users === '') throw new SlackFailure('users_list_not_supplied');
      if (users.includes(',')) throw new SlackFailure('not_enough_users');
      if (!state.users.some((user) => user.id === users)) throw new SlackFailure('user_not_found');
      const { channel, isNew } = state.openIm(users);
      const shown =
        args['return_im'] === true || args['return_im'] === 'true' ? showChannel(state, channel) : { id: channel.id };
      return { channel: shown, ...(!isNew && { no_op: true, already_open: true }) };
    },
    info(args) {
      return { channel: showChannel(state, findChannel(state, args['channel'])) };
    },
    history(args) {
      const channel = findChannel(state, args['channel']);
      if (!channel.isMember) refuseOutsider(channel);
      const limit = Number(args['limit'] ?? 100);
      if (!Number.isInteger(limit) || limit < 1 || limit > 999) throw new SlackFailure('invalid_limit');
      const isInclusive = args['inclusive'] === true || args['inclusive'] === 'true';
      const oldest = Number(args['oldest'] ?? 0);
      const latest = Number(args['cursor'] ?? args['latest'] ?? Number.POSITIVE_INFINITY);
      if (Number.isNaN(latest))
        throw new SlackFailure(args['cursor'] === undefined ? 'invalid_ts_latest' : 'invalid_cursor');
      const found = state.messages
        .filter((message) => message.channel === channel.id && message.ephemeralTo === null && !message.deleted)
        .filter(({ ts }) => Number(ts) > oldest || (isInclusive && Number(ts) === oldest))
        .filter(({ ts }) => Number(ts) < latest || (isInclusive && Number(ts) === latest))
        .reverse();
      const page = found.slice(0, limit);
      const metadata = args['include_all_metadata'] === true || args['include_all_metadata'] === 'true';
      const hasMore = found.length > page.length;
      return {
        messages: page.map((message) => showMessage(state, message, { metadata })),
        has_more: hasMore,
        pin_count: 0,
        channel_actions_ts: null,
        channel_actions_count: 0,
        ...(hasMore && { response_metadata: { next_cursor: page.at(-1)?.ts ?? '' } }),
      };
    },
    user(args, mayTellEmail) {
      const user = state.users.find((known) => known.id === args['user']);
      if (user === undefined) throw new SlackFailure('user_not_found');
      return { user: showUser(state, user, mayTellEmail) };
    },
  };
}
