import { randomBytes } from 'node:crypto';
import type { Answer, ReceivedRequest } from '../loopback-server.ts';
import type { Json } from '../record.ts';
import type { SlackChat } from './chat.ts';
import { readContent, requireSomething } from './content.ts';
import { SlackFailure } from './failure.ts';
import { readArguments, toFailedAnswer } from './methods.ts';
import type { SlackMessage, SlackState } from './state.ts';

const maxUses = 5;
const lifeMs = 30 * 60_000;

interface ResponseUrl {
  channel: string;
  user: string;
  /** What `replace_original` and `delete_original` mean: the clicked message, or the last one sent through here. */
  original: SlackMessage | null;
  uses: number;
  expiresAt: number;
}

export interface SlackResponseUrls {
  /** The path below the workspace's secret. */
  create(
    kind: 'commands' | 'actions',
    target: { channel: string; user: string; original: SlackMessage | null },
  ): string;
  /** Shows what an ack brought, or does what a POST to a `response_url` asked for. */
  respond(path: string, args: Json, via: 'ack' | 'response_url'): void;
  answer(path: string, request: ReceivedRequest): Answer;
  /** Makes every address given out so far too old. */
  expireAll(): void;
}

/** Slack's one-time addresses: five uses in thirty minutes, for one person in one channel. */
export function createSlackResponseUrls(state: SlackState, chat: SlackChat): SlackResponseUrls {
  const urls = new Map<string, ResponseUrl>();

  function respond(path: string, args: Json, via: 'ack' | 'response_url'): void {
    const target = urls.get(path);
    if (target === undefined) throw new SlackFailure('expired_url');
    if (isTrue(args['delete_original'])) {
      if (target.original === null) throw new SlackFailure('message_not_found');
      chat.remove(target.original);
      return;
    }
    const content = readContent(args, { text: 40_000, newId: () => state.newId('b') });
    requireSomething(content);
    // Unlike chat.update, a replacement keeps nothing of what was there.
    const whole = { text: content.text ?? '', blocks: content.blocks ?? [], metadata: content.metadata };
    if (isTrue(args['replace_original']) && target.original !== null && !target.original.deleted) {
      chat.edit(target.original, whole);
      return;
    }
    const ephemeralTo = args['response_type'] === 'in_channel' ? null : target.user;
    const threadTs = typeof args['thread_ts'] === 'string' ? args['thread_ts'] : null;
    const message = chat.add({ channel: target.channel, via, ephemeralTo, threadTs }, whole);
    target.original ??= message;
  }

  return {
    respond,
    create(kind, target) {
      const path = `response/${kind}/${state.team.id}/${randomBytes(12).toString('hex')}`;
      urls.set(path, { ...target, uses: 0, expiresAt: Date.now() + lifeMs });
      return path;
    },
    answer(path, request) {
      const target = urls.get(path);
      if (target === undefined || target.uses >= maxUses || target.expiresAt < Date.now()) {
        return { status: 404, body: { ok: false, error: 'expired_url' } };
      }
      target.uses += 1;
      try {
        respond(path, readArguments(request), 'response_url');
        return { status: 200, body: 'ok' };
      } catch (thrown) {
        return toFailedAnswer(thrown, {}, 400);
      }
    },
    expireAll() {
      for (const target of urls.values()) target.expiresAt = 0;
    },
  };
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
