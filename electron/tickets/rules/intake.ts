import { demandMayFile, filingWindowMs } from '../../../shared/filing-limit.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { unknownSource } from '../ports/classifier.ts';
import type { IntakeRules, NewRequest, UnsavedTicket } from '../ports/ticket-store.ts';
import { blankTicket } from './blank-ticket.ts';
import { claimFor } from './claim.ts';

/** Facts that a store looks up to judge a request, in the transaction that writes it. */
export interface IntakeFacts {
  /** The ticket of this very request. */
  known: Ticket | null;
  /** The newest ticket of the request's message, whoever asked and by whatever door; null also where there is no message. */
  ofMessage: Ticket | null;
  /** This person's tickets with the same text since `alikeFrom`, newest first. */
  alike: readonly Ticket[];
  /**
   * Moment (ISO 8601) of the person's last ticket but `mostPerMinute - 1`, of those that this desktop took (origin
   * `desk`) for this team after `filedAfter` and up to now; null where there are not so many.
   */
  mostFiledAt: string | null;
}

/** Outcome of a request, before it is stored. */
type Judgement = { outcome: 'known' | 'duplicate'; ticket: Ticket } | { outcome: 'new'; ticket: UnsavedTicket };

/** Moments to which a store looks back for a request of this one; ISO 8601, null where it need not look. */
export function lookBack(
  { duplicateWithinMs = 0, mostPerMinute = 0 }: IntakeRules,
  at: string,
): { alikeFrom: string | null; filedAfter: string | null } {
  return {
    alikeFrom: duplicateWithinMs > 0 ? earlier(at, duplicateWithinMs) : null,
    filedAfter: mostPerMinute > 0 ? earlier(at, filingWindowMs) : null,
  };
}

/**
 * Says whether a request is a new ticket: not where it comes again, nor where its message has one, nor where it repeats a
 * command of moments ago. A clock that was set back leaves tickets of the future, which count as neither. Throws `rate_limited` where its person
 * has filed as many as one may.
 */
export function judgeRequest(
  request: NewRequest,
  rules: IntakeRules,
  { known, ofMessage, alike, mostFiledAt }: IntakeFacts,
  at: string,
): Judgement {
  if (known !== null) return { outcome: 'known', ticket: known };
  if (ofMessage !== null && isTaken(ofMessage) && rules.mayRepeatMessage !== true) {
    return { outcome: 'duplicate', ticket: ofMessage };
  }
  const { alikeFrom } = lookBack(rules, at);
  const duplicate = alikeFrom === null ? undefined : alike.find((ticket) => repeats(request, ticket, alikeFrom, at));
  if (duplicate !== undefined) return { outcome: 'duplicate', ticket: duplicate };
  const most = rules.mostPerMinute ?? 0;
  if (most > 0 && mostFiledAt !== null) demandMayFile(most, Date.parse(mostFiledAt), Date.parse(at));
  const { claimedBy } = rules;
  const claim = claimedBy === undefined ? null : claimFor(claimedBy, at);
  return { outcome: 'new', ticket: { ...receivedTicket(request, at), claim } };
}

/** Whether a message's ticket is one, or may become one: not where it ended without an issue. */
function isTaken({ status, step, issueKey }: Ticket): boolean {
  return status !== 'failed' || issueKey !== null || step === 'creating' || step === 'unconfirmed';
}

/**
 * Whether a request repeats a ticket of the time between: a second Enter, or a command of which nobody saw an answer.
 */
function repeats({ team, user, channel, text, door }: NewRequest, ticket: Ticket, from: string, to: string): boolean {
  // Two messages that people point at are two, whatever they say; and what is not read yet says nothing.
  if (door === 'reaction' || door === 'message' || text === '') return false;
  const isSame = ticket.team === team && ticket.user === user && ticket.channel === channel && ticket.text === text;
  return isSame && ticket.status !== 'failed' && ticket.createdAt >= from && ticket.createdAt <= to;
}

function receivedTicket({ label, ...request }: NewRequest, at: string): UnsavedTicket {
  return {
    ...blankTicket,
    ...request,
    classification: label === null ? null : { ...unknownSource, label, source: 'person' },
    origin: 'desk',
    status: 'received',
    step: label === null ? 'received' : 'classified',
    createdAt: at,
    updatedAt: at,
  };
}

function earlier(at: string, ms: number): string {
  return new Date(Date.parse(at) - ms).toISOString();
}
