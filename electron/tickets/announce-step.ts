import { AppError, toAppError } from '../../shared/errors.ts';
import type { Announcement, Ticket } from '../../shared/ticket.ts';
import type { StepContext, TicketStep } from './step-context.ts';

/** Step from created to announced: the message to the channel, which is not to be there twice. */
export function createAnnounceStep({ messenger, save, signal }: StepContext): {
  announce: TicketStep;
  /** Notes that this process has filed the ticket, so certainly nothing is posted yet. */
  notPosted(requestId: string): void;
  /** Forgets that nothing is posted: another process may have done so. */
  forgetNotPosted(requestId: string): void;
} {
  /**
   * Knowledge of this process about a ticket's message. `none`: certainly not posted. `failed`: Slack said so. `lost`:
   * no answer came; it may still appear until then, on performance.now()'s clock, which nobody can set.
   */
  const postings = new Map<string, { state: 'none' | 'failed' | 'lost'; until: number }>();

  function notPosted(requestId: string): void {
    postings.set(requestId, { state: 'none', until: 0 });
  }

  function forgetNotPosted(requestId: string): void {
    if (postings.get(requestId)?.state === 'none') postings.delete(requestId);
  }

  async function announce(ticket: Ticket): Promise<Ticket> {
    const announcement = await post(ticket);
    postings.delete(ticket.requestId);
    return save(ticket, { announcement, step: 'announced' });
  }

  /**
   * Posts the message; where that may have happened already it is looked for first, since posting is not idempotent
   * either.
   */
  async function post(ticket: Ticket): Promise<Announcement> {
    const { requestId, error } = ticket;
    const wasLost = error?.code === 'unconfirmed';
    const known = postings.get(requestId) ?? { state: wasLost ? 'lost' : 'failed', until: performance.now() };
    postings.set(requestId, known);
    if (known.state === 'none') return announceOnce(ticket);
    const found = await messenger()
      .findAnnouncement(ticket)
      .catch((thrown) => {
        if (toAppError(thrown).code !== 'forbidden') throw thrown;
        return 'unknown' as const;
      });
    if (found === 'unknown') {
      // After a lost answer not a second time for everybody; after a crash or a failure rather twice than never.
      return known.state === 'lost' ? messenger().announcePrivately(ticket, signal) : announceOnce(ticket);
    }
    if (found !== null) return found;
    if (performance.now() < known.until) {
      throw new AppError('unconfirmed', 'Slack has not answered, and does not show the message yet.');
    }
    return announceOnce(ticket);
  }

  async function announceOnce(ticket: Ticket): Promise<Announcement> {
    try {
      return await messenger().announce(ticket, signal);
    } catch (thrown) {
      const { code, openForMs } = toAppError(thrown);
      const isOpen = code === 'unconfirmed' || code === 'bad_response';
      const state = openForMs !== undefined ? 'lost' : isOpen ? 'failed' : 'none';
      postings.set(ticket.requestId, { state, until: performance.now() + (openForMs ?? 0) });
      throw thrown;
    }
  }

  return { announce, notPosted, forgetNotPosted };
}
