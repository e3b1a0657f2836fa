import type { AdoptedTicket, NewRequest } from '../tickets/ports.ts';
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
export function adoptedTicket(adopted: AdoptedTicket, at: string): UnsavedTicket {
  return { ...blank, ...adopted, status: 'created', step: 'announced', createdAt: at, updatedAt: at };
}
