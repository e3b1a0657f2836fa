import { randomUUID } from 'node:crypto';
import type { Json } from '../record.ts';
import type { SlackEvents } from './events.ts';
import { showMessage } from './shown.ts';
import type { SlackChannel, SlackMessage, SlackState } from './state.ts';

/** How old a message may be, in seconds, and still be news. */
const newsSeconds = 5;

/**
 * Makes events of what happens to messages, wherever the bot is a member: docs.slack.dev/reference/events/message and
 * .../app_mention. What one person alone sees, and what was put into the past, makes none.
 */
export function watchMessages(state: SlackState, events: SlackEvents): void {
  const known = new WeakMap<SlackMessage, Json>();

  state.watch.onChange((message) => {
    const channel = state.channels.find(({ id }) => id === message.channel);
    const before = known.get(message);
    const shown = structuredClone(showMessage(state, message, { metadata: true }));
    known.set(message, shown);
    if (message.ephemeralTo !== null || channel === undefined || !channel.isMember) return;
    const name = kindOf(channel);
    const place = { channel: channel.id, channel_type: typeOf[name] };
    if (message.deleted) {
      events.emit(name, { ...hidden('message_deleted'), ...place, deleted_ts: message.ts, previous_message: before });
    } else if (before !== undefined) {
      events.emit(name, { ...hidden('message_changed'), ...place, message: shown, previous_message: before });
      // A mention that an edit brings is one too, and carries `edited`.
      if (mentions(message) && before['text'] !== message.text) mention(message, shown, channel);
    } else if (Number(message.ts) > state.now() / 1000 - newsSeconds) {
      const subtype = message.files === undefined ? {} : { subtype: 'file_share' };
      events.emit(name, { ...shown, ...sentBy(message), ...subtype, type: 'message', ...place, event_ts: message.ts });
      if (mentions(message)) mention(message, shown, channel);
    }
  });

  function mention(message: SlackMessage, shown: Json, channel: SlackChannel): void {
    const event = { ...shown, ...sentBy(message), channel: channel.id, event_ts: message.editedTs ?? message.ts };
    if (channel.imUser === null) events.emit('app_mention', { ...event, type: 'app_mention' });
  }

  function mentions({ text, user }: SlackMessage): boolean {
    return (
      user !== state.botUserId && [`<@${state.botUserId}>`, `<@${state.botUserId}|`].some((mark) => text.includes(mark))
    );
  }

  function sentBy(message: SlackMessage): Json {
    if (message.via !== 'user') return {};
    // Somebody of another workspace, in a channel that is shared with it.
    const { teamId } = state.users.find(({ id }) => id === message.user) ?? {};
    const home = teamId === undefined || teamId === state.team.id ? {} : { user_team: teamId, source_team: teamId };
    return { client_msg_id: randomUUID(), ...home };
  }

  function hidden(subtype: string): Json & { type: string } {
    const ts = state.nextTs();
    return { type: 'message', subtype, hidden: true, ts, event_ts: ts };
  }
}

const typeOf = { 'message.im': 'im', 'message.mpim': 'mpim', 'message.groups': 'group', 'message.channels': 'channel' };

function kindOf(channel: SlackChannel): keyof typeof typeOf {
  if (channel.imUser !== null) return 'message.im';
  if (channel.isGroupMessage === true) return 'message.mpim';
  return channel.isPrivate ? 'message.groups' : 'message.channels';
}
