import { isDeepStrictEqual } from 'node:util';
import { standsAgainst } from '../../shared/decision-order.ts';
import type { Announcement, Decision, Ticket } from '../../shared/ticket.ts';
import type { TicketStore, UnsavedTicket } from './ports/ticket-store.ts';
import { blankTicket } from './rules/blank-ticket.ts';

/** A click on a ticket's message, with all that a desktop needs that never handled the request. */
export interface TicketClick {
  requestId: string;
  team: string;
  /** Slack id of who asked, as the button's value says. */
  user: string;
  channel: string;
  issueKey: string;
  issueType: string | null;
  issueUrl: string | null;
  summary: string;
  /** The message that was clicked; null where a decision in the window knows of none. */
  announcement: Announcement | null;
  responseUrl: string | null;
}

export interface DecisionReceipt {
  accepted: boolean;
  ticket: Ticket;
}

/**
 * Stores a decision. `accepted` is false, and the ticket unchanged, where there is one that stands
 * (`decision-order.ts`). A ticket at `done` goes back to `announced`.
 */
export async function storeDecision(
  store: Pick<TicketStore, 'upsert'>,
  click: TicketClick,
  decision: Decision,
): Promise<DecisionReceipt> {
  let accepted = false;
  const ticket = await store.upsert(click.requestId, (known, at) => {
    accepted = !known?.decision || standsAgainst(decision, known.decision);
    return accepted ? decidedTicket(known, click, decision, at) : null;
  });
  return { accepted, ticket };
}

/** Stores what a click tells of a ticket, which another desktop may have filed. */
export function storeClick(store: Pick<TicketStore, 'upsert'>, click: TicketClick): Promise<Ticket> {
  return store.upsert(click.requestId, (known, at) => {
    const told = toldBy(click, known, at);
    return isDeepStrictEqual(told, known) ? null : told;
  });
}

function decidedTicket(known: Ticket | null, click: TicketClick, decision: Decision, at: string): UnsavedTicket {
  const ticket = toldBy(click, known, at);
  const step = ticket.step === 'done' ? 'announced' : ticket.step;
  return { ...ticket, status: decision.status, step, decision };
}

/** The known ticket with what it lacks and a click tells; where it is not known, all that the click tells. */
function toldBy(click: TicketClick, known: Ticket | null, at: string): UnsavedTicket {
  if (known !== null) return completedTicket(known, click);
  return {
    ...blankTicket,
    ...click,
    origin: 'click',
    status: 'created',
    step: 'announced',
    createdAt: at,
    updatedAt: at,
  };
}

/**
 * Takes over what a known ticket lacks; the message and reply address where it knows no message, or one that can only
 * be rewritten through the click's own address.
 */
function completedTicket(known: Ticket, click: TicketClick): UnsavedTicket {
  const { announcement, responseUrl } =
    known.announcement === null || known.announcement.via === 'response_url' ? click : known;
  const completed = {
    ...known,
    team: known.team || click.team,
    user: known.user || click.user,
    channel: known.channel || click.channel,
    summary: known.summary || click.summary,
    announcement,
    responseUrl,
  };
  if (known.issueKey !== null && known.issueKey !== click.issueKey) return completed;
  const issueUrl = known.issueUrl ?? click.issueUrl;
  const issueType = known.issueType ?? click.issueType;
  if (known.issueKey !== null) return { ...completed, issueUrl, issueType };
  // A row that is older than what was done: a message with buttons tells that the issue is there and announced.
  const isDiscarded = known.step === 'done' && known.decision === null;
  return {
    ...completed,
    ...{ issueKey: click.issueKey, issueUrl, issueType },
    ...(isDiscarded ? {} : { status: 'created', step: 'announced', error: null, attempts: 0, nextTryAt: null }),
  };
}
