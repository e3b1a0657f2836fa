import type { SlackChat } from './chat.ts';
import type { SlackEvents } from './events.ts';
import type { SlackFiles, SlackUpload } from './files.ts';
import type { SlackManifest } from './manifest.ts';
import { interactionChannel, interactionFields } from './payloads.ts';
import { namedChannel, namedUser, requireInteractivity } from './people.ts';
import type { SlackResponseUrls } from './response-urls.ts';
import { showMessage } from './shown.ts';
import type { Acked, SlackSocketHub } from './socket.ts';
import type { SlackFile, SlackMessage, SlackState } from './state.ts';
import { escapeTyped } from './text.ts';
import type { SlackTriggers } from './triggers.ts';
import type { SlackView, SlackViews } from './views.ts';

/**
 * Ways to reach the app beside commands and buttons. What makes events resolves when the app has acknowledged them, or
 * did not in time; where manifest, scopes or membership let none come, at once.
 */
export interface SlackDoors {
  /** A person writes a message that mentions the app: before the text, unless its `<@id>` is in there. */
  mention(text: string, by: { user: string; channel: string; thread?: SlackMessage }): Promise<SlackMessage>;
  /** A person writes to the app. Rejects where the manifest keeps the Messages tab closed. */
  direct(text: string, by: { user: string; thread?: SlackMessage }): Promise<SlackMessage>;
  /**
   * A person puts files beside a message, which need no words: in a channel, or, where none is given, in a message to
   * the app.
   */
  upload(
    files: readonly SlackUpload[],
    by: { user: string; channel?: string; text?: string; thread?: SlackMessage },
  ): Promise<SlackMessage>;
  /** A person adds an emoji, by its name without colons. */
  react(message: SlackMessage, emoji: string, by: { user: string }): Promise<void>;
  /** A person takes an emoji away again. */
  unreact(message: SlackMessage, emoji: string, by: { user: string }): Promise<void>;
  /** An author changes a message. */
  edit(message: SlackMessage, text: string): Promise<void>;
  /** An author deletes a message. */
  remove(message: SlackMessage): Promise<void>;
  /** A person chooses a global shortcut, by its name or `callback_id`. */
  shortcut(name: string, by: { user: string }): Promise<Acked & { triggerId: string }>;
  /** A person chooses a message shortcut, by its name or `callback_id`, also where the bot is not a member. */
  messageShortcut(message: SlackMessage, name: string, by: { user: string }): Promise<Acked & { triggerId: string }>;
  /** A person opens the app's Home, or its messages; resolves with what Home shows then. */
  openHome(by: { user: string; tab?: 'home' | 'messages' }): Promise<SlackView | null>;
}

export function createSlackDoors(deps: {
  state: SlackState;
  chat: SlackChat;
  sockets: SlackSocketHub;
  events: SlackEvents;
  manifest: SlackManifest;
  triggers: SlackTriggers;
  views: SlackViews;
  responseUrls: SlackResponseUrls;
  files: SlackFiles;
  urlOf(path: string): string;
}): SlackDoors {
  const { state, chat, sockets, events, manifest, triggers, views, responseUrls, files, urlOf } = deps;

  const own = `<@${state.botUserId}>`;

  /** What a person typed as Slack stores it; a mention of the app stays one. */
  function typed(text: string): string {
    const parts = text.split(own).map((part) => escapeTyped(part, { ...state, links: true }));
    return parts.join(own);
  }

  async function write(
    text: string,
    by: { user: string; channel: string; thread: SlackMessage | undefined; files?: SlackFile[] },
  ): Promise<SlackMessage> {
    const { thread, ...place } = by;
    const threadTs = thread === undefined ? null : (thread.threadTs ?? thread.ts);
    const content = { text, blocks: undefined, metadata: undefined };
    const message = chat.add({ ...place, via: 'user', threadTs }, content);
    await events.settled();
    return message;
  }

  /** The conversation of a person and the app. Throws where the Messages tab is closed. */
  function ownChannel(user: string): string {
    if (!manifest.takesMessages) throw new Error('Sending messages to this app has been turned off.');
    return state.openIm(namedUser(state, user).id).channel.id;
  }

  function callbackIdOf(type: 'global' | 'message', name: string): string {
    requireInteractivity(manifest);
    const found = manifest.shortcuts.find((each) => each.type === type && [each.name, each.callbackId].includes(name));
    if (found === undefined) throw new Error(`The app has no ${type} shortcut ${name}.`);
    return found.callbackId;
  }

  function reacted(kind: 'reaction_added' | 'reaction_removed', message: SlackMessage, reaction: string, user: string) {
    const channel = namedChannel(state, message.channel);
    if (!channel.isMember) return;
    events.emit(kind, {
      type: kind,
      user,
      reaction,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      item_user: message.user,
      event_ts: state.nextTs(),
    });
  }

  function checkSeen(message: SlackMessage): void {
    if (message.ephemeralTo !== null || message.deleted) throw new Error('Slack offers nothing on such a message.');
  }

  return {
    async mention(text, { user, channel, thread }) {
      const mrkdwn = text.includes(own) ? typed(text) : `${own} ${typed(text)}`;
      return write(mrkdwn, { user: namedUser(state, user).id, channel: namedChannel(state, channel).id, thread });
    },
    async direct(text, { user, thread }) {
      return write(typed(text), { user: namedUser(state, user).id, channel: ownChannel(user), thread });
    },
    async upload(uploads, { user, channel, text = '', thread }) {
      const author = namedUser(state, user).id;
      const where = channel === undefined ? ownChannel(user) : namedChannel(state, channel).id;
      const shared = uploads.map((each) => files.add(each, author));
      return write(typed(text), { user: author, channel: where, thread, files: shared });
    },
    async react(message, emoji, by) {
      checkSeen(message);
      const user = namedUser(state, by.user).id;
      message.reactions ??= new Map();
      const users = message.reactions.get(emoji) ?? [];
      if (users.includes(user)) throw new Error(`${by.user} has put this emoji there already.`);
      message.reactions.set(emoji, [...users, user]);
      reacted('reaction_added', message, emoji, user);
      await events.settled();
    },
    async unreact(message, emoji, by) {
      const user = namedUser(state, by.user).id;
      const users = message.reactions?.get(emoji) ?? [];
      if (!users.includes(user)) throw new Error(`${by.user} has not put this emoji there.`);
      const others = users.filter((each) => each !== user);
      if (others.length === 0) message.reactions?.delete(emoji);
      else message.reactions?.set(emoji, others);
      reacted('reaction_removed', message, emoji, user);
      await events.settled();
    },
    async edit(message, text) {
      checkSeen(message);
      chat.edit(message, { text, blocks: undefined, metadata: undefined });
      await events.settled();
    },
    async remove(message) {
      chat.remove(message);
      await events.settled();
    },
    async shortcut(name, by) {
      const callbackId = callbackIdOf('global', name);
      const user = namedUser(state, by.user);
      const triggerId = triggers.issue({ user: user.id, channel: null, view: null });
      const payload = {
        type: 'shortcut',
        ...interactionFields(state, user),
        action_ts: state.nextTs(),
        callback_id: callbackId,
        trigger_id: triggerId,
      };
      return { ...(await sockets.deliver('interactive', payload, { accepts_response_payload: false })), triggerId };
    },
    async messageShortcut(message, name, by) {
      const callbackId = callbackIdOf('message', name);
      checkSeen(message);
      const user = namedUser(state, by.user);
      const channel = namedChannel(state, message.channel);
      const triggerId = triggers.issue({ user: user.id, channel: channel.id, view: null });
      const path = responseUrls.create('actions', { channel: channel.id, user: user.id, original: null });
      const payload = {
        type: 'message_action',
        ...interactionFields(state, user),
        action_ts: state.nextTs(),
        callback_id: callbackId,
        trigger_id: triggerId,
        response_url: urlOf(path),
        message_ts: message.ts,
        channel: interactionChannel(channel),
        message: showMessage(state, message, { metadata: true }),
      };
      return { ...(await sockets.deliver('interactive', payload, { accepts_response_payload: false })), triggerId };
    },
    async openHome({ user, tab = 'home' }) {
      if (tab === 'home' && !manifest.hasHome) throw new Error('The app has no Home.');
      const person = namedUser(state, user).id;
      const home = views.homeOf(person);
      events.emit('app_home_opened', {
        type: 'app_home_opened',
        user: person,
        channel: state.openIm(person).channel.id,
        tab,
        ...(tab === 'home' && home !== null && { view: structuredClone(views.show(home)) }),
        event_ts: state.nextTs(),
      });
      await events.settled();
      return views.homeOf(person);
    },
  };
}
