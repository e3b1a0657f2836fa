import { printable } from '../rich-text/printable.ts';
import type { RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';
import { type NewIssue, ticketAgentMark } from './api/jira-api.ts';
import { isProjectId } from './api/project-keys.ts';
import { cleanSummary } from './description.ts';
import type { TypeChoice } from './fields/issue-types.ts';

/** Fields and texts of a create request. Other values never replace what a ticket says itself. */
export function buildFields(parts: {
  project: string;
  summary: string;
  description: RichText;
  type: TypeChoice;
  /** Labels beside our own. */
  labels: readonly string[];
  fields: Readonly<Record<string, unknown>>;
  texts: Readonly<Record<string, RichText>>;
  reporter: object | null;
  leftOut: ReadonlySet<string>;
}): Pick<NewIssue, 'fields' | 'texts'> {
  const { project, type, leftOut } = parts;
  const fields = {
    ...(parts.reporter === null ? {} : { reporter: parts.reporter }),
    ...parts.fields,
    project: isProjectId(project) ? { id: project } : { key: project },
    issuetype: type.id === null ? { name: type.name } : { id: type.id },
    summary: cleanSummary(parts.summary),
    labels: [ticketAgentMark, ...parts.labels.filter((label) => label !== ticketAgentMark)],
  };
  return {
    fields: without(fields, leftOut),
    texts: without({ ...parts.texts, description: parts.description }, leftOut),
  };
}

function without<T>(values: Record<string, T>, leftOut: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([id]) => !leftOut.has(id)));
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
