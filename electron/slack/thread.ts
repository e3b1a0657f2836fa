import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { listOf } from '../network/bounded-schema.ts';
import { translateSlackError } from './errors.ts';
import { isTooMuch } from './web-options.ts';

export interface Search {
  web: Pick<WebClient, 'conversations'>;
  /** Makes one request. Throws AppError. */
  ask<T>(request: () => Promise<T>): Promise<T>;
}

/** Name of our metadata on messages. */
export const announcementEvent = 'ticket_agent';

/** Our mark on a message. */
const markSchema = z.object({
  request_id: z.string().min(1),
  issue_key: z.string().optional().catch(undefined),
  /** The message that the ticket was made of. */
  message_ts: z.string().optional().catch(undefined),
  issue_url: z.string().optional().catch(undefined),
});

const pageSchema = z.object({
  messages: listOf(
    z.object({
      ts: z.string().optional().catch(undefined),
      blocks: z.unknown().optional(),
      metadata: z
        .object({ event_type: z.literal(announcementEvent).optional(), event_payload: markSchema })
        .optional()
        .catch(undefined),
    }),
  ).catch([]),
  response_metadata: z
    .object({ next_cursor: z.string().catch('') })
    .optional()
    .catch(undefined),
});

/** A message as far as it may be one of ours; `mark`: what it carries if it is. */
export interface MarkedMessage {
  ts: string;
  blocks: unknown;
  mark: z.infer<typeof markSchema> | null;
}

/** Messages of a page: fewer where a page of so many is more than is read. */
const pageSizes = [100, 15];

export interface Page {
  messages: MarkedMessage[];
  /** Where the next one begins; null: this was the last. */
  next: string | null;
}

/**
 * Reads a page of a channel, newest first, or of a thread, oldest first. Throws `forbidden` where even a small one is more
 * than is read.
 *
 * @param oldest Moment in seconds since 1970, as Slack writes them, before which nothing is wanted.
 */
export async function readPage(
  {
    channel,
    threadTs,
    oldest,
    from,
  }: { channel: string; threadTs: string | null; oldest?: string; from: string | null },
  { web, ask }: Search,
): Promise<Page> {
  const where = {
    channel,
    include_all_metadata: true,
    ...(oldest === undefined ? {} : { oldest }),
    ...(from === null ? {} : { cursor: from }),
  };
  const answer = await ask(async () => {
    for (const limit of pageSizes) {
      try {
        if (threadTs === null) return await web.conversations.history({ ...where, limit });
        return await web.conversations.replies({ ...where, ts: threadTs, limit });
      } catch (thrown) {
        if (!isTooMuch(translateSlackError(thrown))) throw thrown;
      }
    }
    throw new AppError('forbidden', 'Messages of this channel are too large to be read, so ours cannot be looked for.');
  });
  const { messages, response_metadata } = pageSchema.parse(answer);
  return {
    messages: messages.flatMap(({ ts, blocks, metadata }) =>
      ts === undefined ? [] : [{ ts, blocks, mark: metadata?.event_payload ?? null }],
    ),
    next: response_metadata?.next_cursor || null,
  };
}
