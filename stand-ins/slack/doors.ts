import type { SlackChat } from './chat.ts';
import type { SlackEvents } from './events.ts';
import type { SlackManifest } from './manifest.ts';
import { interactionChannel, interactionFields } from './payloads.ts';
import { namedChannel, namedUser, requireInteractivity, type SlackPeople } from './people.ts';
import type { SlackResponseUrls } from './response-urls.ts';
import { showMessage } from './shown.ts';
import type { Acked, SlackSocketHub } from './socket.ts';
import type { SlackMessage, SlackState } from './state.ts';
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
  say: SlackPeople['say'];
  urlOf(path: string): string;
}): SlackDoors {
  const { state, chat, sockets, events, manifest, triggers, views, responseUrls, say, urlOf } = deps;

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
      const own = `<@${state.botUserId}>`;
      const message = chat.add(
        {
          channel: namedChannel(state, channel).id,
          user: namedUser(state, user).id,
          via: 'user',
          threadTs: thread === undefined ? null : (thread.threadTs ?? thread.ts),
        },
        {
          text: text.includes(own)
            ? text
                .split(own)
                .map((part) => escapeTyped(part, { ...state, links: true }))
                .join(own)
            : `${own} ${escapeTyped(text, { ...state, links: true })}`,
          blocks: undefined,
          metadata: undefined,
        },
      );
      await events.settled();
      return message;
    },
    async direct(text, { user, thread }) {
      if (!manifest.takesMessages) throw new Error('Sending messages to this app has been turned off.');
      const person = namedUser(state, user).id;
      const message = say(text, {
        user: person,
        channel: state.openIm(person).channel.id,
        ...(thread !== undefined && { thread }),
      });
      await events.settled();
      return message;
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
