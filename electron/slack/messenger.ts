import type { WebClient } from '@slack/web-api';
import { AppError } from '../../shared/errors.ts';
import type { Announcement, Ticket } from '../../shared/ticket.ts';
import type { Messenger } from '../tickets/ports.ts';
import { announcement, decidedAnnouncement, type SlackMessage } from './blocks.ts';
import { translateSlackError } from './errors.ts';
import { notCreated, onlyYou } from './replies.ts';
import type { Responder } from './responder.ts';

export interface MessengerDeps {
  web: WebClient;
  responder: Responder;
  /** The bot's name, for `/invite`. */
  botName(): string;
}

/** Slack's refusals that mean "this app may not speak here"; the requester is told alone. */
const notWelcome = new Set(['forbidden', 'not_found']);

/** The Messenger port on Slack's Web API and `response_url`. */
export function createMessenger({ web, responder, botName }: MessengerDeps): Messenger {
  async function post(channel: string, message: SlackMessage, requestId: string) {
    try {
      const answer = await web.chat.postMessage({
        channel,
        ...message,
        metadata: { event_type: 'ticket_agent', event_payload: { request_id: requestId } },
        unfurl_links: false,
        unfurl_media: false,
      });
      if (answer.channel === undefined || answer.ts === undefined) {
        throw new AppError('unconfirmed', 'Slack accepted the message without saying where it is.');
      }
      return { channel: answer.channel, ts: answer.ts };
    } catch (thrown) {
      throw translateSlackError(thrown);
    }
  }

  /** To the requester alone: by the command's own address while it lives, else as a direct message. */
  async function tell(ticket: Ticket, message: SlackMessage): Promise<Announcement> {
    if (ticket.responseUrl !== null) {
      try {
        await responder.respond(ticket.responseUrl, { response_type: 'ephemeral', ...message });
        return { via: 'response_url', channel: null, ts: null };
      } catch (thrown) {
        if (translateSlackError(thrown).code !== 'not_found') throw thrown;
      }
    }
    return { via: 'direct', ...(await post(ticket.user, message, ticket.requestId)) };
  }

  return {
    async announce(ticket) {
      const message = announcement(ticket);
      try {
        return { via: 'channel', ...(await post(ticket.channel, message, ticket.requestId)) };
      } catch (thrown) {
        if (!notWelcome.has(translateSlackError(thrown).code)) throw thrown;
        const hint = onlyYou(ticket, botName());
        return tell(ticket, {
          text: message.text,
          blocks: [...message.blocks, { type: 'context', elements: [{ type: 'mrkdwn', text: hint, verbatim: true }] }],
        });
      }
    },

    async showDecision(ticket) {
      const message = decidedAnnouncement(ticket);
      const where = ticket.announcement;
      if (where === null) return;
      if (where.via === 'response_url') {
        // An ephemeral message can only be rewritten through the click's own address.
        if (ticket.responseUrl === null) return;
        return responder.respond(ticket.responseUrl, { replace_original: true, ...message });
      }
      if (where.channel === null || where.ts === null) return;
      try {
        await web.chat.update({ channel: where.channel, ts: where.ts, ...message });
      } catch (thrown) {
        throw translateSlackError(thrown);
      }
    },

    async explain(ticket, error) {
      const text = notCreated(ticket, error);
      await tell(ticket, { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }] });
    },
  };
}
