import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { EarlierTicket, ReadMessage } from './ports/message-reader.ts';
import type { StepContext, TicketStep } from './step-context.ts';
import { summarise, summariseMarkup } from './summary.ts';

/** Times that a look beside a message is tried again before the ticket is filed without. */
const mostLooks = 2;

/** Steps of a ticket that is made of a message: to read it, and to see whether it has a ticket already. */
export function createMessageSteps({ messenger, save, offer, explain, onError }: StepContext): {
  readMessage: TicketStep;
  /** The ticket where another one, or this very request on another desktop, has the message; null: it is to be filed. */
  endIfFiled(ticket: Ticket): Promise<Ticket | null>;
} {
  async function readMessage(ticket: Ticket): Promise<Ticket> {
    try {
      const { text, markup, files, ...about } = await messenger().readMessage(ticket);
      // What a person entered into a form stays as it is.
      const isEntered = ticket.door === 'form' && ticket.text !== '';
      const words = isEntered ? {} : wordsOf({ text, markup, files });
      return await save(ticket, { ...about, ...words, files });
    } catch (thrown) {
      const error = toAppError(thrown);
      const { code, message } = error;
      // Nobody at this desktop can do anything about a message that is gone, or that says nothing.
      if (code !== 'not_found' && code !== 'invalid_input') throw error;
      const ended = await save(ticket, { status: 'failed', step: 'done', error: { code, message } });
      explain(ended, error);
      return ended;
    }
  }

  /** An earlier ticket of the message, as far as its thread can be read: that alone keeps nobody's ticket from Jira. */
  async function earlierOf(ticket: Ticket): Promise<EarlierTicket | null> {
    try {
      return await messenger().earlierTicket(ticket);
    } catch (thrown) {
      const error = toAppError(thrown);
      const passes = reactionTo(error.code) === 'retry' && !error.isHeldBack;
      if (passes && ticket.attempts < mostLooks) throw error;
      onError(error, ticket.requestId);
      return null;
    }
  }

  return {
    readMessage,

    async endIfFiled(ticket) {
      if (ticket.sourceMessage === null) return null;
      const earlier = await earlierOf(ticket);
      if (earlier === null) return null;
      const { requestId, announcement, issueKey, issueUrl, issueType } = earlier;
      if (requestId === ticket.requestId && issueKey !== null) {
        // Slack delivered it to another desktop too, which has done the rest.
        const filed = { issueKey, issueUrl, issueType, announcement };
        return save(ticket, { ...filed, status: 'created', step: 'announced' });
      }
      const message = `The message has the ticket ${issueKey ?? 'of another request'} already, made on another desktop.`;
      const error = { code: 'invalid_input', message } as const;
      const ended = await save(ticket, { status: 'failed', step: 'done', error });
      offer(ended, earlier);
      return ended;
    },
  };
}

/** What a message without words says is what its files are called. Throws `invalid_input` where it has none either. */
function wordsOf({ text, markup, files }: Pick<ReadMessage, 'text' | 'markup' | 'files'>) {
  const summary = markup === null ? summarise(text) : summariseMarkup(markup, text);
  if (summary !== '') return { text, markup, summary };
  const names = files.map(({ name }) => name).join('\n');
  if (summarise(names) === '') {
    throw new AppError('invalid_input', 'The message has no words that a ticket could be made of.');
  }
  return { text: names, markup: null, summary: summarise(names) };
}
