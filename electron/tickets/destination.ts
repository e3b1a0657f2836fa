import { type ChannelRules, channelProjects, channelRulesIn, otherChannels } from '../../shared/channel-rules.ts';
import type { Label } from '../../shared/labels.ts';
import type { Classification, Ticket } from '../../shared/ticket.ts';
import type { ClassifyLimits } from './ports/classifier.ts';
import type { FileSource } from './ports/file-source.ts';
import type { IssueDraft } from './ports/issue-tracker.ts';
import type { People } from './ports/people.ts';
import type { TicketRules } from './step-context.ts';

/** The settings that decide it. */
export interface DestinationRules {
  jira: Pick<TicketRules['jira'], 'project' | 'labelToIssueType' | 'defaultFields'>;
  channels: TicketRules['channels'];
}

/** Where a ticket was asked for. */
type AskedIn = Pick<Ticket, 'channel' | 'channelName'>;

/** What people chose for a ticket themselves. */
type Wishes = Pick<Ticket, 'wantedType' | 'wantedProject' | 'wantedFields'>;

/** A ticket that nobody asked for in Slack, and for which nobody chose anything. */
export const nobodysWishes: Wishes & AskedIn = {
  ...{ wantedType: null, wantedProject: null, wantedFields: null },
  ...{ channel: '', channelName: null },
};

/** Where an issue goes, and what it takes along there beside its words. */
export type Destination = Pick<IssueDraft, 'project' | 'issueType' | 'labels' | 'defaultFields' | 'wantedFields'>;

/**
 * Decides where a ticket goes and what it takes along: a person's choice, else the rules of its channel, else the settings
 * for all. Nothing else decides that.
 */
export function destinationOf(
  ticket: Wishes & AskedIn & { classification: Pick<Classification, 'label'> },
  rules: DestinationRules,
): Destination {
  const { labels, defaults } = rulesFor(ticket, rules);
  const others = Object.entries(rules.jira.defaultFields).filter(([field]) => !Object.hasOwn(defaults, field));
  return {
    project: projectFor(ticket, rules),
    issueType: ticket.wantedType ?? typesFor(ticket, rules)[ticket.classification.label],
    labels,
    // The first of those that mean the same field counts.
    defaultFields: { ...defaults, ...Object.fromEntries(others) },
    wantedFields: ticket.wantedFields ?? {},
  };
}

/** What the tracker is told of a ticket. */
export function draftOf(
  ticket: Ticket & { classification: Classification },
  rules: DestinationRules,
  people: People,
  source: FileSource,
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
    message: ticket.sourceMessage,
    classification,
    files: ticket.files.map((file) => ({
      ...file,
      fetch: (mostBytes, use) => source.fetch(file, mostBytes, use),
    })),
    receivedAt: ticket.createdAt,
    ...destinationOf(ticket, rules),
  };
}

/** Key or id of the project that a ticket goes to; empty where none is chosen, which the tracker refuses. */
export function projectFor(ticket: Pick<Wishes, 'wantedProject'> & AskedIn, rules: DestinationRules): string {
  return ticket.wantedProject ?? rulesFor(ticket, rules).project ?? rules.jira.project ?? '';
}

/** The same where no ticket is meant: the project for all, else that of the other channels, else any; empty where there is none. */
export function usualProject({ jira, channels }: DestinationRules): string {
  return jira.project ?? channels.rules[otherChannels]?.project ?? channelProjects(channels.rules)[0] ?? '';
}

/** All projects that tickets go to by the settings, by key or id, the usual one first. */
export function allProjects(rules: DestinationRules): string[] {
  const usual = usualProject(rules);
  return [...new Set([...(usual === '' ? [] : [usual]), ...channelProjects(rules.channels.rules)])];
}

/** The type that each label becomes for tickets of a channel, by name or id. */
export function typesFor(asked: AskedIn, rules: DestinationRules): Readonly<Record<Label, string>> {
  return { ...rules.jira.labelToIssueType, ...rulesFor(asked, rules).labelToIssueType };
}

/** Where a ticket's text may go to be classified: the rules of its channel can keep it from the cloud. */
export function limitsFor(asked: AskedIn, rules: Pick<DestinationRules, 'channels'>): ClassifyLimits {
  return { mayUseCloud: !rulesFor(asked, rules).neverCloud };
}

function rulesFor({ channel, channelName }: AskedIn, { channels }: Pick<DestinationRules, 'channels'>): ChannelRules {
  return channelRulesIn(channels.rules, { id: channel, name: channelName });
}
