import { isSameDecision, standsAgainst } from '../../shared/decision-order.ts';
import { folded, isSameType } from '../../shared/issue-type-names.ts';
import { type Label, labels } from '../../shared/labels.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { unknownSource } from './ports/classifier.ts';
import type { IssueMarks, IssueView, StoredMarks } from './ports/issue-tracker.ts';
import type { TicketChange } from './ports/ticket-store.ts';

/** Change of a ticket by what other desktops stored on its issue; null where nothing changes. */
export function mergedWith(ticket: Ticket, marks: IssueMarks): TicketChange | null {
  const decision = mergedDecision(ticket, marks.decision);
  const correction = mergedCorrection(ticket, marks.correction);
  return decision === null && correction === null ? null : { ...correction, ...decision };
}

/** Whether the decision, which Jira was told of, is not proven there any more: somebody wrote over it. */
export function isOverwritten({ decision, step }: Ticket, marks: StoredMarks): boolean {
  if (decision === null || step !== 'done' || marks.decision !== null) return false;
  // Sealed with another token's key it says the same, so nobody forged it.
  return marks.unproven === null || !isSameDecision(decision, marks.unproven);
}

/** The corrected label as it stands on the issue; null where there is none, or where only the issue's type says it. */
export function storedCorrection({ correction, classification }: Ticket): IssueMarks['correction'] {
  if (correction === null || correction.via === 'jira' || classification === null) return null;
  const { isTold: _, ...how } = correction;
  return { ...how, label: classification.label };
}

function mergedDecision({ decision, announcement }: Ticket, stored: IssueMarks['decision']): TicketChange | null {
  if (stored === null || (decision !== null && isSameDecision(decision, stored))) return null;
  // Only the click's own address could rewrite what the requester alone sees.
  const address = announcement?.via === 'response_url' ? { responseUrl: null } : {};
  const isTheirs = decision === null || !standsAgainst(decision, stored);
  const standing = isTheirs ? { decision: stored, status: stored.status } : {};
  // The step before the last: message and issue are corrected there.
  return { ...standing, ...address, step: 'announced' };
}

/** Change by a corrected label: the later word on the label stands. */
function mergedCorrection(
  { correction, classification }: Ticket,
  stored: IssueMarks['correction'],
): TicketChange | null {
  if (stored === null || (correction !== null && correction.at >= stored.at)) return null;
  const { label, ...word } = stored;
  return {
    classification: { ...(classification ?? unknownSource), label },
    isUnsure: false,
    correction: { ...word, isTold: true },
  };
}

/** A type as an issue has it now. */
type TypeNow = Pick<IssueView, 'issueType' | 'issueTypeId'>;

/**
 * Whether the type is the one it was, but renamed, or told in another language: nobody changed it then. Not where the
 * settings tell the two names apart.
 */
export function isRenamed(
  before: string,
  now: TypeNow,
  current: Label | null,
  labelToIssueType: Record<Label, string>,
): boolean {
  if (folded(before) === folded(now.issueType)) return true;
  if (!isSameType(before, now.issueType)) return false;
  const wasMeant =
    labels.some((label) => folded(labelToIssueType[label]) === folded(before)) ||
    (current !== null && /^\d+$/.test(labelToIssueType[current].trim()));
  return !wasMeant || !labels.some((label) => isMeant(labelToIssueType[label], now));
}

/** Whether a setting names this very type, by id or by name. */
function isMeant(setting: string, { issueType, issueTypeId }: TypeNow): boolean {
  return setting.trim() === issueTypeId || folded(setting) === folded(issueType);
}

/**
 * The label that an issue type stands for, where a person changed it in Jira: null where it stands for none, or for
 * the one that the ticket has already. Names in other languages count. Of several labels that share the type, the one that
 * is called like it.
 */
export function labelOfType(
  now: TypeNow,
  current: Label | null,
  labelToIssueType: Record<Label, string>,
): Label | null {
  const { issueType } = now;
  const named = labels.filter((label) => isMeant(labelToIssueType[label], now));
  const alike = labels.filter((label) => isSameType(labelToIssueType[label], issueType));
  const candidates = named.length > 0 ? named : alike;
  if (current !== null && candidates.includes(current)) return null;
  const ofThatName = (among: readonly Label[]) => among.find((label) => isSameType(label, issueType));
  const label = ofThatName(candidates) ?? candidates[0] ?? ofThatName(labels) ?? null;
  return label === current ? null : label;
}
