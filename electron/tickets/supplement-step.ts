import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import { type Classification, supplements as inOrder, type Supplement, type Ticket } from '../../shared/ticket.ts';
import { draftOf } from './destination.ts';
import { troubleWith, withNote } from './follow-issues.ts';
import { knownFiles } from './known-files.ts';
import { showTicket } from './show-ticket.ts';
import type { StepContext, TicketStep } from './step-context.ts';

/** What an issue lacks that could not get a part of it, in words for people. */
const missing: Record<Supplement, (key: string) => string> = {
  property: (key) => `${key} could not be marked as this ticket’s.`,
  description: (key) => `The text of the ticket could not be added to ${key} as a comment. Add it there by hand.`,
  rest: (key) => `The whole text could not be attached to ${key}. Add the rest of it there by hand.`,
  files: (key) => `The files of the message could not be attached to ${key}. Add them there by hand.`,
};

const notYet = 'Jira has not answered, and does not show yet what the issue lacked.';

/**
 * Step that puts one part on an issue which its create did not take: the tracker looks first whether it is there. `beside`:
 * has all parts put there while another step of a ticket that failed in nothing yet waits for its turn. What fails then is
 * left to the step itself.
 */
export function createSupplementStep({ tracker, messenger, people, files, rules, onError, save }: StepContext): {
  supplement: TicketStep;
  beside(step: TicketStep): TicketStep;
} {
  /**
   * Times until which what was sent may still take effect, on performance.now()'s clock: a click in between must not have
   * it sent again.
   */
  const openUntil = new Map<string, number>();

  /** Has the tracker put a part on the issue. `due`: what is due because of it; `lacking`: what is not there all the same. */
  async function put(
    part: Supplement,
    key: string,
    ticket: Ticket & { classification: Classification },
  ): Promise<{ due: readonly Supplement[]; lacking: string | null }> {
    const draftWith = (known: Ticket['files']) => draftOf({ ...ticket, files: known }, rules(), people(), files());
    if (part === 'files') {
      return { due: [], lacking: await tracker().attachFiles(key, draftWith(await knownFiles(ticket, files()))) };
    }
    const draft = draftWith(part === 'description' ? await knownFiles(ticket, files()) : ticket.files);
    return { due: await tracker().supplement(key, part, draft), lacking: null };
  }

  async function supplement(ticket: Ticket): Promise<Ticket> {
    const { issueKey, classification, requestId } = ticket;
    const part = inOrder.find((each) => ticket.supplements.includes(each));
    if (part === undefined || issueKey === null) throw new AppError('bug', 'There is nothing to add to an issue.');
    const without = (known: Ticket) => known.supplements.filter((each) => each !== part);
    // Nobody has the words any more.
    if (classification === null) return save(ticket, (known) => ({ supplements: without(known) }));
    const openMs = (openUntil.get(requestId) ?? 0) - performance.now();
    if (openMs > 0) throw new AppError('unconfirmed', notYet, { retryAfterMs: openMs });
    openUntil.delete(requestId);
    try {
      const { due, lacking } = await put(part, issueKey, { ...ticket, classification });
      const noted = await save(ticket, (known) => ({
        supplements: [...new Set([...without(known), ...due])],
        ...(lacking === null ? {} : withNote(known, lacking)),
      }));
      if (lacking !== null && noted.announcement !== null) await showNote(noted);
      return noted;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'unconfirmed') {
        const retryAfterMs = error.openForMs ?? rules().jira.lookForSeconds * 1000;
        openUntil.set(requestId, performance.now() + retryAfterMs);
        throw new AppError(error.code, error.message, { cause: error.cause, retryAfterMs });
      }
      if (reactionTo(error.code) !== 'give_up') throw error;
      onError(error, requestId);
      const trouble = await troubleWith(issueKey, error, tracker());
      const noted = await save(ticket, (known) => ({
        supplements: without(known),
        ...withNote(known, trouble ?? `${missing[part](issueKey)} ${error.message}`),
      }));
      if (noted.announcement !== null) await showNote(noted);
      return noted;
    }
  }

  /** A courtesy, since the window has the note. */
  async function showNote(noted: Ticket): Promise<void> {
    await showTicket(noted, messenger()).catch((refused) => onError(toAppError(refused), noted.requestId));
  }

  /** All parts, as far as that goes; null where none was put there. */
  async function supplementAll(ticket: Ticket): Promise<Ticket | null> {
    let latest: Ticket | null = null;
    try {
      for (let known = ticket; known.supplements.length > 0; known = latest) latest = await supplement(known);
    } catch {
      // The step meets it again, and tells.
    }
    return latest;
  }

  function beside(step: TicketStep): TicketStep {
    return async (ticket) => {
      // What is stored says that nothing is wrong, and an error may be the only sign of a message that was posted.
      if (ticket.error !== null) return step(ticket);
      const supplementing = supplementAll(ticket);
      const done = await step(ticket).finally(() => supplementing);
      const supplemented = await supplementing;
      if (supplemented === null) return done;
      const { note, supplements } = supplemented;
      const known = { ...done, note, supplements };
      // The message was made without it.
      if (note !== ticket.note) await showNote(known);
      return known;
    };
  }

  return { supplement, beside };
}
