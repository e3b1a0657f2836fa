import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Announcement, Ticket } from '../../shared/ticket.ts';
import { translateSlackError } from './errors.ts';
import { isTooMuch } from './web-options.ts';

interface Search {
  web: Pick<WebClient, 'conversations'>;
  /** Makes one request. Throws AppError. */
  ask<T>(request: () => Promise<T>): Promise<T>;
}

/** This machine's clock and Slack's may differ by minutes, and by a day where a time zone is set wrong. */
const clockSlackMs = 15 * 60_000;
const wrongClockMs = 26 * 60 * 60_000;
/** Pages read at most: of 100 messages, which may have 300 values each before `web-options.ts` refuses one; then of 15. */
const mostPages = 20;
const pageSizes = [100, 15];

/**
 * Looks for a ticket's announcement in its channel; null where it surely is not there. Throws `forbidden` where that cannot be
 * told, and what passes by itself.
 */
export async function findAnnouncement(ticket: Ticket, search: Search): Promise<Announcement | null> {
  try {
    return await findInChannel(ticket, search);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'forbidden' || reactionTo(error.code) !== 'give_up') throw error;
    throw new AppError('forbidden', 'The app may not read this channel, so its message cannot be looked for.', {
      cause: error,
    });
  }
}

/** Reads page after page of a channel, newest first, as far as the request goes back by any clock. */
async function findInChannel(
  { channel, requestId, createdAt }: Ticket,
  { web, ask }: Search,
): Promise<Announcement | null> {
  let cursor = '';
  let oldestMs = Number.POSITIVE_INFINITY;
  for (let page = 0; page < mostPages; page += 1) {
    const history = await ask(() => readPage(web, channel, cursor));
    const message = history.messages?.find(({ metadata }) => requestIdIn(metadata?.event_payload) === requestId);
    if (message?.ts !== undefined) return { via: 'channel', channel, ts: message.ts };
    cursor = history.response_metadata?.next_cursor ?? '';
    oldestMs = Number(history.messages?.at(-1)?.ts ?? 0) * 1000;
    if (cursor === '' || oldestMs < Date.parse(createdAt) - wrongClockMs) return null;
  }
  // So many messages are far enough back for a clock that is right.
  if (oldestMs < Date.parse(createdAt) - clockSlackMs) return null;
  throw new AppError('forbidden', 'So much was written in this channel since that the message cannot be looked for.');
}

/** A page of a channel; a smaller one where it is more than is read. Throws `forbidden` where that is, too. */
async function readPage(web: Search['web'], channel: string, cursor: string): Promise<ConversationsHistoryResponse> {
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

function requestIdIn(payload: unknown): unknown {
  return payload && typeof payload === 'object' && 'request_id' in payload ? payload.request_id : undefined;
}
