import { type ErrorCode, toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { type FollowIssues, movedTo } from './follow-issues.ts';
import { isOverwritten, mergedWith, storedCorrection } from './merge-remote.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import type { TicketUpkeep } from './ports/ticket-upkeep.ts';
import type { TicketStepDeps } from './step-context.ts';

export interface RemoteSyncDeps extends Pick<TicketStepDeps, 'tracker' | 'onChange' | 'onError'> {
  log: Pick<TicketStore, 'update'> & Pick<TicketUpkeep, 'undecided' | 'decidedSince'>;
  follow: FollowIssues['follow'];
  /** Goes on with a ticket that was changed. */
  schedule(ticket: Ticket): void;
  isStopped(): boolean;
}

/**
 * Time for which desktops look again, in milliseconds: of two that decide at once each may have read before the other
 * wrote.
 */
const rereadForMs = 3 * 60_000;
/** What says nothing of the tickets that were read. */
const passing: ReadonlySet<ErrorCode> = new Set(['unavailable', 'rate_limited', 'unauthorized']);
/** Messages that are rewritten at a call, at most: a project whose key changes has many. The others have their turn later. */
const mostMoved = 20;

/**
 * Takes over what was decided and corrected on other desktops, once at a time: at each call of the tickets that were decided just now,
 * and of a page of those that wait, so that all have their turn however many there are.
 */
export function createRemoteSync({ log, tracker, onChange, onError, follow, schedule, isStopped }: RemoteSyncDeps) {
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

  /** Reads marks; `onTurn`: these tickets had their turn. In a moment's trouble they have not. */
  async function readMarks(asked: { requestId: string; key: string }[], onTurn: () => void) {
    try {
      const found = asked.length === 0 ? new Map<string, never>() : await tracker().readMarks(asked);
      onTurn();
      return found;
    } catch (thrown) {
      if (!passing.has(toAppError(thrown).code)) onTurn();
      throw thrown;
    }
  }

  /** The look that goes on now: where the tracker is slow, it takes longer than until the next call. */
  let running: Promise<void> | null = null;

  async function mergeRemote(): Promise<void> {
    const at = new Date(Date.now() - rereadForMs).toISOString();
    // Tickets of each kind that are read at a call, at most.
    const mostAtOnce = await tracker().marksAtOnce();
    const decided = await log.decidedSince({ at, limit: mostAtOnce });
    const waiting = await log.undecided({ after: lastRead, limit: mostAtOnce });
    const upTo = waiting.length < mostAtOnce ? null : (waiting.at(-1)?.id ?? null);
    const tickets = [...decided, ...waiting];
    const asked = tickets.flatMap(({ requestId, issueKey: key }) => (key === null ? [] : { requestId, key }));
    const found = await readMarks(asked, () => {
      lastRead = upTo;
    });
    let moved = 0;
    for (const known of tickets) {
      const { requestId } = known;
      const issue = found.get(requestId);
      if (issue === undefined || isStopped()) continue;
      const stored = issue.marks;
      if (movedTo(known, issue.place) !== null && moved < mostMoved) {
        moved += 1;
        await follow(known, (fresh) => movedTo(fresh, issue.place)).catch((thrown) =>
          onError(toAppError(thrown), requestId),
        );
      }
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
  }

  return () => {
    running ??= mergeRemote().finally(() => {
      running = null;
    });
    return running;
  };
}
