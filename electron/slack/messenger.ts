import type { WebClient } from '@slack/web-api';
import type { ChannelRules } from '../../shared/channel-rules.ts';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Announcement, Ticket } from '../../shared/ticket.ts';
import type { ServiceGuard } from '../network/service-guard.ts';
import { isUnread } from '../tickets/is-unread.ts';
import type { MessageReader } from '../tickets/ports/message-reader.ts';
import type { Messenger } from '../tickets/ports/messenger.ts';
import { type Alone, createAlone, type Post, postNow } from './alone.ts';
import { announcement, context, decidedAnnouncement, type SlackMessage, section } from './blocks.ts';
import { translateSlackError } from './errors.ts';
import { announcedAt, findAnnouncement } from './find-announcement.ts';
import type { Pacing } from './pacing.ts';
import { messageHasTicket, missingFields, notCreated, notRead, onlyYou, onlyYouByRule, ownerCode } from './replies.ts';
import type { Responder } from './responder.ts';

export interface MessengerDeps {
  web: WebClient;
  responder: Responder;
  /** Whose turn it is in a channel; a direct message's channel is the person. */
  pacing: Pacing;
  /** Makes each request to Slack, once its turn has come, or refuses it where Slack is not to be asked now. */
  guard: ServiceGuard['execute'];
  /** The bot's name, for `/invite`. */
  botName(): string;
  channelRules(channel: { id: string; name: string | null }): Pick<ChannelRules, 'answer'>;
  reader: MessageReader;
}

/** Makes one request to Slack. Throws AppError. */
export type Ask = <T>(request: () => Promise<T>) => Promise<T>;

export function createAsk(guard: ServiceGuard['execute']): Ask {
  return (request) =>
    guard(() =>
      request().catch((thrown) => {
        throw translateSlackError(thrown);
      }),
    );
}

/** The Messenger port on Slack's Web API and `response_url`, and who speaks to one person alone. */
export function createMessenger(deps: MessengerDeps): Messenger & { alone: Alone } {
  const { web, responder, pacing, guard, botName, channelRules, reader } = deps;
  const ask = createAsk(guard);
  const post = (what: Post) => pacing.inTurn(what.channel, () => ask(() => postNow(web, what)), what.signal);
  const alone = createAlone({ web, responder, ask, post });

  /** `hint`: why nobody else sees it. */
  async function announceAlone(ticket: Ticket, hint: string, signal: AbortSignal | undefined): Promise<Announcement> {
    const { text, blocks } = announcement(ticket);
    const message = { text, blocks: [...blocks, context(hint)] };
    return alone.tell(ticket, message, { announces: ticket, signal });
  }

  async function rewrite(ticket: Ticket, message: SlackMessage): Promise<void> {
    const where = ticket.announcement;
    if (where === null) return;
    if (where.via === 'response_url') {
      // An ephemeral message can only be rewritten through the click's own address.
      const { responseUrl } = ticket;
      if (responseUrl === null) return;
      return ask(() => responder.respond(responseUrl, { replace_original: true, ...message }));
    }
    const { channel, ts } = where;
    if (channel === null || ts === null) return;
    await ask(() => web.chat.update({ channel, ts, ...message }));
  }

  return {
    ...reader,
    alone,

    async announce(ticket, signal) {
      const { channel, channelName, sourceMessage } = ticket;
      // What stands on a message is answered in its thread.
      if (sourceMessage === null && channelRules({ id: channel, name: channelName }).answer === 'requester') {
        return announceAlone(ticket, onlyYouByRule(ticket), signal);
      }
      const threadTs = sourceMessage?.threadTs ?? null;
      try {
        const posted = await post({ channel, message: announcement(ticket), announces: ticket, threadTs, signal });
        return announcedAt(posted.channel, posted.ts);
      } catch (thrown) {
        if (signal?.aborted && thrown === signal.reason) throw thrown;
        // What Slack refuses today it refuses tomorrow: the requester at least can read and decide.
        const error = toAppError(thrown);
        if (reactionTo(error.code) !== 'give_up') throw error;
        return announceAlone(ticket, onlyYou(ticket, error, botName()), signal);
      }
    },

    findAnnouncement: (ticket) => findAnnouncement(ticket, { web, ask }),

    announcePrivately: (ticket, signal) => announceAlone(ticket, onlyYou(ticket, null, botName()), signal),

    showDecision: (ticket) => rewrite(ticket, decidedAnnouncement(ticket)),

    showLabel: (ticket) => rewrite(ticket, announcement(ticket)),

    async permalink({ announcement: where }) {
      const { channel = null, ts = null } = where ?? {};
      if (channel === null || ts === null) return null;
      const answer = await ask(() => web.chat.getPermalink({ channel, message_ts: ts }));
      return answer.permalink ?? null;
    },

    async sendCode(user, code) {
      const text = ownerCode(code);
      try {
        await post({ channel: user, message: { text, blocks: [section(text)] }, announces: null, threadTs: null });
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.code !== 'not_found') throw error;
        // Slack calls a person that it does not know a channel that it does not know.
        throw new AppError('not_found', 'Slack does not know this person, so no code was sent.', { cause: error });
      }
    },

    askForFields: (ticket, names, signal) => alone.tell(ticket, missingFields(ticket, names), { signal }),

    async explain(ticket, error, signal) {
      const message = isUnread(ticket) ? notRead(ticket, error, botName()) : notCreated(ticket, error);
      await alone.tell(ticket, message, { signal });
    },

    async showEarlier(ticket, earlier, signal) {
      const { team, channel, sourceMessage } = ticket;
      if (sourceMessage === null) throw new AppError('bug', 'A ticket without a message has no earlier one.');
      const { ts, threadTs } = sourceMessage;
      const again = { request: earlier.requestId, team, channel, ts, threadTs };
      await alone.tell(ticket, messageHasTicket(earlier, again), { signal, hasThread: true });
    },
  };
}
