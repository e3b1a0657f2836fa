import type { Json } from '../record.ts';
import { broadcastsOf, readContent, requireSomething, type SlackContent } from './content.ts';
import { SlackFailure } from './failure.ts';
import { showMessage } from './shown.ts';
import type { SlackChannel, SlackMessage, SlackState } from './state.ts';

const newMessageTextLimit = 40_000;
const editedTextLimit = 4000;

export interface SlackChat {
  postMessage(args: Json): Json;
  postEphemeral(args: Json): Json;
  update(args: Json): Json;
  getPermalink(args: Json): Json;
  /** Adds a message without asking whether the bot may: for people, acks and `response_url`. */
  add(message: Pick<SlackMessage, 'channel' | 'via'> & Partial<SlackMessage>, content: SlackContent): SlackMessage;
  edit(message: SlackMessage, content: SlackContent): void;
  remove(message: SlackMessage): void;
}

/** The `chat.*` methods. Throw SlackFailure with the error that Slack names. */
export function createSlackChat(
  state: SlackState,
  options: {
    hasScope(scope: string): boolean;
    /** Whether the app can write to people. */
    hasMessages: boolean;
    spendQuota(channel: string): void;
  },
): SlackChat {
  const newId = () => state.newId('b');

  function add(
    message: Pick<SlackMessage, 'channel' | 'via'> & Partial<SlackMessage>,
    content: SlackContent,
  ): SlackMessage {
    const added: SlackMessage = {
      ts: state.nextTs(),
      text: content.text ?? '',
      blocks: content.blocks ?? [],
      metadata: content.metadata ?? null,
      threadTs: null,
      ephemeralTo: null,
      user: state.botUserId,
      editedTs: null,
      deleted: false,
      broadcasts: broadcastsOf(content.text ?? '', content.blocks ?? []),
      ...message,
    };
    state.messages.push(added);
    state.watch.changed(added);
    return added;
  }

  function edit(message: SlackMessage, content: SlackContent): void {
    message.text = content.text ?? message.text;
    message.blocks = content.blocks ?? message.blocks;
    if (content.metadata !== undefined) message.metadata = content.metadata;
    message.editedTs = state.nextTs();
    message.broadcasts = broadcastsOf(message.text, message.blocks);
    state.watch.changed(message);
  }

  /** A user's id stands for the direct message with them. */
  function findTarget(args: Json): SlackChannel {
    const id = args['channel'];
    if (typeof id !== 'string' || id === '') throw new SlackFailure('channel_not_found');
    if (state.users.some((user) => user.id === id)) return state.openIm(id).channel;
    return findChannel(state, id);
  }

  function checkMayPost(channel: SlackChannel): void {
    if (!channel.isMember && !(options.hasScope('chat:write.public') && !channel.isPrivate)) refuseOutsider(channel);
    if (channel.isArchived) throw new SlackFailure('is_archived');
    if (channel.imUser !== null && !options.hasMessages) throw new SlackFailure('messages_tab_disabled');
  }

  /**
   * The thread that a message goes to; null for none. Assumed, because no page says it: a reply is no thread, and neither
   * is what was never there; one whose first message was deleted goes on.
   */
  function threadOf(args: Json, channel: SlackChannel): string | null {
    const ts = args['thread_ts'];
    if (ts === undefined || ts === '') return null;
    const root = state.messages.find((each) => each.channel === channel.id && each.ts === ts);
    if (root === undefined || root.ephemeralTo !== null) throw new SlackFailure('thread_not_found');
    if (root.threadTs !== null && root.threadTs !== root.ts) throw new SlackFailure('cannot_reply_to_message');
    return root.ts;
  }

  return {
    add,
    edit,
    remove(message) {
      message.deleted = true;
      state.watch.changed(message);
    },
    postMessage(args) {
      const channel = findTarget(args);
      checkMayPost(channel);
      const content = readContent(args, { text: newMessageTextLimit, newId });
      requireSomething(content);
      const threadTs = threadOf(args, channel);
      options.spendQuota(channel.id);
      const message = add({ channel: channel.id, via: 'chat.postMessage', threadTs }, content);
      return { channel: channel.id, ts: message.ts, message: showMessage(state, message, { metadata: true }) };
    },
    postEphemeral(args) {
      const channel = findTarget(args);
      if (!channel.isMember) refuseOutsider(channel);
      const user = args['user'];
      if (typeof user !== 'string' || !state.users.some((known) => known.id === user)) {
        throw new SlackFailure('user_not_in_channel');
      }
      const content = readContent(args, { text: newMessageTextLimit, newId });
      requireSomething(content);
      const threadTs = threadOf(args, channel);
      options.spendQuota(channel.id);
      const message = { channel: channel.id, via: 'chat.postEphemeral', ephemeralTo: user, threadTs } as const;
      return { message_ts: add(message, content).ts };
    },
    update(args) {
      const channel = findChannel(state, args['channel']);
      if (!channel.isMember) refuseOutsider(channel);
      const content = readContent(args, { text: editedTextLimit, newId });
      const message = state.messages.find((known) => known.channel === channel.id && known.ts === args['ts']);
      if (message === undefined || message.deleted || message.ephemeralTo !== null) {
        throw new SlackFailure('message_not_found');
      }
      if (message.user !== state.botUserId) throw new SlackFailure('cant_update_message');
      if (content.text === undefined && content.blocks === undefined && content.metadata === undefined) {
        throw new SlackFailure('no_text');
      }
      edit(message, content);
      // The message in this one answer comes without its ts.
      const { ts: _ts, ...shown } = showMessage(state, message, { metadata: true });
      return { channel: channel.id, ts: message.ts, text: message.text, message: shown };
    },
    getPermalink(args) {
      const channel = findChannel(state, args['channel']);
      const ts = args['message_ts'];
      const message = state.messages.find((known) => known.channel === channel.id && known.ts === ts && !known.deleted);
      if (message === undefined || message.ephemeralTo !== null) throw new SlackFailure('message_not_found');
      const place = `archives/${channel.id}/p${message.ts.replace('.', '')}`;
      const { threadTs } = message;
      const thread = threadTs === null || threadTs === ts ? '' : `?thread_ts=${threadTs}&cid=${channel.id}`;
      return { channel: channel.id, permalink: `https://${state.team.domain}.slack.com/${place}${thread}` };
    },
  };
}

/** The channel as far as the bot can know of it: private ones only from inside. */
export function findChannel(state: SlackState, id: unknown): SlackChannel {
  const channel = state.channels.find((known) => known.id === id);
  if (channel === undefined || (channel.isPrivate && !channel.isMember)) throw new SlackFailure('channel_not_found');
  return channel;
}

export function refuseOutsider(channel: SlackChannel): never {
  throw new SlackFailure(channel.isPrivate ? 'channel_not_found' : 'not_in_channel');
}
