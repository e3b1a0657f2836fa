import type { Ticket } from '../../../shared/ticket.ts';
import { unknownSource } from '../ports/classifier.ts';
import type { ListedIssue } from '../ports/issue-tracker.ts';
import type { UnsavedTicket } from '../ports/ticket-store.ts';
import { blankTicket } from './blank-ticket.ts';

/** The id of the request that an issue was made for, or one that its site and key give. */
export function importedRequestId({ requestId, url, key }: ListedIssue): string {
  return requestId ?? `jira-${new URL(url).host}-${key}`;
}

/**
 * Whether a ticket has this issue. The same key on another site is another one; a ticket made from a click may lack the
 * address.
 */
export function hasIssue({ issueKey, issueUrl }: Ticket, { key, url }: ListedIssue): boolean {
  return issueKey === key && (issueUrl === null || issueUrl === url);
}

/**
 * The ticket of an issue that Jira lists as it becomes, or null for no change: an unknown one is made, of origin
 * `jira`, and one that failed without an issue gets the one that it has after all.
 *
 * @param known The ticket of this request.
 * @param sameKey The tickets whose issue has this key.
 */
export function importedIssue(
  issue: ListedIssue,
  { known, sameKey }: { known: Ticket | null; sameKey: readonly Ticket[] },
  at: string,
): UnsavedTicket | null {
  if (known !== null) return withFoundIssue(known, issue);
  return sameKey.some((ticket) => hasIssue(ticket, issue)) ? null : newTicket(issue, at);
}

function withFoundIssue(known: Ticket, issue: ListedIssue): UnsavedTicket | null {
  if (known.status !== 'failed' || known.issueKey !== null) return null;
  const { id: issueId, key: issueKey, url: issueUrl, issueType, decision } = issue;
  const found = { ...known, issueId, issueKey, issueUrl, issueType };
  if (decision !== null) return { ...found, decision, status: decision.status, step: 'done' };
  return { ...found, step: known.step === 'done' ? 'done' : 'created' };
}

function newTicket(issue: ListedIssue, at: string): UnsavedTicket {
  const { requester, channel, decision } = issue;
  return {
    ...blankTicket,
    origin: 'jira',
    requestId: importedRequestId(issue),
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
    // Lists are sorted by this text, so it must have the store's own form.
    createdAt: new Date(issue.createdAt).toISOString(),
    updatedAt: at,
  };
}
