import { isRecord } from '../record.ts';
import type { SlackChat } from './chat.ts';
import type { SlackManifest } from './manifest.ts';
import { clickPayload, type DeliveryPlace, findAction, ownPlace, slashPayload } from './payloads.ts';
import type { SlackResponseUrls } from './response-urls.ts';
import type { Acked, SlackSocketHub } from './socket.ts';
import type { SlackChannel, SlackMessage, SlackState, SlackUser } from './state.ts';
import { escapeTyped } from './text.ts';
import type { SlackTriggers } from './triggers.ts';

/** The same in every workspace. */
export const slackbotId = 'USLACKBOT';

/** What people do in the workspace, and Slack on their behalf. Users and channels go by id or name. */
export interface SlackPeople {
  /**
   * A person runs a command: ids or names of who and where; `text` as typed. The trigger id can be given to repeat one, and
   * another workspace where the same app is installed.
   */
  slash(
    command: string,
    text: string,
    by: { user: string; channel: string; triggerId?: string; from?: DeliveryPlace },
  ): Promise<Acked & { triggerId: string }>;
  /** A person clicks a button of a message, or chooses the option of this text from a list. */
  click(
    message: SlackMessage,
    actionId: string,
    by: { user: string; option?: string; from?: DeliveryPlace },
  ): Promise<Acked>;
  /**
   * A person writes a message, or the bot by its id, whose text is mrkdwn; in a thread where one of its messages is
   * given. `at`, in milliseconds since 1970, puts it into the past.
   */
  say(text: string, by: { user: string; channel: string; at?: number; thread?: SlackMessage }): SlackMessage;
  /** Slackbot answers a person alone, as it does to a command that nobody has. */
  whisper(text: string, to: { user: string; channel: string }): SlackMessage;
}

/** Deliveries reject with Slack's words: `dispatch_failed` without a connection, `operation_timeout` without an ack. */
export function createSlackPeople(deps: {
  state: SlackState;
  chat: SlackChat;
  sockets: SlackSocketHub;
  manifest: SlackManifest;
  triggers: SlackTriggers;
  responseUrls: SlackResponseUrls;
  urlOf(path: string): string;
  escapeLinks: boolean | undefined;
}): SlackPeople {
  const { state, chat, sockets, manifest, triggers, responseUrls, urlOf } = deps;

  return {
    async slash(command, text, by) {
      const known = manifest.commands.find((each) => each.command === command);
      if (known === undefined) throw new Error(`${command} is not a valid command.`);
      const user = namedUser(state, by.user);
      const channel = namedChannel(state, by.channel);
      const triggerId = triggers.issue({ user: user.id, channel: channel.id, view: null }, by.triggerId);
      const path = responseUrls.create('commands', { channel: channel.id, user: user.id, original: null });
      const escaped = escapeTyped(text, { ...state, links: deps.escapeLinks ?? known.isEscaped, withNames: true });
      const payload = slashPayload(state, {
        command,
        text: escaped,
        user,
        channel,
        triggerId,
        responseUrl: urlOf(path),
        from: by.from ?? { team: state.team.id, enterprise: state.team.enterpriseId ?? null },
      });
      const acked = await sockets.deliver('slash_commands', payload, { accepts_response_payload: true });
      if (isRecord(acked.ack) && Object.keys(acked.ack).length > 0) responseUrls.respond(path, acked.ack, 'ack');
      return { ...acked, triggerId };
    },
    async click(message, actionId, by) {
      const user = namedUser(state, by.user);
      const channel = namedChannel(state, message.channel);
      const action = findAction(message, actionId, by.option);
      if (action === null || message.deleted) throw new Error(`The message has no button ${actionId}.`);
      if (message.ephemeralTo !== null && message.ephemeralTo !== user.id) {
        throw new Error(`${user.name} cannot see this message.`);
      }
      requireInteractivity(manifest);
      const from = by.from ?? ownPlace(state);
      const triggerId = triggers.issue({ user: user.id, channel: channel.id, view: null });
      const path = responseUrls.create('actions', { channel: channel.id, user: user.id, original: message });
      const click = { message, action, user, channel, triggerId, responseUrl: urlOf(path), from };
      return sockets.deliver('interactive', clickPayload(state, click), { accepts_response_payload: false });
    },
    say(text, { user, channel, at, thread }) {
      const isBot = user === state.botUserId;
      return chat.add(
        {
          channel: namedChannel(state, channel).id,
          user: isBot ? user : namedUser(state, user).id,
          via: isBot ? 'chat.postMessage' : 'user',
          threadTs: thread === undefined ? null : (thread.threadTs ?? thread.ts),
          ...(at !== undefined && { ts: `${(at / 1000).toFixed(3)}000` }),
        },
        {
          text: isBot ? text : escapeTyped(text, { ...state, links: true }),
          blocks: undefined,
          metadata: undefined,
        },
      );
    },
    whisper(text, to) {
      const ephemeralTo = namedUser(state, to.user).id;
      return chat.add(
        { channel: namedChannel(state, to.channel).id, user: slackbotId, via: 'user', ephemeralTo },
        { text, blocks: undefined, metadata: undefined },
      );
    },
  };
}

/** The person for whoever drives the workspace, not for the app: throws a plain Error. */
export function namedUser(state: SlackState, idOrName: string): SlackUser {
  const user = state.users.find(({ id, name }) => id === idOrName || name === idOrName);
  if (user === undefined) throw new Error(`The workspace has no user ${idOrName}.`);
  return user;
}

/** The channel for whoever drives the workspace, not for the app: throws a plain Error. */
export function namedChannel(state: SlackState, idOrName: string): SlackChannel {
  const channel = state.channels.find(({ id, name }) => id === idOrName || name === idOrName);
  if (channel === undefined) throw new Error(`The workspace has no channel ${idOrName}.`);
  return channel;
}

/** Throws where the manifest turns no interactivity on: Slack sends no click, shortcut or view then. */
export function requireInteractivity({ isInteractive }: SlackManifest): void {
  if (!isInteractive) throw new Error('This app is not configured to handle interactive responses.');
}
