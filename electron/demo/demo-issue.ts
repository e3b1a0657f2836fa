import type { DemoIssue } from '../../shared/demo-view.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { JiraIssue } from '../../stand-ins/jira/jira-issue.ts';
import type { JiraSite } from '../../stand-ins/jira/site.ts';
import { isRecord } from '../../stand-ins/record.ts';

/** The label and the entity property by which the app knows its issues. */
const mark = 'ticket-agent';
const project = 'KAN';

/** An issue as the window shows it beside the channel. */
export function readIssue(
  { key, issueType, status, fields, properties, createdAt }: JiraIssue,
  { paragraphs }: Pick<JiraSite, 'paragraphs'>,
): DemoIssue {
  const property = properties[mark];
  const decision = isRecord(property) && isRecord(property['decision']) ? property['decision']['status'] : null;
  return {
    key,
    summary: String(fields['summary'] ?? ''),
    issueType,
    status: status.name,
    description: paragraphs(fields['description']),
    labels: Array.isArray(fields['labels']) ? fields['labels'].map(String) : [],
    decision: decision === 'approved' || decision === 'rejected' ? decision : null,
    createdAt: new Date(createdAt).toISOString(),
  };
}

/** Puts the issue of an earlier run's ticket back, with what the app had stored on it. */
export function restoreIssue(jira: JiraSite, ticket: Ticket): void {
  const { issueKey, issueId, summary, text, classification, decision, user, userName, channel, channelName } = ticket;
  if (issueKey === null || !issueKey.startsWith(`${project}-`)) return;
  const types = jira.projects.find(({ key }) => key === project)?.issueTypes ?? [];
  jira.addIssue({
    key: issueKey,
    ...(issueId !== null && { id: issueId }),
    projectKey: project,
    issueType: types.find(({ name }) => name === ticket.issueType)?.name ?? 'Task',
    fields: { summary, labels: [mark], description: jira.toText(text) },
    properties: {
      [mark]: {
        requestId: ticket.requestId,
        label: classification?.label ?? null,
        requester: { id: user, name: userName },
        channel: { id: channel, name: channelName },
        ...(decision !== null && { decision }),
      },
    },
    createdAt: Date.parse(ticket.createdAt),
    updatedAt: Date.parse(ticket.updatedAt),
  });
}
