import type { Label } from '../../shared/labels.ts';
import type { Classification, Ticket } from '../../shared/ticket.ts';
import type { IssueDraft } from './ports/issue-tracker.ts';
import type { People } from './ports/people.ts';
import type { TicketRules } from './step-context.ts';

type JiraRules = Pick<TicketRules['jira'], 'project' | 'labelToIssueType' | 'defaultFields'>;

/** What people chose for a ticket themselves. */
type Wishes = Pick<Ticket, 'wantedType' | 'wantedProject' | 'wantedFields'>;
export const noWishes: Wishes = { wantedType: null, wantedProject: null, wantedFields: null };

/** Where an issue goes, and what it takes along there beside its words. */
export type Destination = Pick<IssueDraft, 'project' | 'issueType' | 'labels' | 'defaultFields' | 'wantedFields'>;

/** Decides where a ticket goes and what it takes along: a person's choice, else the settings. Nothing else decides that. */
export function destinationOf(
  ticket: Wishes & { classification: Pick<Classification, 'label'> },
  jira: JiraRules,
): Destination {
  return {
    project: projectFor(ticket, jira),
    issueType: ticket.wantedType ?? typesFor(jira)[ticket.classification.label],
    labels: [],
    defaultFields: jira.defaultFields,
    wantedFields: ticket.wantedFields ?? {},
  };
}

/** What the tracker is told of a ticket. */
export function draftOf(
  ticket: Ticket & { classification: Classification },
  jira: JiraRules,
  people: People,
): IssueDraft {
  const { requestId, summary, text, markup, classification } = ticket;
  return {
    requestId,
    summary,
    text,
    markup,
    requester: { id: ticket.user, name: ticket.userName },
    requesterEmail: () => people.emailOf(ticket.user),
    channel: { id: ticket.channel, name: ticket.channelName },
    classification,
    receivedAt: ticket.createdAt,
    ...destinationOf(ticket, jira),
  };
}

/** Key or id of the project that a ticket goes to; empty where none is chosen, which the tracker refuses. */
export function projectFor({ wantedProject }: Pick<Wishes, 'wantedProject'>, jira: JiraRules): string {
  return wantedProject ?? usualProject(jira);
}

/** The same where no ticket is meant. */
export function usualProject({ project }: JiraRules): string {
  return project ?? '';
}

/** The type that each label becomes, by name or id. */
export function typesFor({ labelToIssueType }: JiraRules): Readonly<Record<Label, string>> {
  return labelToIssueType;
}
