import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { projectFor } from './destination.ts';
import { filedElsewhere } from './learn-completed.ts';
import type { CreatedIssue } from './ports/issue-tracker.ts';
import type { EarlierTicket, ReadMessage } from './ports/message-reader.ts';
import type { StepContext, TicketStep } from './step-context.ts';
import { summarise, summariseMarkup } from './summary.ts';

/** Times that a look for another desktop's ticket is tried again before the ticket is filed without. */
const mostLooks = 2;

/** What is said in the log alone: nobody waits for an answer. */
const notAsked = { code: 'invalid_input', message: 'The emoji does not file tickets in this channel.' } as const;

/** Steps of a ticket that is made of a message: to read it, and to see whether it has a ticket already. */
export function createMessageSteps({
  messenger,
  tracker,
  rules,
  isDeliveredAgain,
  update,
  save,
  offer,
  explain,
  onError,
}: StepContext): {
  readMessage: TicketStep;
  /** The ticket where another one, or this very request on another desktop, has the message; null: it is to be filed. */
  endIfFiled(ticket: Ticket): Promise<Ticket | null>;
} {
  /** Looks in a row that failed, by what was looked at and request id. The row counts its failures otherwise. */
  const failedLooks = new Map<string, number>();

  async function readMessage(ticket: Ticket): Promise<Ticket> {
    try {
      const read = await messenger().readMessage(ticket);
      if (read === null) return await save(ticket, { status: 'failed', step: 'done', error: notAsked });
      const { text, markup, files, ...about } = read;
      // What a person entered into a form stays as it is.
      const isEntered = ticket.door === 'form' && ticket.text !== '';
      const words = isEntered ? {} : wordsOf({ text, markup, files });
      return await save(ticket, { ...about, ...words, files });
    } catch (thrown) {
      // Somebody may have brought its words meanwhile, by a door that has them.
      const fresh = await update(ticket.requestId, () => null);
      if (ticket.text === '' && fresh.text !== '') return fresh;
      const error = toAppError(thrown);
      const { code, message } = error;
      // Nobody at this desktop can do anything about a message that is gone, or that says nothing.
      if (code !== 'not_found' && code !== 'invalid_input') throw error;
      const ended = await save(ticket, { status: 'failed', step: 'done', error: { code, message } });
      explain(ended, error);
      return ended;
    }
  }

  /** What a look finds; null where it does not succeed: that alone keeps nobody's ticket from Jira. */
  async function lookAt<Found>(
    where: 'message' | 'tracker',
    { requestId }: Ticket,
    look: () => Promise<Found | null>,
  ): Promise<Found | null> {
    const key = `${where} ${requestId}`;
    try {
      const found = await look();
      failedLooks.delete(key);
      return found;
    } catch (thrown) {
      const error = toAppError(thrown);
      // While the tracker is spared, nothing could be filed either.
      if (where === 'tracker' && error.isHeldBack) throw error;
      const failed = failedLooks.get(key) ?? 0;
      if (reactionTo(error.code) === 'retry' && failed < mostLooks) {
        failedLooks.set(key, failed + 1);
        throw error;
      }
      onError(error, requestId);
      return null;
    }
  }

  /** The issue that another desktop may have filed for this very request, and did not announce yet. */
  async function issueOf(ticket: Ticket): Promise<CreatedIssue | null> {
    const { requestId, createdAt: receivedAt, door, summary } = ticket;
    // Emojis of two people are one request, each of which may come to another desktop.
    if (door !== 'reaction' && !isDeliveredAgain(requestId)) return null;
    const project = projectFor(ticket, rules());
    const asked = { requestId, receivedAt, project, sent: null, isOpen: true, summary };
    return lookAt('tracker', ticket, async () => (await tracker().findCreated(asked)).issue);
  }

  return {
    readMessage,

    async endIfFiled(ticket) {
      if (ticket.sourceMessage === null) return null;
      const earlier = await lookAt<EarlierTicket>('message', ticket, () => messenger().earlierTicket(ticket));
      if (earlier === null) {
        const issue = await issueOf(ticket);
        if (issue === null) return null;
        // One that this desktop sent before may be its own, of which nobody was told.
        const step = ticket.sent === null ? 'announced' : 'created';
        return save(ticket, { ...filedElsewhere(issue), step });
      }
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
