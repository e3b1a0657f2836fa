import type { Decision } from '../../shared/ticket.ts';
import type { NewRequest, TicketClick } from '../tickets/ports.ts';
import type { UnsavedTicket } from './ticket-rows.ts';

const blank = {
  userName: null,
  channelName: null,
  text: '',
  summary: '',
  responseUrl: null,
  classification: null,
  issueType: null,
  note: null,
  issueId: null,
  issueKey: null,
  issueUrl: null,
  decision: null,
  announcement: null,
  error: null,
  attempts: 0,
  nextTryAt: null,
} as const;

/** A request as it enters the log; `at` is ISO 8601. */
export function receivedTicket(request: NewRequest, at: string): UnsavedTicket {
  return { ...blank, ...request, status: 'received', step: 'received', createdAt: at, updatedAt: at };
}

/** A ticket that another desktop made and announced; its words are not known here. */
function clickedTicket(click: TicketClick, at: string): UnsavedTicket {
  return { ...blank, ...click, status: 'created', step: 'announced', createdAt: at, updatedAt: at };
}

/** The ticket after its first decision. `known`: its row, null where this desktop never handled the request. */
export function decidedTicket(
  known: UnsavedTicket | null,
  click: TicketClick,
  decision: Decision,
  at: string,
): UnsavedTicket {
  const ticket = known ?? clickedTicket(click, at);
  const { announcement, responseUrl } =
    ticket.announcement === null || ticket.announcement.via === 'response_url' ? click : ticket;
  return { ...ticket, announcement, responseUrl, status: decision.status, decision, updatedAt: at };
}
