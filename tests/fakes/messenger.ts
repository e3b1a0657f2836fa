import type { Messenger } from '../../electron/tickets/ports.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';

/** What somebody can read. */
export interface FakeMessage {
  /** `channel`: everybody in it; `requester`: one person. */
  to: 'channel' | 'requester';
  requestId: string;
  kind: 'announcement' | 'explanation';
  hasButtons: boolean;
  text: string;
}

export interface FakeMessenger extends Messenger {
  messages: FakeMessage[];
  /** Channels that the app may not post in. */
  closedChannels: Set<string>;
  failNext(error: AppError): void;
}

/** A messenger in memory. */
export function createFakeMessenger(): FakeMessenger {
  const messages: FakeMessage[] = [];
  const closedChannels = new Set<string>();
  let failure: AppError | null = null;

  function failIfAsked(): void {
    const error = failure;
    failure = null;
    if (error) throw error;
  }

  function post(ticket: Ticket, message: Omit<FakeMessage, 'requestId'>): string {
    messages.push({ ...message, requestId: ticket.requestId });
    return String(messages.length);
  }

  return {
    messages,
    closedChannels,
    failNext(error) {
      failure = error;
    },
    async announce(ticket) {
      failIfAsked();
      const isClosed = closedChannels.has(ticket.channel);
      const to = isClosed ? 'requester' : 'channel';
      const ts = post(ticket, {
        to,
        kind: 'announcement',
        hasButtons: true,
        text: `${ticket.issueKey} ${ticket.summary}`,
      });
      return isClosed
        ? { via: 'response_url', channel: null, ts: null }
        : { via: 'channel', channel: ticket.channel, ts };
    },
    async showDecision(ticket) {
      failIfAsked();
      const message = messages.find(({ kind, requestId }) => kind === 'announcement' && requestId === ticket.requestId);
      if (!message) return;
      message.hasButtons = false;
      message.text = `${message.text} ${ticket.decision?.status} by ${ticket.decision?.by}`;
    },
    async explain(ticket, error) {
      failIfAsked();
      post(ticket, { to: 'requester', kind: 'explanation', hasButtons: false, text: error.message });
    },
  };
}
