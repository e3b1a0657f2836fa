import type { WebClient } from '@slack/web-api';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Announcement, Ticket } from '../../shared/ticket.ts';
import type { SlackMessage } from './blocks.ts';
import { announcedAt } from './find-announcement.ts';
import type { Responder } from './responder.ts';
import { announcementEvent } from './thread.ts';

/** Who asked, and where answers go. */
export type Asker = Pick<Ticket, 'user' | 'channel' | 'responseUrl' | 'door' | 'sourceMessage'>;

/** A message of ours to a channel, or to a person by their id. */
export interface Post {
  channel: string;
  message: SlackMessage;
  /** The ticket that it announces; null for all else. */
  announces: Pick<Ticket, 'requestId' | 'issueKey' | 'issueUrl' | 'sourceMessage'> | null;
  /** Thread that it belongs to; null: none. */
  threadTs: string | null;
  signal?: AbortSignal | undefined;
}

export interface AloneDeps {
  web: WebClient;
  responder: Responder;
  /** Makes one request. Throws AppError. */
  ask<T>(request: () => Promise<T>): Promise<T>;
  /** Posts a message in its turn. Throws AppError. */
  post(what: Post): Promise<{ channel: string; ts: string }>;
}

/** Speaks to one person. */
export interface Alone {
  /**
   * Tells who asked, and nobody else: by the request's own address while it lives, else where the message is that it was
   * about, else as a direct message. `announces`: the ticket whose buttons the message has.
   */
  tell(
    asker: Asker,
    message: SlackMessage,
    options?: { announces?: Post['announces']; signal?: AbortSignal | undefined; hasThread?: boolean },
  ): Promise<Announcement>;
}

const seenByOne: Announcement = { via: 'response_url', channel: null, ts: null };

export function createAlone({ web, responder, ask, post }: AloneDeps): Alone {
  /** Gives what an attempt gives; null where it will not work tomorrow either, so that another way is taken. */
  async function unlessRefused<T>(attempt: () => Promise<T>): Promise<T | null> {
    try {
      return await attempt();
    } catch (thrown) {
      if (reactionTo(toAppError(thrown).code) === 'retry') throw thrown;
      return null;
    }
  }

  return {
    async tell(asker, message, { announces = null, signal, hasThread = false } = {}) {
      signal?.throwIfAborted();
      const { responseUrl, user, channel, sourceMessage, door } = asker;
      if (responseUrl !== null) {
        const answered = await unlessRefused(async () => {
          await ask(() => responder.respond(responseUrl, { response_type: 'ephemeral', ...message }));
          return seenByOne;
        });
        if (answered !== null) return answered;
      }
      if (sourceMessage !== null) {
        const { ts, threadTs } = sourceMessage;
        const here = await unlessRefused(async () => {
          // A conversation with the bot is private as it is.
          if (channel.startsWith('D')) {
            const posted = await post({ channel, message, announces, threadTs, signal });
            return announcedAt(posted.channel, posted.ts);
          }
          // In a thread that nobody has answered in yet, Slack shows nothing to one person alone.
          const isInThread = ts !== threadTs || (hasThread && door === 'mention');
          const thread = isInThread ? { thread_ts: threadTs } : {};
          await ask(() => web.chat.postEphemeral({ channel, user, ...thread, ...message }));
          return seenByOne;
        });
        if (here !== null) return here;
      }
      return { via: 'direct', ...(await post({ channel: user, message, announces, threadTs: null, signal })) };
    },
  };
}

/** Posts at once. Throws as Slack's client does, and `unconfirmed` where Slack does not say where the message is. */
export async function postNow(
  web: WebClient,
  { channel, message, announces, threadTs }: Post,
): Promise<{ channel: string; ts: string }> {
  const answer = await web.chat.postMessage({
    channel,
    ...message,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    ...(announces === null ? {} : { metadata: markOf(announces) }),
    unfurl_links: false,
    unfurl_media: false,
  });
  if (answer.channel === undefined || answer.ts === undefined) {
    throw new AppError('unconfirmed', 'Slack accepted the message without saying where it is.');
  }
  return { channel: answer.channel, ts: answer.ts };
}

/** What every desktop knows our message by. */
function markOf({ requestId, issueKey, issueUrl, sourceMessage }: NonNullable<Post['announces']>) {
  return {
    event_type: announcementEvent,
    event_payload: {
      request_id: requestId,
      ...(issueKey === null ? {} : { issue_key: issueKey }),
      ...(issueUrl === null ? {} : { issue_url: issueUrl }),
      ...(sourceMessage === null ? {} : { message_ts: sourceMessage.ts }),
    },
  };
}
