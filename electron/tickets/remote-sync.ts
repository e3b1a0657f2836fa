import { toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { isOverwritten, mergedWith, storedCorrection } from './merge-remote.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import type { TicketUpkeep } from './ports/ticket-upkeep.ts';
import type { TicketStepDeps } from './step-context.ts';

export interface RemoteSyncDeps extends Pick<TicketStepDeps, 'tracker' | 'onChange' | 'onError'> {
  log: Pick<TicketStore, 'update'> & Pick<TicketUpkeep, 'undecided' | 'decidedSince'>;
  /** Goes on with a ticket that was changed. */
  schedule(ticket: Ticket): void;
  isStopped(): boolean;
}

/**
 * Time for which desktops look again, in milliseconds: of two that decide at once each may have read before the other
 * wrote.
 */
const rereadForMs = 3 * 60_000;
/**
 * Takes over what was decided and corrected on other desktops: at each call of the tickets that were decided just now,
 * and of a page of those that wait, so that all have their turn however many there are.
 */
export function createRemoteSync({ log, tracker, onChange, onError, schedule, isStopped }: RemoteSyncDeps) {
  /** Id of the last waiting ticket whose marks were read; null: the next one is the first. */
  let lastRead: number | null = null;
  /**
   * Decisions that Jira got once more: neither an account that may not write there nor whoever writes over them is
   * fought.
   */
  const restored = new Set<string>();

  /** Stores on the issue, once, what this desktop knows; the row and the message say it already. */
  async function restore(ticket: Ticket): Promise<void> {
    const { requestId, issueKey, decision } = ticket;
    if (issueKey === null || decision === null || restored.has(requestId)) return;
    restored.add(requestId);
    await tracker()
      .recordDecision(issueKey, { ...decision, requestId, correction: storedCorrection(ticket) })
      .catch((thrown) => onError(toAppError(thrown), requestId));
  }

  return async function mergeRemote(): Promise<void> {
    const at = new Date(Date.now() - rereadForMs).toISOString();
    // Tickets of each kind that are read at a call, at most.
    const mostAtOnce = await tracker().marksAtOnce();
    const decided = await log.decidedSince({ at, limit: mostAtOnce });
    const waiting = await log.undecided({ after: lastRead, limit: mostAtOnce });
    lastRead = waiting.length < mostAtOnce ? null : (waiting.at(-1)?.id ?? null);
    const tickets = [...decided, ...waiting];
    const asked = tickets.flatMap(({ requestId, issueKey: key }) => (key === null ? [] : { requestId, key }));
    if (asked.length === 0) return;
    const marks = await tracker().readMarks(asked);
    for (const { requestId } of tickets) {
      const stored = marks.get(requestId);
      if (stored === undefined || isStopped()) continue;
      let isNews = false;
      const ticket = await log.update(requestId, (fresh) => {
        const change = mergedWith(fresh, stored);
        isNews = change !== null;
        return change;
      });
      if (isNews) {
        onChange(ticket);
        schedule(ticket);
      } else if (isOverwritten(ticket, stored)) await restore(ticket);
    }
  };
}
