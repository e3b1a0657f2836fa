import type { Decision } from '../../shared/ticket.ts';
import {
  type ListedIssue,
  type NewRequest,
  type TicketChange,
  type TicketClick,
  unknownSource,
} from '../tickets/ports.ts';
import type { UnsavedTicket } from './ticket-rows.ts';

const blank = {
  userName: null,
  channelName: null,
  text: '',
  summary: '',
  responseUrl: null,
  classification: null,
  isUnsure: false,
  correction: null,
  issueType: null,
  wantedType: null,
  wantedProject: null,
  note: null,
  issueId: null,
  issueKey: null,
  issueUrl: null,
  sent: null,
  decision: null,
  announcement: null,
  error: null,
  attempts: 0,
  nextTryAt: null,
} as const;

/** A request as it enters the log; `at` is ISO 8601. */
export function receivedTicket(request: NewRequest, at: string): UnsavedTicket {
  return {
    ...blank,
    ...request,
    origin: 'desk',
    status: 'received',
    step: 'received',
    createdAt: at,
    updatedAt: at,
  };
}

/** A ticket that another desktop made and announced; its words are not known here. */
export function clickedTicket(click: TicketClick, at: string): UnsavedTicket {
  return {
    ...blank,
    ...click,
    origin: 'click',
    status: 'created',
    step: 'announced',
    createdAt: at,
    updatedAt: at,
  };
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
  const step = ticket.step === 'done' ? 'announced' : ticket.step;
  return { ...ticket, announcement, responseUrl, status: decision.status, step, decision, updatedAt: at };
}

/** What a request that was given up learns of the issue that it has after all; null where there is no such thing. */
export function foundIssue(known: UnsavedTicket, issue: ListedIssue): TicketChange | null {
  if (known.status !== 'failed' || known.issueKey !== null) return null;
  const { id: issueId, key: issueKey, url: issueUrl, issueType, decision } = issue;
  const found = { issueId, issueKey, issueUrl, issueType };
  if (decision !== null) return { ...found, decision, status: decision.status, step: 'done' };
  return { ...found, step: known.step === 'done' ? 'done' : 'created' };
}

/** An issue that only Jira told of; where it carries no request's id, it gets one that its site and key give. */
export function adoptedTicket(issue: ListedIssue, at: string): UnsavedTicket {
  const { requester, channel, decision } = issue;
  return {
    ...blank,
    origin: 'jira',
    requestId: issue.requestId ?? `jira-${new URL(issue.url).host}-${issue.key}`,
    team: '',
    user: requester?.id ?? '',
    userName: requester?.name ?? null,
    channel: channel?.id ?? '',
    channelName: channel?.name ?? null,
    summary: issue.summary,
    classification: issue.label === null ? null : { ...unknownSource, label: issue.label },
    issueType: issue.issueType,
    issueId: issue.id,
    issueKey: issue.key,
    issueUrl: issue.url,
    status: decision?.status ?? 'created',
    step: decision ? 'done' : 'announced',
    decision,
    // Lists are sorted by this text, so it must have the log's own form.
    createdAt: new Date(issue.createdAt).toISOString(),
    updatedAt: at,
  };
}
