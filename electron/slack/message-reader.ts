import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import { isChannelNamed } from '../../shared/places.ts';
import type { SourceMessage, Ticket } from '../../shared/ticket.ts';
import { listOf } from '../network/bounded-schema.ts';
import type { EarlierTicket, MessageReader, ReadMessage } from '../tickets/ports/message-reader.ts';
import { approveValueIn } from './button-value.ts';
import { announcedAt } from './find-announcement.ts';
import { webAddress } from './foreign-text.ts';
import { authorOf, filesOf, isWritten, type Message, markupOf, messageSchema, threadOf } from './message-text.ts';
import type { Names } from './names.ts';
import { requestIdOf } from './request-id.ts';
import { decodeSlackText } from './text.ts';
import { type MarkedMessage, readPage } from './thread.ts';
import type { Identity } from './workspace.ts';

export interface MessageReaderDeps {
  web: WebClient;
  /** Makes one request. Throws AppError. */
  ask<T>(request: () => Promise<T>): Promise<T>;
  names: Names;
  /** Whose bot we are; null before that is known. */
  ours(): Identity | null;
  /** Whether what is to be done in a channel depends on its name. */
  needsName(channel: string): boolean;
  /** Whether the request is to become a ticket, now that its channel's name is known, or known to be hidden. */
  isWanted(requestId: string, channel: { id: string; name: string | null }): boolean;
}

/** Pages of a thread in which another desktop's announcement is looked for, of 100 replies each. */
const mostPages = 5;
/** People named in a message whose names are asked for. */
const mostNamed = 10;

const answerSchema = z.object({ messages: listOf(messageSchema.nullable().catch(null)).catch([]) });

/** Reads messages that tickets are made of, on Slack's Web API. */
export function createMessageReader({ web, ask, names, ours, needsName, isWanted }: MessageReaderDeps): MessageReader {
  /** The message itself. History has all messages but those within threads. */
  async function find(channel: string, ts: string): Promise<Message> {
    const only = { channel, oldest: ts, latest: ts, inclusive: true };
    const inHistory = await ask(() => web.conversations.history({ ...only, limit: 1 }));
    const found = messageAt(inHistory, ts) ?? messageAt(await readReply(channel, ts), ts);
    if (found === null || !isWritten(found)) {
      throw new AppError('not_found', 'The message is not there any more, or is none that somebody wrote.');
    }
    const us = ours();
    if (us !== null && isOwn(found, us)) {
      throw new AppError('invalid_input', 'The message is one of this app’s own, so no ticket is made of it.');
    }
    return found;
  }

  async function readReply(channel: string, ts: string): Promise<unknown> {
    try {
      const only = { channel, oldest: ts, latest: ts, inclusive: true };
      return await ask(() => web.conversations.replies({ ...only, ts, limit: 15 }));
    } catch (thrown) {
      // The channel could be read, and there is no such message in it: `thread_not_found`.
      if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
      return null;
    }
  }

  async function channelNameOf({ channel, channelName }: Ticket): Promise<string | null> {
    if (isChannelNamed({ channel, channelName })) return channelName;
    const name = await names.ofChannel(channel).catch((thrown) => {
      if (needsName(channel)) throw thrown;
      return null;
    });
    return name ?? channelName;
  }

  /** Its address for people, as Slack says it, else as Slack makes it. */
  async function addressOf(channel: string, { ts, threadTs }: SourceMessage): Promise<string> {
    const answer = await ask(() => web.chat.getPermalink({ channel, message_ts: ts })).catch(() => null);
    const given = webAddress(answer?.permalink ?? null);
    if (given !== null) return given;
    const site = webAddress(ours()?.url ?? null) ?? 'https://slack.com/';
    const thread = ts === threadTs ? '' : `?${new URLSearchParams({ thread_ts: threadTs, cid: channel })}`;
    return new URL(`archives/${channel}/p${ts.replace('.', '')}${thread}`, site).href;
  }

  /** The text with names in place of ids, where Slack gives the id alone. */
  async function withNames(markup: string): Promise<string> {
    const ids = [...new Set(Array.from(markup.matchAll(/<@([UW][A-Z0-9]+)>/g), ([, id = '']) => id))];
    const named = await Promise.all(
      ids.slice(0, mostNamed).map(async (id): Promise<[string, string | null]> => [id, await names.ofPerson(id)]),
    );
    const known = new Map(named);
    return markup.replace(/<@([UW][A-Z0-9]+)>/g, (mention, id: string) => {
      const name = known.get(id)?.replace(/[<>|&]/g, '');
      return name ? `<@${id}|${name}>` : mention;
    });
  }

  async function earlierIn(ticket: Ticket, threadTs: string): Promise<MarkedMessage[]> {
    const { channel } = ticket;
    const found: MarkedMessage[] = [];
    let from: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const { messages, next } = await readPage({ channel, threadTs, from }, { web, ask });
      found.push(...messages.filter(({ mark }) => mark !== null));
      from = next;
      if (from === null) break;
    }
    return found;
  }

  return {
    channelNameOf,

    async readMessage(ticket): Promise<ReadMessage | null> {
      const { channel, sourceMessage, markup } = ticket;
      if (sourceMessage === null) throw new AppError('bug', 'A ticket without a message has none to be read.');
      const isKnown = markup !== null || ticket.text !== '';
      const found = isKnown ? null : await find(channel, sourceMessage.ts);
      // Where the words came without their author, that alone is asked for.
      const isNobodys = sourceMessage.author === null && sourceMessage.authorName === null;
      const message = found ?? (isNobodys ? await find(channel, sourceMessage.ts).catch(() => null) : null);
      const about =
        message === null ? sourceMessage : { ...sourceMessage, ...authorOf(message), threadTs: threadOf(message) };
      const { author } = about;
      const [url, channelName, userName, authorName, named] = await Promise.all([
        addressOf(channel, about),
        channelNameOf(ticket),
        ticket.userName ?? names.ofPerson(ticket.user),
        about.authorName ?? (author === null ? null : names.ofPerson(author)),
        withNames(found === null ? (markup ?? '') : markupOf(found).trim()),
      ]);
      if (!isWanted(ticket.requestId, { id: channel, name: channelName })) return null;
      return {
        ...(markup === null && isKnown
          ? { text: ticket.text, markup }
          : { text: decodeSlackText(named).trim(), markup: named }),
        files: found === null ? ticket.files : filesOf(found),
        sourceMessage: { ...about, authorName, url },
        userName,
        channelName,
      };
    },

    async earlierTicket(ticket): Promise<EarlierTicket | null> {
      const { sourceMessage, requestId, team, channel } = ticket;
      if (sourceMessage === null) return null;
      // Whoever answers a message in a thread may have its ticket there too; only the message's own thread is told apart.
      const marked = await earlierIn(ticket, sourceMessage.threadTs);
      const own = marked.find(({ mark }) => mark?.request_id === requestId);
      const others = marked.filter(({ mark }) => mark !== null && mark.message_ts === sourceMessage.ts);
      const isMeant = others.some(({ mark }) => requestIdOf(team, 'file_anyway', mark?.request_id ?? '') === requestId);
      const earlier = own ?? (isMeant ? undefined : others.at(-1));
      return earlier === undefined ? null : asEarlier(channel, earlier);
    },
  };
}

function messageAt(answer: unknown, ts: string): Message | null {
  return answerSchema.safeParse(answer).data?.messages.find((message) => message?.ts === ts) ?? null;
}

/** Whether our bot wrote it, on whatever desktop. */
export function isOwn({ user, bot_id }: Pick<Message, 'user' | 'bot_id'>, { botUserId, botId }: Identity): boolean {
  return user === botUserId || (botId !== undefined && bot_id === botId);
}

function asEarlier(channel: string, { ts, mark, blocks }: MarkedMessage): EarlierTicket {
  // Gone once it is decided.
  const value = approveValueIn(blocks);
  return {
    requestId: mark?.request_id ?? '',
    issueKey: mark?.issue_key ?? value?.key ?? null,
    issueUrl: webAddress(mark?.issue_url ?? value?.url ?? null),
    issueType: value?.type ?? null,
    announcement: announcedAt(channel, ts),
  };
}
