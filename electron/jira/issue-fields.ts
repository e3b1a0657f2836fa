import type { RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';
import type { Screen } from './create-meta.ts';
import { cleanSummary, printable } from './description.ts';
import type { TypeChoice } from './issue-types.ts';
import { type NewIssue, ticketAgentMark } from './jira-api.ts';
import { isProjectId } from './project-keys.ts';

/** `labels` and `description` are left out where the project's screen lacks them. */
export type OptionalField = 'labels' | 'description';

/** Whether the issue can carry the field, as far as its create screen is known. */
export function isOnScreen(field: OptionalField, screen: Screen | null): boolean {
  return screen === null || screen.has(field);
}

/** Fields and texts of a create request. Configured defaults never replace what a ticket says itself. */
export function buildFields(parts: {
  draft: IssueDraft;
  project: string;
  type: TypeChoice;
  screen: Screen | null;
  leftOut: ReadonlySet<OptionalField>;
  description: RichText;
  defaultFields: Readonly<Record<string, unknown>>;
}): Pick<NewIssue, 'fields' | 'texts'> {
  const { draft, project, type, screen, leftOut, description, defaultFields } = parts;
  const { labels: _labels, description: _description, ...defaults } = defaultFields;
  // One type's required field is often unknown to the next, and Jira refuses fields that are not on the screen.
  const fitting = Object.entries(defaults).filter(([id]) => screen === null || screen.has(id));
  const fields = {
    ...Object.fromEntries(fitting),
    project: isProjectId(project) ? { id: project } : { key: project },
    issuetype: type.id === null ? { name: type.name } : { id: type.id },
    summary: cleanSummary(draft.summary),
    ...(leftOut.has('labels') ? {} : { labels: [ticketAgentMark] }),
  };
  return { fields, texts: leftOut.has('description') ? {} : { description } };
}

/** What the issue keeps of its request, as the value of our entity property. */
export function buildProperty(draft: IssueDraft): Record<string, unknown> {
  const { requestId, classification, requester, channel } = draft;
  return {
    requestId,
    label: classification.label,
    confidence: classification.confidence,
    source: classification.source,
    requester: { id: requester.id, name: requester.name === null ? null : printable(requester.name) },
    channel: { id: channel.id, name: channel.name === null ? null : printable(channel.name) },
    createdBy: 'AI Ticket Agent',
  };
}
