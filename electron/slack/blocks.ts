import type { Button, KnownBlock, MrkdwnElement } from '@slack/types';
import { AppError } from '../../shared/errors.ts';
import type { Classification, Ticket } from '../../shared/ticket.ts';
import type { IssueView } from '../tickets/ports/issue-tracker.ts';
import { encodeButtonValue } from './button-value.ts';
import { foreign, hasMarks, link, literal, webAddress } from './foreign-text.ts';
import { forEverybody } from './teammate-words.ts';
import { doubtBlocks, typeList } from './type-choice.ts';

/** A message for Slack: blocks, and the text that notifications and screen readers use. */
export interface SlackMessage {
  text: string;
  blocks: KnownBlock[];
}

export const actionIds = {
  approve: 'approve_ticket',
  reject: 'reject_ticket',
  fileAnyway: 'file_anyway',
  complete: 'complete_ticket',
} as const;

/** `verbatim` keeps Slack from turning plain words into links and mentions of its own accord. */
const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });
export const section = (text: string): KnownBlock => ({ type: 'section', text: mrkdwn(text) });
export const context = (text: string): KnownBlock => ({ type: 'context', elements: [mrkdwn(text)] });
const field = (name: string, value: string): MrkdwnElement => mrkdwn(`*${name}*\n${value}`);

/**
 * What an issue is, behind its key. Where Slack would find marks of its own in what somebody wrote, the summary has a line
 * for itself, which Slack takes literally.
 */
function titleBlocks(key: string, summary: string): KnownBlock[] {
  return hasMarks(summary) ? [section(key), asWritten(summary)] : [section(`${key}  ${foreign(summary)}`)];
}

/** Somebody's words to the letter, so that they can be copied. */
const asWritten = (words: string): KnownBlock => ({
  type: 'section',
  text: { type: 'plain_text', text: literal(words), emoji: false },
});

/** Words of ours, and what somebody wrote below them: in a quotation, or in its own section as with `titleBlocks`. */
export function quoting(words: string, summary: string): SlackMessage {
  const text = `${words}\n>${foreign(summary)}`;
  return { text, blocks: hasMarks(summary) ? [section(words), asWritten(summary)] : [section(text)] };
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** "Classified by gemma.gguf on a teammate's desktop, 83 % sure". Names the cloud where the text went there. */
export function classifierLine(classification: Classification | null): string {
  if (classification === null) return 'Classified on another desktop';
  const model = foreign(classification.model ?? '');
  const by = {
    gguf: `Classified by ${model} on a teammate's desktop`,
    openai: `Classified by OpenAI (${model})`,
    builtin: 'Classified by the built-in model',
    none: 'Not classified: no model could answer',
    person: 'Type chosen by who asked',
  }[classification.source];
  return classification.confidence === null ? by : `${by}, ${percent(classification.confidence)} sure`;
}

/** Where the ticket's text went: the small print for whoever asks. Null where nobody knows here. */
export function privacyLine({ classification, origin }: Ticket): string | null {
  if (classification === null || origin !== 'desk') return null;
  const { cloud, source } = classification;
  if (cloud === undefined) {
    // Older versions did not write down what OpenAI got.
    return source === 'openai' ? null : 'The text went to Jira and to nobody else';
  }
  const size = cloud.bytes < 1000 ? `${cloud.bytes} bytes` : `${(cloud.bytes / 1000).toFixed(1)} kB`;
  return `The text also went to OpenAI (${foreign(cloud.model)}, ${size}, ${slackDate(cloud.at)})`;
}

/** Slack shows the moment in each reader's own time zone; the ISO text is for clients that cannot. */
export function slackDate(iso: string): string {
  return `<!date^${Math.floor(Date.parse(iso) / 1000)}^{date_short_pretty} at {time}|${iso}>`;
}

/** "Bug", or "Feature Request, filed as Task" where Jira's type is another. */
function typeOf({ classification, issueType }: Ticket): string {
  const label = classification?.label;
  if (label === undefined || issueType === null) return label ?? issueType ?? 'Unknown';
  return label.toLowerCase() === issueType.toLowerCase() ? label : `${label}, filed as ${issueType}`;
}

/** Escaped: "Task, corrected from Bug by @ann". */
function typeWords(ticket: Ticket): string {
  const type = foreign(typeOf(ticket));
  const { correction } = ticket;
  if (correction === null) return type;
  const from = correction.from === null ? '' : ` from ${correction.from}`;
  return `${type}, corrected${from} ${correction.by === null ? 'in Jira' : `by <@${correction.by}>`}`;
}

function head(ticket: Ticket): { title: string; blocks: KnownBlock[] } {
  const key = ticket.issueKey;
  if (key === null) throw new AppError('bug', 'A ticket without an issue key cannot be announced.');
  const blocks: KnownBlock[] = [
    ...titleBlocks(`:ticket: *${link(ticket.issueUrl, key)}*`, ticket.summary),
    {
      type: 'section',
      // A desktop that heard of the ticket by a click on an older message may not know who asked.
      fields: [
        field('Type', typeWords(ticket)),
        ...(ticket.user === '' ? [] : [field('Asked by', `<@${ticket.user}>`)]),
      ],
    },
    // Of a ticket that came from Jira or by a click, the label alone is known.
    context(
      [classifierLine(ticket.origin === 'desk' ? ticket.classification : null), privacyLine(ticket)]
        .filter((line) => line !== null)
        .join('. '),
    ),
  ];
  // Whoever runs the desktop reads all of it in its window.
  const note = forEverybody(ticket.note ?? '');
  if (note !== '') blocks.push(context(`:information_source: ${foreign(note)}`));
  return { title: `${key} (${foreign(typeOf(ticket))}): ${foreign(ticket.summary)}`, blocks };
}

/** The announcement of a new issue, with Approve and Reject. */
export function announcement(ticket: Ticket): SlackMessage {
  const { title, blocks } = head(ticket);
  const value = encodeButtonValue({
    request: ticket.requestId,
    key: ticket.issueKey ?? '',
    user: ticket.user,
    summary: ticket.summary,
    type: ticket.issueType,
    url: webAddress(ticket.issueUrl),
  });
  const button = (text: 'Approve' | 'Reject', action_id: string, style: 'primary' | 'danger'): Button => ({
    type: 'button',
    action_id,
    style,
    text: { type: 'plain_text', text },
    accessibility_label: `${text} ${ticket.issueKey}`,
    value,
  });
  const decisions = [button('Approve', actionIds.approve, 'primary'), button('Reject', actionIds.reject, 'danger')];
  blocks.push(...doubtBlocks(ticket, section));
  blocks.push({ type: 'actions', block_id: 'decision', elements: [...decisions, typeList(ticket)] });
  return { text: ticket.user === '' ? title : `${title}, asked by <@${ticket.user}>`, blocks };
}

/** The same message after a decision: who and when instead of the buttons. */
export function decidedAnnouncement(ticket: Ticket): SlackMessage {
  const { decision } = ticket;
  if (decision === null) throw new AppError('bug', 'A ticket without a decision cannot be shown as decided.');
  const { title, blocks } = head(ticket);
  const [icon, verb] =
    decision.status === 'approved' ? [':white_check_mark:', 'Approved'] : [':no_entry_sign:', 'Rejected'];
  blocks.push(section(`${icon} *${verb}* by <@${decision.by}> ${slackDate(decision.at)}`));
  return { text: `${title}: ${verb.toLowerCase()} by <@${decision.by}>`, blocks };
}

/** The answer to `/ticket_status`. */
export function issueStatus(issue: IssueView): SlackMessage {
  return {
    text: `${issue.key} is ${foreign(issue.status)}: ${foreign(issue.summary)}`,
    blocks: [
      ...titleBlocks(`*${link(issue.url, issue.key)}*`, issue.summary),
      {
        type: 'section',
        fields: [
          field('Status', foreign(issue.status)),
          field('Type', foreign(issue.issueType)),
          field('Assignee', foreign(issue.assignee ?? 'Nobody yet')),
          field('Last update', slackDate(issue.updatedAt)),
        ],
      },
    ],
  };
}
