import type { DemoIssue } from '../../shared/demo-view.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { JiraIssue } from '../../stand-ins/jira/jira-issue.ts';
import type { JiraSite } from '../../stand-ins/jira/site.ts';
import { isRecord } from '../../stand-ins/record.ts';
import { fieldWords } from './field-words.ts';

/** The label and the entity property by which the app knows its issues. */
const mark = 'ticket-agent';
const project = 'KAN';

/** Fields that have a place of their own in Jira, or that it does not show on an issue. */
const placed = ['summary', 'description', 'labels', 'issuetype', 'project', 'reporter', 'assignee'];

/** An issue as Jira shows it to a person: none of what programs alone can see, such as entity properties. */
export function readIssue(issue: JiraIssue, jira: Pick<JiraSite, 'paragraphs' | 'people' | 'projects'>): DemoIssue {
  const { key, issueType, status, fields, comments, attachments, createdAt } = issue;
  const nameOf = (mail: string) => jira.people.find(({ email }) => email === mail)?.displayName ?? mail;
  const screen = jira.projects.find((each) => each.key === issue.projectKey)?.fields ?? [];
  return {
    key,
    summary: String(fields['summary'] ?? ''),
    issueType,
    status: { name: status.name, category: status.category },
    description: jira.paragraphs(fields['description']),
    labels: Array.isArray(fields['labels']) ? fields['labels'].map(String) : [],
    assignee: issue.assignee,
    reporter: nameOf(issue.reporter),
    fields: screen
      .filter(({ id }) => !placed.includes(id) && fields[id] !== undefined && fields[id] !== null)
      .map((field) => ({ name: field.name, value: fieldWords(field, fields[field.id], jira) })),
    attachments: attachments.map(({ name, content }) => ({ name, bytes: Buffer.byteLength(content) })),
    comments: comments.map(({ author, body, createdAt: at }) => ({
      author: nameOf(author),
      text: jira.paragraphs(body),
      at: new Date(at).toISOString(),
    })),
    createdAt: new Date(createdAt).toISOString(),
  };
}

/** Whether somebody has decided on the issue's ticket: the app stores it where Jira shows it to no person. */
export function isDecided({ properties }: JiraIssue): boolean {
  const property = properties[mark];
  return isRecord(property) && isRecord(property['decision']);
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
