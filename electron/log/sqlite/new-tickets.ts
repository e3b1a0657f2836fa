import type { Decision } from '../../../shared/ticket.ts';
import { unknownSource } from '../../tickets/ports/classifier.ts';
import type { ListedIssue } from '../../tickets/ports/issue-tracker.ts';
import type { NewRequest, TicketChange, TicketClick } from '../../tickets/ports/ticket-log.ts';
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

/**
 * The known ticket with what it lacks and a click on its message says. The message and reply address are taken over
 * where it knows no message, or one that can only be rewritten through the click's own address.
 */
export function completedTicket<Known extends UnsavedTicket>(known: Known, click: TicketClick): Known {
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

/** The ticket after its first decision. `known`: its row, null where this desktop never handled the request. */
export function decidedTicket(
  known: UnsavedTicket | null,
  click: TicketClick,
  decision: Decision,
  at: string,
): UnsavedTicket {
  const ticket = known === null ? clickedTicket(click, at) : completedTicket(known, click);
  const step = ticket.step === 'done' ? 'announced' : ticket.step;
  return { ...ticket, status: decision.status, step, decision, updatedAt: at };
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
