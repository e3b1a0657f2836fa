import type { EarlierTicket } from '../../electron/tickets/ports/message-reader.ts';
import type { Messenger } from '../../electron/tickets/ports/messenger.ts';
import { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';

/** What somebody can read. */
export interface FakeMessage {
  /** `channel`: everybody in it; `requester`: one person. */
  to: 'channel' | 'requester';
  requestId: string;
  kind: 'announcement' | 'explanation' | 'question' | 'code' | 'earlier';
  hasButtons: boolean;
  text: string;
}

export interface FakeMessenger extends Messenger {
  messages: FakeMessage[];
  /** What people wrote, by its `ts`, which tickets may be made of. */
  written: Map<string, { text: string; author: string }>;
  /** Channels that the app may not post in. */
  closedChannels: Set<string>;
  /**
   * Others have their turn in this channel, or with this person, first: announcements, or direct explanations, wait until
   * what is returned is called.
   */
  holdChannel(channel: string): () => void;
  /** Ids of people whom nobody knows. */
  strangers: Set<string>;
  /** The app may not read the channels. */
  isBlind: boolean;
  /** The next call for which there is no failure yet fails; `after` it took effect, as when only the answer is lost. */
  failNext(error: AppError, moment?: 'before' | 'after'): void;
}

/** A messenger in memory. */
export function createFakeMessenger(): FakeMessenger {
  const messages: FakeMessage[] = [];
  const written: FakeMessenger['written'] = new Map();
  /** Announcements by the message that the ticket was made of. */
  const beside = new Map<string, EarlierTicket[]>();
  const closedChannels = new Set<string>();
  const strangers = new Set<string>();
  const held = new Map<string, Promise<void>>();
  const failures: { error: AppError; moment: 'before' | 'after' }[] = [];

  function failIfAsked(moment: 'before' | 'after' = 'before'): void {
    if (failures[0]?.moment === moment) throw failures.shift()?.error;
  }

  /** The channel's turn, or the signal's reason where that comes first. */
  async function turnIn(channel: string, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const turn = held.get(channel);
    if (turn === undefined) return;
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      void turn.then(resolve);
    });
  }

  function post(ticket: Ticket, message: Omit<FakeMessage, 'requestId'>): string {
    messages.push({ ...message, requestId: ticket.requestId });
    return String(messages.length);
  }

  const fake: FakeMessenger = {
    messages,
    written,
    closedChannels,
    strangers,
    isBlind: false,
    failNext(error, moment = 'before') {
      failures.push({ error, moment });
    },
    holdChannel(channel) {
      let free = () => {};
      const turn = new Promise<void>((resolve) => {
        free = resolve;
      });
      held.set(channel, turn);
      return () => {
        held.delete(channel);
        free();
      };
    },
    async announce(ticket, signal) {
      await turnIn(ticket.channel, signal);
      failIfAsked();
      const isClosed = closedChannels.has(ticket.channel);
      const to = isClosed ? 'requester' : 'channel';
      const ts = post(ticket, {
        to,
        kind: 'announcement',
        hasButtons: true,
        text: `${ticket.issueKey} ${ticket.summary}`,
      });
      const { requestId, issueKey, issueUrl, issueType, sourceMessage, channel } = ticket;
      if (!isClosed && sourceMessage !== null) {
        const announcement = { via: 'channel', channel, ts } as const;
        const others = beside.get(sourceMessage.ts) ?? [];
        beside.set(sourceMessage.ts, [...others, { requestId, issueKey, issueUrl, issueType, announcement }]);
      }
      failIfAsked('after');
      return isClosed
        ? { via: 'response_url', channel: null, ts: null }
        : { via: 'channel', channel: ticket.channel, ts };
    },
    async announcePrivately(ticket, signal) {
      signal?.throwIfAborted();
      failIfAsked();
      const text = `${ticket.issueKey} ${ticket.summary}`;
      post(ticket, { to: 'requester', kind: 'announcement', hasButtons: true, text });
      return { via: 'response_url', channel: null, ts: null };
    },
    async findAnnouncement(ticket) {
      failIfAsked();
      if (fake.isBlind || closedChannels.has(ticket.channel)) throw new AppError('forbidden', 'The app may not look.');
      const index = messages.findIndex(
        ({ to, kind, requestId }) => to === 'channel' && kind === 'announcement' && requestId === ticket.requestId,
      );
      return index < 0 ? null : { via: 'channel', channel: ticket.channel, ts: String(index + 1) };
    },
    async showDecision(ticket) {
      failIfAsked();
      if (ticket.announcement === null) return;
      const { ts } = ticket.announcement;
      const seenByOne = ({ to, kind, requestId }: FakeMessage) =>
        to === 'requester' && kind === 'announcement' && requestId === ticket.requestId;
      const message = ts === null ? messages.find(seenByOne) : messages[Number(ts) - 1];
      if (!message) throw new AppError('not_found', 'The message is gone.');
      message.hasButtons = false;
      message.text = `${message.text} ${ticket.decision?.status} by ${ticket.decision?.by}`;
    },
    async showLabel(ticket) {
      failIfAsked();
      if (ticket.announcement === null) return;
      const message = messages[Number(ticket.announcement.ts) - 1];
      if (!message) throw new AppError('not_found', 'The message is gone.');
      message.text = `${message.text} now ${ticket.classification?.label}`;
    },
    async permalink({ announcement }) {
      failIfAsked();
      if (announcement === null || announcement.channel === null || announcement.ts === null) return null;
      if (messages[Number(announcement.ts) - 1] === undefined) throw new AppError('not_found', 'The message is gone.');
      return `https://slack.example/archives/${announcement.channel}/p${announcement.ts}`;
    },
    async sendCode(user, code) {
      failIfAsked();
      if (strangers.has(user)) throw new AppError('not_found', 'Nobody knows this person.');
      messages.push({ to: 'requester', requestId: '', kind: 'code', hasButtons: false, text: code });
    },
    async askForFields(ticket, names, signal) {
      signal?.throwIfAborted();
      failIfAsked();
      post(ticket, { to: 'requester', kind: 'question', hasButtons: true, text: names.join(', ') });
      return { via: 'response_url', channel: null, ts: null };
    },
    async explain(ticket, error, signal) {
      signal?.throwIfAborted();
      if (ticket.responseUrl === null) await turnIn(ticket.user, signal);
      failIfAsked();
      post(ticket, { to: 'requester', kind: 'explanation', hasButtons: false, text: error.message });
    },
    async showEarlier(ticket, earlier, signal) {
      signal?.throwIfAborted();
      failIfAsked();
      post(ticket, { to: 'requester', kind: 'earlier', hasButtons: true, text: `${earlier.issueKey}` });
    },
    channelNameOf: async ({ channelName }) => channelName,
    async readMessage({ sourceMessage, text, markup, files, userName, channelName }) {
      failIfAsked();
      if (sourceMessage === null) throw new AppError('bug', 'There is no message.');
      const found = written.get(sourceMessage.ts);
      if (markup === null && found === undefined) throw new AppError('not_found', 'The message is gone.');
      const words = markup === null ? (found?.text ?? '') : text;
      const url = `https://slack.example/archives/p${sourceMessage.ts}`;
      const author = found?.author ?? sourceMessage.author;
      return {
        text: words,
        markup: markup ?? words,
        files,
        userName,
        channelName,
        sourceMessage: { ...sourceMessage, author, url },
      };
    },
    async earlierTicket({ sourceMessage, requestId }) {
      failIfAsked();
      const there = sourceMessage === null ? [] : (beside.get(sourceMessage.ts) ?? []);
      return there.find((each) => each.requestId === requestId) ?? there.at(-1) ?? null;
    },
  };
  return fake;
}
