import type { WebClient } from '@slack/web-api';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Announcement, Ticket } from '../../shared/ticket.ts';
import type { ServiceGuard } from '../network/service-guard.ts';
import type { Messenger } from '../tickets/ports/messenger.ts';
import { announcement, context, decidedAnnouncement, type SlackMessage, section } from './blocks.ts';
import { translateSlackError } from './errors.ts';
import type { Pacing } from './pacing.ts';
import { notCreated, onlyYou, ownerCode } from './replies.ts';
import type { Responder } from './responder.ts';
import { isTooMuch } from './web-options.ts';

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

/** This machine's clock and Slack's may differ by minutes, and by a day where a time zone is set wrong. */
const clockSlackMs = 15 * 60_000;
const wrongClockMs = 26 * 60 * 60_000;
/** Pages read at most: of 100 messages, which may have 300 values each before `web-options.ts` refuses one; then of 15. */
const mostPages = 20;
const pageSizes = [100, 15];

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

  /** A page of a channel; a smaller one where it is more than is read. Throws `forbidden` where that is, too. */
  async function readPage(channel: string, cursor: string) {
    const where = { channel, include_all_metadata: true, ...(cursor === '' ? {} : { cursor }) };
    for (const limit of pageSizes) {
      try {
        return await web.conversations.history({ ...where, limit });
      } catch (thrown) {
        if (!isTooMuch(translateSlackError(thrown))) throw thrown;
      }
    }
    throw new AppError('forbidden', 'Messages of this channel are too large to be read, so ours cannot be looked for.');
  }

  /**
   * Page after page of a channel, newest first, as far as the request goes back by any clock; null where there is no
   * message in it of this request.
   */
  async function findInChannel({ channel, requestId, createdAt }: Ticket): Promise<Announcement | null> {
    let cursor = '';
    let oldestMs = Number.POSITIVE_INFINITY;
    for (let page = 0; page < mostPages; page += 1) {
      const history = await ask(() => readPage(channel, cursor));
      const isIt = ({ metadata }: { metadata?: { event_payload?: unknown } }) =>
        requestIdIn(metadata?.event_payload) === requestId;
      const message = history.messages?.find(isIt);
      if (message?.ts !== undefined) return { via: 'channel', channel, ts: message.ts };
      cursor = history.response_metadata?.next_cursor ?? '';
      oldestMs = Number(history.messages?.at(-1)?.ts ?? 0) * 1000;
      if (cursor === '' || oldestMs < Date.parse(createdAt) - wrongClockMs) return null;
    }
    // So many messages are far enough back for a clock that is right.
    if (oldestMs < Date.parse(createdAt) - clockSlackMs) return null;
    throw new AppError('forbidden', 'So much was written in this channel since that the message cannot be looked for.');
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

    async findAnnouncement(ticket) {
      try {
        return await findInChannel(ticket);
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.code === 'forbidden' || reactionTo(error.code) !== 'give_up') throw error;
        throw new AppError('forbidden', 'The app may not read this channel, so its message cannot be looked for.', {
          cause: error,
        });
      }
    },

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

    async explain(ticket, error, signal) {
      await tell(ticket, notCreated(ticket, error), signal);
    },
  };
}

function requestIdIn(payload: unknown): unknown {
  return payload && typeof payload === 'object' && 'request_id' in payload ? payload.request_id : undefined;
}
