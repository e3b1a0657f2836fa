import type { Generated, Selectable } from 'kysely';
import type { ZodError } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { type Ticket, ticketSchema } from '../../../shared/ticket.ts';
import type { UnsavedTicket } from '../../tickets/ports/ticket-store.ts';

/** The table's columns, for Kysely. */
interface TicketLogsTable {
  id: Generated<number>;
  request_id: string;
  slack_team: string;
  slack_user: string;
  slack_user_name: string | null;
  slack_channel: string;
  slack_channel_name: string | null;
  text: string;
  summary: string;
  response_url: string | null;
  /** Label alone. */
  llm_result: string | null;
  confidence: number | null;
  /** JSON. */
  probabilities: string | null;
  source: string | null;
  model: string | null;
  classify_ms: number | null;
  issue_type: string | null;
  note: string | null;
  /** The key of Jira's issue, as in `jira_issue_key`: other programs read either. */
  ticket_id: string | null;
  jira_issue_key: string | null;
  jira_issue_url: string | null;
  status: string;
  step: string;
  decision: string | null;
  decided_by: string | null;
  decided_at: string | null;
  announced_via: string | null;
  announced_channel: string | null;
  announced_ts: string | null;
  error_code: string | null;
  error_message: string | null;
  attempts: number;
  next_try_at: string | null;
  created_at: string;
  updated_at: string;
  origin: string;
  wanted_type: string | null;
  wanted_project: string | null;
  /** Slack's time of the click, in seconds since 1970. */
  decided_ts: string | null;
  target_site: string | null;
  target_project: string | null;
  anchor_key: string | null;
  look_until: string | null;
  is_unsure: number;
  corrected_from: string | null;
  corrected_by: string | null;
  corrected_at: string | null;
  corrected_via: string | null;
  correction_told: number | null;
  /** JSON; null where the text stayed on this machine. */
  cloud: string | null;
  jira_issue_id: string | null;
  claimed_by: string | null;
  claimed_until: string | null;
  markup: string | null;
  /** JSON; null: none. */
  wanted_fields: string | null;
  /** Names with blanks between them; empty: none. */
  supplements: string;
  door: string;
  message_ts: string | null;
  message_thread_ts: string | null;
  message_author: string | null;
  message_author_name: string | null;
  message_url: string | null;
  /** JSON; null: none. */
  files: string | null;
}

export interface LogSchema {
  ticket_logs: TicketLogsTable;
}
export type TicketRow = Selectable<TicketLogsTable>;

const unsavedSchema = ticketSchema.omit({ id: true });

/** The row of a ticket. Throws where it is not a valid one, so that nothing unreadable is written. */
export function toRow(given: UnsavedTicket): Omit<TicketRow, 'id'> {
  const ticket = unsavedSchema.parse(given);
  const { classification, decision, announcement, error, sent, correction, sourceMessage } = ticket;
  return {
    request_id: ticket.requestId,
    slack_team: ticket.team,
    slack_user: ticket.user,
    slack_user_name: ticket.userName,
    slack_channel: ticket.channel,
    slack_channel_name: ticket.channelName,
    text: ticket.text,
    summary: ticket.summary,
    response_url: ticket.responseUrl,
    llm_result: classification?.label ?? null,
    confidence: classification?.confidence ?? null,
    probabilities: classification?.probabilities ? JSON.stringify(classification.probabilities) : null,
    source: classification?.source ?? null,
    model: classification?.model ?? null,
    classify_ms: classification?.ms ?? null,
    issue_type: ticket.issueType,
    note: ticket.note,
    ticket_id: ticket.issueKey,
    jira_issue_key: ticket.issueKey,
    jira_issue_url: ticket.issueUrl,
    status: ticket.status,
    step: ticket.step,
    decision: decision?.status ?? null,
    decided_by: decision?.by ?? null,
    decided_at: decision?.at ?? null,
    announced_via: announcement?.via ?? null,
    announced_channel: announcement?.channel ?? null,
    announced_ts: announcement?.ts ?? null,
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
    attempts: ticket.attempts,
    next_try_at: ticket.nextTryAt,
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
    origin: ticket.origin,
    wanted_type: ticket.wantedType,
    wanted_project: ticket.wantedProject,
    decided_ts: decision?.actionTs ?? null,
    target_site: sent?.site ?? null,
    target_project: sent?.project ?? null,
    anchor_key: sent?.anchorKey ?? null,
    look_until: sent?.lookUntil ?? null,
    is_unsure: Number(ticket.isUnsure),
    corrected_from: correction?.from ?? null,
    corrected_by: correction?.by ?? null,
    corrected_at: correction?.at ?? null,
    corrected_via: correction?.via ?? null,
    correction_told: correction === null ? null : Number(correction.isTold),
    cloud: classification?.cloud ? JSON.stringify(classification.cloud) : null,
    jira_issue_id: ticket.issueId,
    claimed_by: ticket.claim?.by ?? null,
    claimed_until: ticket.claim?.until ?? null,
    markup: ticket.markup,
    wanted_fields: ticket.wantedFields === null ? null : JSON.stringify(ticket.wantedFields),
    supplements: ticket.supplements.join(' '),
    door: ticket.door,
    message_ts: sourceMessage?.ts ?? null,
    message_thread_ts: sourceMessage?.threadTs ?? null,
    message_author: sourceMessage?.author ?? null,
    message_author_name: sourceMessage?.authorName ?? null,
    message_url: sourceMessage?.url ?? null,
    files: ticket.files.length === 0 ? null : JSON.stringify(ticket.files),
  };
}

/** The ticket in a row. Throws `storage_failed` where the row is not one: other programs can write to the file. */
export function toTicket(row: TicketRow): Ticket {
  const parsed = ticketSchema.safeParse({
    id: row.id,
    requestId: row.request_id,
    door: row.door,
    sourceMessage:
      row.message_ts === null
        ? null
        : {
            ts: row.message_ts,
            threadTs: row.message_thread_ts,
            author: row.message_author,
            authorName: row.message_author_name,
            url: row.message_url,
          },
    files: row.files === null ? [] : parseJson(row.files),
    team: row.slack_team,
    user: row.slack_user,
    userName: row.slack_user_name,
    channel: row.slack_channel,
    channelName: row.slack_channel_name,
    text: row.text,
    markup: row.markup,
    summary: row.summary,
    responseUrl: row.response_url,
    classification: row.llm_result === null ? null : classificationOf(row),
    issueType: row.issue_type,
    note: row.note,
    issueId: row.jira_issue_id,
    issueKey: row.jira_issue_key,
    issueUrl: row.jira_issue_url,
    status: row.status,
    step: row.step,
    decision: row.decision === null ? null : decisionOf(row),
    announcement:
      row.announced_via === null
        ? null
        : { via: row.announced_via, channel: row.announced_channel, ts: row.announced_ts },
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message },
    attempts: row.attempts,
    nextTryAt: row.next_try_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    origin: row.origin,
    wantedType: row.wanted_type,
    wantedProject: row.wanted_project,
    wantedFields: row.wanted_fields === null ? null : parseJson(row.wanted_fields),
    sent:
      row.look_until === null
        ? null
        : {
            site: row.target_site,
            project: row.target_project,
            anchorKey: row.anchor_key,
            lookUntil: row.look_until,
          },
    supplements: row.supplements.split(' ').filter((name) => name !== ''),
    isUnsure: row.is_unsure === 1,
    correction:
      row.corrected_at === null
        ? null
        : {
            from: row.corrected_from,
            by: row.corrected_by,
            at: row.corrected_at,
            via: row.corrected_via,
            isTold: row.correction_told === 1,
          },
    claim: row.claimed_by === null ? null : { by: row.claimed_by, until: row.claimed_until },
  });
  if (parsed.success) return parsed.data;
  throw damagedRow(row.id, parsed.error);
}

/** Error of a row that is no ticket; it names the row and its fields, not what they hold. */
export function damagedRow(id: number, cause: ZodError): AppError {
  const fields = cause.issues.map(({ path }) => path.join('.')).join(', ');
  const message = `Row ${id} of the ticket log is damaged (${fields}). Restore a backup, or delete the row.`;
  return new AppError('storage_failed', message, { cause });
}

function classificationOf(row: TicketRow) {
  return {
    label: row.llm_result,
    confidence: row.confidence,
    probabilities: row.probabilities === null ? null : parseJson(row.probabilities),
    source: row.source,
    model: row.model,
    ms: row.classify_ms,
    ...(row.cloud === null ? {} : { cloud: parseJson(row.cloud) }),
  };
}

function decisionOf({ decision, decided_by, decided_at, decided_ts }: TicketRow) {
  const taken = { status: decision, by: decided_by, at: decided_at };
  return decided_ts === null ? taken : { ...taken, actionTs: decided_ts };
}

/** Parses JSON; undefined where it is none, which the schema then refuses. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
