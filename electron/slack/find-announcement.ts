import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Announcement, Ticket } from '../../shared/ticket.ts';
import { readPage, type Search } from './thread.ts';

/** This machine's clock and Slack's may differ by minutes, and by a day where a time zone is set wrong. */
const clockSlackMs = 15 * 60_000;
const wrongClockMs = 26 * 60 * 60_000;
/** Pages read at most: of 100 messages, which may have 300 values each before `web-options.ts` refuses one; then of 15. */
const mostPages = 20;

/**
 * Looks for a ticket's announcement in its channel, or in the thread of its message; null where it surely is not there.
 * Throws `forbidden` where that cannot be told, and what passes by itself.
 */
export async function findAnnouncement(ticket: Ticket, search: Search): Promise<Announcement | null> {
  try {
    return await (ticket.sourceMessage === null ? findInChannel(ticket, search) : findInThread(ticket, search));
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'forbidden' || reactionTo(error.code) !== 'give_up') throw error;
    throw new AppError('forbidden', 'The app may not read this channel, so its message cannot be looked for.', {
      cause: error,
    });
  }
}

/** Reads page after page of a channel, newest first, as far as the request goes back by any clock. */
async function findInChannel({ channel, requestId, createdAt }: Ticket, search: Search): Promise<Announcement | null> {
  let from: string | null = null;
  let oldestMs = Number.POSITIVE_INFINITY;
  for (let page = 0; page < mostPages; page += 1) {
    const { messages, next } = await readPage({ channel, threadTs: null, from }, search);
    const message = messages.find(({ mark }) => mark?.request_id === requestId);
    if (message !== undefined) return { via: 'channel', channel, ts: message.ts };
    from = next;
    oldestMs = Number(messages.at(-1)?.ts ?? 0) * 1000;
    if (from === null || oldestMs < Date.parse(createdAt) - wrongClockMs) return null;
  }
  // So many messages are far enough back for a clock that is right.
  if (oldestMs < Date.parse(createdAt) - clockSlackMs) return null;
  throw tooMuchSince();
}

/** Reads a thread from about the request on. */
async function findInThread(
  { channel, requestId, createdAt, sourceMessage }: Ticket,
  search: Search,
): Promise<Announcement | null> {
  const threadTs = sourceMessage?.threadTs ?? null;
  const oldest = ((Date.parse(createdAt) - wrongClockMs) / 1000).toFixed(6);
  let from: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { messages, next } = await readPage({ channel, threadTs, oldest, from }, search);
    const message = messages.find(({ mark }) => mark?.request_id === requestId);
    if (message !== undefined) return announcedAt(channel, message.ts);
    from = next;
    if (from === null) return null;
  }
  throw tooMuchSince();
}

/** Where a message with buttons is. */
export function announcedAt(channel: string, ts: string): Announcement {
  return { via: channel.startsWith('D') ? 'direct' : 'channel', channel, ts };
}

function tooMuchSince(): AppError {
  return new AppError('forbidden', 'So much was written in this channel since that the message cannot be looked for.');
}
