import { toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { allTickets } from '../../shared/ticket-list.ts';
import { projectFor } from './destination.ts';
import { waitsForRequester } from './needs-attention.ts';
import type { ListedIssue } from './ports/issue-tracker.ts';
import type { TicketReader } from './ports/ticket-reader.ts';
import type { TicketChange, TicketStore } from './ports/ticket-store.ts';
import type { TicketStepDeps } from './step-context.ts';

export interface LearnCompletedDeps extends Pick<TicketStepDeps, 'tracker' | 'rules' | 'onChange' | 'onError'> {
  log: Pick<TicketStore, 'update'> & Pick<TicketReader, 'list'>;
  /** Milliseconds on a clock that nobody can set; the computer's where absent. */
  now?: () => number;
}

/** Time between two looks, in milliseconds: each is a search. */
const everyMs = 5 * 60_000;
const mostRead = 200;

/**
 * Looks, now and then, whether another desktop has filed what waits here for who asked: the button that asks them may lead
 * to any desktop. Only issues among the newest hundred of their project are seen.
 */
export function createLearnCompleted(deps: LearnCompletedDeps): () => Promise<void> {
  const { log, tracker, rules, onChange, onError, now = () => performance.now() } = deps;
  let notBefore = Number.NEGATIVE_INFINITY;

  async function learn(project: string, waiting: ReadonlyMap<string, Ticket>): Promise<void> {
    const { issues } = await tracker().listIssues(project, null);
    for (const issue of issues) {
      if (issue.requestId === null || !waiting.has(issue.requestId)) continue;
      onChange(await log.update(issue.requestId, (fresh) => (waitsForRequester(fresh) ? filedElsewhere(issue) : null)));
    }
  }

  return async () => {
    if (now() < notBefore) return;
    const unfinished = await log.list({ filter: { ...allTickets, view: 'unfinished' }, limit: mostRead });
    const waiting = new Map(unfinished.filter(waitsForRequester).map((ticket) => [ticket.requestId, ticket]));
    if (waiting.size === 0) return;
    notBefore = now() + everyMs;
    for (const project of new Set([...waiting.values()].map((ticket) => projectFor(ticket, rules())))) {
      // One that cannot be read keeps nothing from the others.
      await learn(project, waiting).catch((thrown) => onError(toAppError(thrown), project));
    }
  };
}

/** Change of a ticket that another desktop has filed, and announces. */
export function filedElsewhere({ id, key, url, issueType }: Pick<ListedIssue, 'id' | 'key' | 'url' | 'issueType'>) {
  return {
    ...{ issueId: id, issueKey: key, issueUrl: url, issueType },
    ...{ status: 'created', step: 'announced', announcement: null },
    ...{ error: null, attempts: 0, nextTryAt: null },
  } as const satisfies TicketChange;
}
