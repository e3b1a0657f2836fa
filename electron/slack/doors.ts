import { type AppError, toAppError } from '../../shared/errors.ts';
import type { NewRequest } from '../tickets/ports/ticket-store.ts';
import { summariseMarkup } from '../tickets/summary.ts';
import type { TicketService } from '../tickets/ticket-service.ts';
import type { Alone } from './alone.ts';
import { section } from './blocks.ts';
import * as replies from './replies.ts';
import { decodeSlackText, sentMarkup } from './text.ts';

/** Requests that come by a message: what all such doors do with them. */
export interface Doors {
  /**
   * Writes the request down and has the rest done in the background. `isAgain`: Slack delivers it once more. Throws
   * `storage_failed` where it could not be written.
   */
  take(request: NewRequest, isAgain?: boolean): Promise<void>;
  /** Tells who asked, alone, in the background. */
  say(request: NewRequest, words: string): void;
}

export interface DoorsDeps {
  tickets: TicketService;
  alone: Alone;
  onError(error: AppError): void;
  /**
   * Wait before work on a request that was delivered before, maybe to another desktop, in milliseconds: by then that one
   * has announced it, where this one can see it.
   */
  deliveredAgainMs: number;
}

/** What stands in place of a summary until the message is read. */
const unreadSummary = 'A message in Slack';

/** Words of a request that are known. */
export function knownWords(sent: string): Pick<NewRequest, 'text' | 'markup' | 'summary'> {
  const markup = sentMarkup(sent).trim();
  const text = decodeSlackText(markup).trim();
  return { text, markup, summary: summariseMarkup(markup, text) || unreadSummary };
}

/** Words of a request that are still to be read. */
export const unreadWords = { text: '', markup: null, summary: unreadSummary } as const;

export function createDoors({ tickets, alone, onError, deliveredAgainMs }: DoorsDeps): Doors {
  const note = (thrown: unknown) => onError(toAppError(thrown));
  const tell = (...given: Parameters<Alone['tell']>) => void alone.tell(...given).catch(note);

  function say(request: NewRequest, words: string): void {
    tell(request, { text: words, blocks: [section(words)] });
  }

  return {
    say,

    async take(request, isAgain = false) {
      const { team, channel, sourceMessage, door, user } = request;
      try {
        const { outcome, ticket } = await tickets.receive(request, isAgain);
        // A second person's emoji is the same request, and yet somebody asks.
        const isOthers = outcome === 'known' && ticket.user !== user;
        if (sourceMessage !== null && (outcome === 'duplicate' || isOthers)) {
          const { ts, threadTs } = sourceMessage;
          const again = { request: ticket.requestId, team, channel, ts, threadTs };
          const isSameMessage = ticket.sourceMessage?.ts === ts;
          const message = isSameMessage ? replies.messageHasTicket(ticket, again) : replies.duplicateOf(ticket);
          tell(request, message, { hasThread: isSameMessage });
        }
        if (outcome === 'duplicate') return;
        tickets.enqueue(ticket.requestId, isAgain && outcome === 'new' && door !== 'message' ? deliveredAgainMs : 0);
      } catch (thrown) {
        const error = toAppError(thrown);
        // Nothing is kept of one too many, and nobody is to send it again.
        if (error.code !== 'rate_limited') throw error;
        say(request, replies.notReceived(error));
      }
    },
  };
}
