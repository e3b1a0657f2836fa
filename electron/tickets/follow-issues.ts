import { type AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { IssuePlace, IssueTracker } from './ports/issue-tracker.ts';
import type { TicketChange } from './ports/ticket-store.ts';
import { sentences } from './sentences.ts';
import { showTicket } from './show-ticket.ts';
import type { TicketStepDeps } from './step-context.ts';

/** Change of a ticket whose issue has moved, or whose project has another key; null where it is in its place. */
export function movedTo({ issueKey }: Ticket, { key, url, issueType }: IssuePlace): TicketChange | null {
  return issueKey === null || issueKey === key ? null : { issueKey: key, issueUrl: url, issueType };
}

/**
 * What a person should know of an issue that this program made, and that the tracker refused: that it is deleted, or
 * archived, which the tracker itself says. Null for any other refusal.
 */
export async function troubleWith(
  key: string,
  { code, message }: AppError,
  tracker: Pick<IssueTracker, 'isGone'>,
): Promise<string | null> {
  // In most languages of Jira the word is alike.
  if (/archi[vw]/i.test(message)) return message;
  const isGone = code === 'not_found' && (await tracker.isGone(key).catch(() => false));
  return isGone ? deletedWords(key) : null;
}

export function deletedWords(key: string): string {
  return `${key} was deleted in Jira.`;
}

/** Adds a note to those that there are; null where it says nothing new. */
export function withNote({ note }: Ticket, said: string): TicketChange | null {
  return note?.includes(said) ? null : { note: sentences(note, said) };
}

/** What the tracker says of a ticket's issue, on the message and in the row. */
export interface FollowIssues {
  /**
   * Shows a change on the ticket's message and stores it then, so that a message that cannot be rewritten just now has
   * its turn again. Throws what only the moment refuses.
   */
  follow(ticket: Ticket, changeOf: (ticket: Ticket) => TicketChange | null): Promise<Ticket>;
}

export function createFollowIssues({
  log,
  messenger,
  onChange,
  onError,
}: Pick<TicketStepDeps, 'log' | 'messenger' | 'onChange' | 'onError'>): FollowIssues {
  async function show(ticket: Ticket): Promise<void> {
    if (ticket.step !== 'announced' && ticket.step !== 'done') return;
    try {
      await showTicket(ticket, messenger());
    } catch (thrown) {
      const error = toAppError(thrown);
      if (reactionTo(error.code) !== 'give_up') throw error;
      onError(error, ticket.requestId);
    }
  }

  return {
    async follow(ticket, changeOf) {
      const change = changeOf(ticket);
      if (change === null) return ticket;
      await show({ ...ticket, ...change });
      const followed = await log.update(ticket.requestId, changeOf);
      onChange(followed);
      return followed;
    },
  };
}
