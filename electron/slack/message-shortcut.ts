import type { App } from '@slack/bolt';
import { z } from 'zod';
import { toAppError } from '../../shared/errors.ts';
import { shortcuts } from '../../shared/slack-manifest.ts';
import { typedRequest } from '../tickets/ports/ticket-store.ts';
import { type Doors, knownWords } from './doors.ts';
import { isOwn } from './message-reader.ts';
import { authorOf, filesOf, markupOf, messageSchema, threadOf } from './message-text.ts';
import * as replies from './replies.ts';
import { requestIdOf } from './request-id.ts';
import { type Identity, teamOf } from './workspace.ts';

export interface MessageShortcutDeps {
  doors: Doors;
  ours(): Identity | null;
  onError(error: ReturnType<typeof toAppError>): void;
}

const id = z.string().min(1);
const name = z.string().optional().catch(undefined);
const shortcutSchema = z.object({
  trigger_id: id,
  response_url: z.string().optional().catch(undefined),
  message_ts: name,
  user: z.object({ id, name, username: name }),
  channel: z.object({ id, name }),
  message: messageSchema.partial({ ts: true }),
});

/** The shortcut on a message: its payload has the message, so it works also where the bot may not read. */
export function registerMessageShortcut(app: App, { doors, ours, onError }: MessageShortcutDeps): void {
  const note = (thrown: unknown) => onError(toAppError(thrown));

  app.shortcut({ type: 'message_action', callback_id: shortcuts.message }, async ({ ack, body }) => {
    const us = ours();
    const parsed = shortcutSchema.safeParse(body).data;
    const ts = parsed?.message.ts ?? parsed?.message_ts;
    if (us === null || parsed === undefined || ts === undefined) return ack().catch(note);
    const { user, channel, trigger_id, response_url } = parsed;
    const message = { ...parsed.message, ts };
    const team = teamOf(body, us);
    const request = {
      ...typedRequest,
      requestId: requestIdOf(team, 'shortcut', trigger_id),
      door: 'message' as const,
      sourceMessage: { ts, threadTs: threadOf(message), ...authorOf(message), url: null },
      files: filesOf(message),
      ...knownWords(markupOf(message)),
      team,
      user: user.id,
      userName: user.name ?? user.username ?? null,
      channel: channel.id,
      channelName: channel.name ?? null,
      responseUrl: response_url ?? null,
    };
    try {
      if (isOwn(message, us)) doors.say(request, replies.ownMessage);
      else await doors.take(request);
    } catch (thrown) {
      note(thrown);
      doors.say(request, replies.notReceived(toAppError(thrown)));
    }
    await ack().catch(note);
  });
}
