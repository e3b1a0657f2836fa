import type { App } from '@slack/bolt';
import { z } from 'zod';
import { type NewRequest, typedRequest } from '../tickets/ports/ticket-store.ts';
import { type Doors, knownWords, unreadWords } from './doors.ts';
import type { FilingEmoji } from './filing-emoji.ts';
import { isOwn } from './message-reader.ts';
import { authorOf, filesOf, isWritten, type Message, markupOf, messageSchema, threadOf } from './message-text.ts';
import * as replies from './replies.ts';
import { requestIdOf } from './request-id.ts';
import { type Identity, teamOf } from './workspace.ts';

export interface EventDeps {
  doors: Doors;
  emoji: Pick<FilingEmoji, 'files'>;
  ours(): Identity | null;
}

/** Events that are acknowledged only once they are written down: Slack delivers again what was not. */
export const filingEvents: ReadonlySet<unknown> = new Set(['app_mention', 'message', 'reaction_added']);

const idSchema = z.string().min(1);
const bodySchema = z.object({ event_id: idSchema });
const spokenSchema = messageSchema.extend({
  channel: idSchema,
  channel_type: z.string().optional().catch(undefined),
  parent_user_id: z.string().optional().catch(undefined),
});
const reactionSchema = z.object({
  user: idSchema,
  reaction: idSchema,
  item_user: z.string().optional().catch(undefined),
  item: z.object({ type: z.literal('message'), channel: idSchema, ts: idSchema }),
});

/** A message of a person that was just written: no notice, no edit, no deletion, and no bot's. */
function isFresh(message: Message, ours: Identity): boolean {
  const isBots = message.bot_id !== undefined || message.subtype === 'bot_message' || isOwn(message, ours);
  return isWritten(message) && message.edited === undefined && message.user !== undefined && !isBots;
}

/** What all requests by a message have. */
function requestOf(
  message: Message,
  from: Pick<NewRequest, 'requestId' | 'door' | 'team' | 'user' | 'channel'>,
): NewRequest {
  const sourceMessage = { ts: message.ts, threadTs: threadOf(message), ...authorOf(message), url: null };
  const nobodyKnows = { userName: null, channelName: null, responseUrl: null };
  return { ...typedRequest, ...nobodyKnows, ...from, ...unreadWords, sourceMessage };
}

const mentions = /<@([A-Z0-9]+)(?:\|[^<>]*)?> ?/g;

/** The text without the bot's name, and without what follows a name by which somebody is addressed. */
export function withoutMention(text: string, botUserId: string): string {
  const rest = text.trim().replace(mentions, (mention, id: string) => (id === botUserId ? '' : mention));
  const isAddressed = text.trimStart().startsWith(`<@${botUserId}`);
  return (isAddressed ? rest.replace(/^[\s:,]+/, '') : rest).trim();
}

/** The events that file tickets: a mention, a direct message to the bot, an emoji on a message. */
export function registerEvents(app: App, { doors, emoji, ours }: EventDeps): void {
  app.event('app_mention', async ({ event, body, context }) => {
    const us = ours();
    const message = spokenSchema.safeParse(event).data;
    const id = bodySchema.safeParse(body).data?.event_id;
    if (us === null || message === undefined || id === undefined || !isFresh(message, us)) return;
    const { channel, user = '' } = message;
    // What is written to the bot comes as a message of its own.
    if (channel.startsWith('D') || message.channel_type === 'im') return;
    const team = teamOf(body, us);
    const from = { requestId: requestIdOf(team, 'mention', id), door: 'mention' as const, team, user, channel };
    const request = requestOf(message, from);
    const isAgain = context.retryNum !== undefined && context.retryNum > 0;
    if (threadOf(message) !== message.ts && message.parent_user_id === us.botUserId) {
      return doors.say(request, replies.ownMessage);
    }
    if (threadOf(message) !== message.ts) return doors.take(aboutFirst(request, threadOf(message)), isAgain);
    const own = withoutMention(markupOf(message), us.botUserId);
    const files = filesOf(message);
    if (isNothing(own) && files.length === 0) return doors.say(request, replies.mentionUsage(us.botName));
    await doors.take({ ...request, ...knownWords(own), files }, isAgain);
  });

  app.event('message', async ({ event, body, context }) => {
    const us = ours();
    const message = spokenSchema.safeParse(event).data;
    const id = bodySchema.safeParse(body).data?.event_id;
    if (us === null || message === undefined || id === undefined || !isFresh(message, us)) return;
    const { channel, user = '' } = message;
    if (message.channel_type !== 'im' && !channel.startsWith('D')) return;
    // What people answer there is said of a ticket.
    if (threadOf(message) !== message.ts) return;
    const team = teamOf(body, us);
    const from = { requestId: requestIdOf(team, 'direct', id), door: 'direct' as const, team, user, channel };
    const request = requestOf(message, from);
    const own = withoutMention(markupOf(message), us.botUserId);
    const files = filesOf(message);
    if (isNothing(own) && files.length === 0) return doors.say(request, replies.directUsage);
    const isAgain = context.retryNum !== undefined && context.retryNum > 0;
    await doors.take({ ...request, ...knownWords(own), files }, isAgain);
  });

  app.event('reaction_added', async ({ event, body, context }) => {
    const us = ours();
    const given = reactionSchema.safeParse(event).data;
    if (us === null || given === undefined || given.item_user === us.botUserId || given.user === us.botUserId) return;
    const { channel, ts } = given.item;
    const team = teamOf(body, us);
    const requestId = requestIdOf(team, 'reaction', `${channel} ${ts}`);
    if (!(await emoji.files(given.reaction, { channel, requestId }))) return;
    const from = { requestId, door: 'reaction' as const, team, user: given.user, channel };
    const message = messageSchema.parse({ ts, user: given.item_user });
    await doors.take(requestOf(message, from), context.retryNum !== undefined && context.retryNum > 0);
  });
}

/** The same request about the first message of the thread. */
function aboutFirst(request: NewRequest, threadTs: string): NewRequest {
  const sourceMessage = { ts: threadTs, threadTs, author: null, authorName: null, url: null };
  return { ...request, sourceMessage };
}

/** Whether there is nothing to file: no words, or the word that commands answer with their usage. */
function isNothing(text: string): boolean {
  return text === '' || text.toLowerCase() === 'help';
}
