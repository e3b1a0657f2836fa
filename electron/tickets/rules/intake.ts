import { demandMayFile, filingWindowMs } from '../../../shared/filing-limit.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { IntakeRules, NewRequest, UnsavedTicket } from '../ports/ticket-store.ts';
import { blankTicket } from './blank-ticket.ts';
import { claimFor } from './claim.ts';

/** What a store looks up to judge a request, in the transaction that writes it. */
export interface IntakeFacts {
  /** The ticket of this very request. */
  known: Ticket | null;
  /** This person's tickets with the same text since `alikeFrom`, newest first. */
  alike: readonly Ticket[];
  /** This person's tickets since `filedFrom`. */
  filed: readonly { team: string; origin: string; createdAt: string }[];
}

/** What becomes of a request. */
type Judgement = { outcome: 'known' | 'duplicate'; ticket: Ticket } | { outcome: 'new'; ticket: UnsavedTicket };

/** How far a store looks back for a request of this moment: ISO 8601, included; null where it need not look. */
export function lookBack(
  { duplicateWithinMs = 0, mostPerMinute = 0 }: IntakeRules,
  at: string,
): { alikeFrom: string | null; filedFrom: string | null } {
  return {
    alikeFrom: duplicateWithinMs > 0 ? earlier(at, duplicateWithinMs) : null,
    filedFrom: mostPerMinute > 0 ? earlier(at, filingWindowMs) : null,
  };
}

/**
 * Says whether a request is a new ticket: not where it comes again, nor where it repeats a command of moments ago. A
 * clock that was set back leaves tickets of the future, which count as neither. Throws `rate_limited` where its person
 * has filed as many as one may.
 */
export function judgeRequest(
  request: NewRequest,
  rules: IntakeRules,
  { known, alike, filed }: IntakeFacts,
  at: string,
): Judgement {
  if (known !== null) return { outcome: 'known', ticket: known };
  const { alikeFrom, filedFrom } = lookBack(rules, at);
  const duplicate = alikeFrom === null ? undefined : alike.find((ticket) => repeats(request, ticket, alikeFrom, at));
  if (duplicate !== undefined) return { outcome: 'duplicate', ticket: duplicate };
  if (filedFrom !== null) {
    const moments = filed
      .filter(({ team, origin, createdAt }) => team === request.team && origin === 'desk' && createdAt > filedFrom)
      .map(({ createdAt }) => Date.parse(createdAt))
      .filter((moment) => moment <= Date.parse(at));
    const most = rules.mostPerMinute ?? 0;
    demandMayFile(most, moments.sort((one, other) => other - one)[most - 1] ?? null, Date.parse(at));
  }
  const { claimedBy } = rules;
  const claim = claimedBy === undefined ? null : claimFor(claimedBy, at);
  return { outcome: 'new', ticket: { ...receivedTicket(request, at), claim } };
}

/** Whether a request repeats a ticket of the time between: a second Enter, or a command of which nobody saw an answer. */
function repeats({ team, user, channel, text }: NewRequest, ticket: Ticket, from: string, to: string): boolean {
  const isSame = ticket.team === team && ticket.user === user && ticket.channel === channel && ticket.text === text;
  return isSame && ticket.status !== 'failed' && ticket.createdAt >= from && ticket.createdAt <= to;
}

function receivedTicket(request: NewRequest, at: string): UnsavedTicket {
  return {
    ...blankTicket,
    ...request,
    origin: 'desk',
    status: 'received',
    step: 'received',
    createdAt: at,
    updatedAt: at,
  };
}

function earlier(at: string, ms: number): string {
  return new Date(Date.parse(at) - ms).toISOString();
}
