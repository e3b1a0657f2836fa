import type { WebClient } from '@slack/web-api';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Announcement, Ticket } from '../../shared/ticket.ts';
import type { ServiceGuard } from '../network/service-guard.ts';
import type { Messenger } from '../tickets/ports/messenger.ts';
import { announcement, context, decidedAnnouncement, type SlackMessage, section } from './blocks.ts';
import { translateSlackError } from './errors.ts';
import { findAnnouncement } from './find-announcement.ts';
import type { Pacing } from './pacing.ts';
import { missingFields, notCreated, onlyYou, ownerCode } from './replies.ts';
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
}

/** The Messenger port on Slack's Web API and `response_url`. */
export function createMessenger({ web, responder, pacing, guard, botName }: MessengerDeps): Messenger {
  interface Post {
    channel: string;
    message: SlackMessage;
    requestId: string | null;
    signal?: AbortSignal | undefined;
  }

  /** The answer to one request. Throws AppError. */
  function ask<T>(request: () => Promise<T>): Promise<T> {
    return guard(() =>
      request().catch((thrown) => {
        throw translateSlackError(thrown);
      }),
    );
  }

  function post({ signal, ...what }: Post): Promise<{ channel: string; ts: string }> {
    return pacing.inTurn(what.channel, () => ask(() => postNow(what)), signal);
  }

  async function postNow({ channel, message, requestId }: Post): Promise<{ channel: string; ts: string }> {
    const answer = await web.chat.postMessage({
      channel,
      ...message,
      ...(requestId === null
        ? {}
        : { metadata: { event_type: 'ticket_agent', event_payload: { request_id: requestId } } }),
      unfurl_links: false,
      unfurl_media: false,
    });
    if (answer.channel === undefined || answer.ts === undefined) {
      throw new AppError('unconfirmed', 'Slack accepted the message without saying where it is.');
    }
    return { channel: answer.channel, ts: answer.ts };
  }

  /** Tells the requester alone: by the command's own address while it lives, else as a direct message. */
  async function tell(ticket: Ticket, message: SlackMessage, signal?: AbortSignal): Promise<Announcement> {
    signal?.throwIfAborted();
    const { responseUrl } = ticket;
    if (responseUrl !== null) {
      try {
        await ask(() => responder.respond(responseUrl, { response_type: 'ephemeral', ...message }));
        return { via: 'response_url', channel: null, ts: null };
      } catch (thrown) {
        if (reactionTo(toAppError(thrown).code) === 'retry') throw thrown;
      }
    }
    const { user: channel, requestId } = ticket;
    return { via: 'direct', ...(await post({ channel, message, requestId, signal })) };
  }

  async function announceAlone(
    ticket: Ticket,
    refusal: AppError | null,
    signal: AbortSignal | undefined,
  ): Promise<Announcement> {
    const { text, blocks } = announcement(ticket);
    const hint = onlyYou(ticket, refusal, botName());
    return tell(ticket, { text, blocks: [...blocks, context(hint)] }, signal);
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
    async announce(ticket, signal) {
      try {
        const { channel, requestId } = ticket;
        return { via: 'channel', ...(await post({ channel, message: announcement(ticket), requestId, signal })) };
      } catch (thrown) {
        if (signal?.aborted && thrown === signal.reason) throw thrown;
        // What Slack refuses today it refuses tomorrow: the requester at least can read and decide.
        const error = toAppError(thrown);
        if (reactionTo(error.code) !== 'give_up') throw error;
        return announceAlone(ticket, error, signal);
      }
    },

    findAnnouncement: (ticket) => findAnnouncement(ticket, { web, ask }),

    announcePrivately: (ticket, signal) => announceAlone(ticket, null, signal),

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
        await post({ channel: user, message: { text, blocks: [section(text)] }, requestId: null });
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.code !== 'not_found') throw error;
        // Slack calls a person that it does not know a channel that it does not know.
        throw new AppError('not_found', 'Slack does not know this person, so no code was sent.', { cause: error });
      }
    },

    askForFields: (ticket, names, signal) => tell(ticket, missingFields(ticket, names), signal),

    async explain(ticket, error, signal) {
      await tell(ticket, notCreated(ticket, error), signal);
    },
  };
}
