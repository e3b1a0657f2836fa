import { type RawBuilder, sql } from 'kysely';
import type { TicketFilter, TicketViewName } from '../../../shared/ticket-list.ts';
import type { TicketUpkeep } from '../../tickets/ports/ticket-upkeep.ts';
import type { EventRow, ListRow } from './list-rows.ts';
import { searchExpression } from './search-expression.ts';
import type { TicketRow } from './ticket-rows.ts';

/**
 * Condition in SQL for `needsAttention` of tickets/needs-attention.ts. Views are worded as their indexes are, or SQLite
 * refuses.
 */
const attention = sql`error_code is not null and next_try_at is null and step <> 'done'
  and (step <> 'needs_fields' or status <> 'received')`;

/** Views with their indexes in the list's order; named, because SQLite would guess which one pays. */
const views: Record<TicketViewName, { rows: RawBuilder<unknown>; where: RawBuilder<unknown> }> = {
  attention: { rows: sql`ticket_logs indexed by ticket_logs_attention`, where: attention },
  // `isUnfinished` of shared/unfinished.ts.
  unfinished: {
    rows: sql`ticket_logs indexed by ticket_logs_unfinished`,
    where: sql`step <> 'done' and (step <> 'announced' or status <> 'created' or error_code is not null)`,
  },
  open: {
    rows: sql`ticket_logs indexed by ticket_logs_open`,
    where: sql`status in ('received', 'created', 'failed') and step <> 'done'`,
  },
  decided: { rows: sql`ticket_logs indexed by ticket_logs_decided`, where: sql`status in ('approved', 'rejected')` },
  all: { rows: sql`ticket_logs indexed by ticket_logs_all`, where: sql`true` },
};

/** The index's rows that the filter lets through. */
function filtered({ view, search, label, channel, user }: TicketFilter): RawBuilder<unknown> {
  const conditions = [views[view].where];
  if (label !== null) conditions.push(sql`llm_result = ${label}`);
  if (channel !== null) conditions.push(sql`slack_channel = ${channel}`);
  if (user !== null) conditions.push(sql`slack_user = ${user}`);
  if (search.trim()) {
    const expression = searchExpression(search);
    // `+` keeps SQLite from reading whole rows by their ids before it has the order.
    conditions.push(
      expression === null
        ? sql`false`
        : sql`+id in (select rowid from ticket_search where ticket_search match ${expression})`,
    );
  }
  return sql`from ${views[view].rows} where ${sql.join(conditions, sql` and `)}`;
}

const newestFirst = sql`order by created_at desc, id desc`;

export const pageQuery = (filter: TicketFilter, offset: number, limit: number) => sql<ListRow>`
  select id, request_id as "requestId", jira_issue_key as "issueKey", summary, issue_type as "issueType", status, step,
    slack_user as "user", slack_user_name as "userName", slack_channel as "channel", slack_channel_name as "channelName",
    created_at as "createdAt", next_try_at as "nextTryAt", origin, llm_result as "label", confidence,
    is_unsure as "isUnsure",
    (${attention}) as "needsAttention", error_code as "errorCode", error_message as "errorMessage"
  from ticket_logs where id in (select id ${filtered(filter)} ${newestFirst} limit ${limit} offset ${offset})
  ${newestFirst}`;

export function totalQuery(filter: TicketFilter) {
  const { view, search, label, channel, user } = filter;
  const expression = searchExpression(search);
  // Words alone are counted where they are found, in a fraction of the time.
  const isSearchAlone = view === 'all' && label === null && channel === null && user === null && expression !== null;
  const counted = isSearchAlone ? sql`from ticket_search where ticket_search match ${expression}` : filtered(filter);
  return sql<{ total: number }>`select count(*) as total ${counted}`;
}

/** Reads whole tickets. `last`: the last row of the page before, as it was read; null for the first page. */
export const listQuery = (filter: TicketFilter, last: TicketRow | null, limit: number) => sql<TicketRow>`
  select * from ticket_logs where id in (
    select id ${filtered(filter)}
    ${last === null ? sql`` : sql`and (created_at, id) < (${last.created_at}, ${last.id})`}
    ${newestFirst} limit ${limit}
  ) ${newestFirst}`;

export const countsQuery = () => sql<Record<TicketViewName, number>>`select
  (select count(*) from ${views.attention.rows} where ${views.attention.where}) as attention,
  (select count(*) from ${views.unfinished.rows} where ${views.unfinished.where}) as unfinished,
  (select count(*) from ${views.open.rows} where ${views.open.where}) as open,
  (select count(*) from ${views.decided.rows} where ${views.decided.where}) as decided,
  (select count(*) from ticket_logs) as "all"`;

/** Finds what `isResumable` of tickets/rules/resumable.ts does, oldest first. */
export const resumableQuery = () => sql<TicketRow>`
  select * from ticket_logs where id in (
    select id from ticket_logs where step <> 'done' and (step <> 'needs_fields' or announced_via is null)
      and (status in ('received', 'approved', 'rejected') or (status = 'created' and step = 'created'))
    union select id from ticket_logs where correction_told = 0 and jira_issue_key is not null
    union select id from ticket_logs where supplements <> '' and jira_issue_key is not null
      and step in ('announced', 'done')
  ) order by id`;

/**
 * Finds corrections of words that are still there. Of a ticket that another desktop took, the summary is all that is
 * known.
 */
export const correctedQuery = (limit: number) => sql<{ id: number; text: string; label: string; at: string }>`
  select id, iif(text = '', summary, text) as text, llm_result as label, corrected_at as at from ticket_logs
  where corrected_at is not null and llm_result is not null and summary not in ('', '(text removed)')
  order by corrected_at desc, id desc limit ${limit}`;

/** Finds them by the index of status and step, which ends in the id. */
export const undecidedQuery = ({ after, limit }: Parameters<TicketUpkeep['undecided']>[0]) => sql<TicketRow>`
  select * from ticket_logs where status = 'created' and step = 'announced' and id > ${after ?? 0}
    and jira_issue_key is not null order by id limit ${limit}`;

/** Finds them by the index of what was decided. */
export const decidedSinceQuery = ({ at, limit }: Parameters<TicketUpkeep['decidedSince']>[0]) => sql<TicketRow>`
  select * from ${views.decided.rows} where ${views.decided.where} and decided_at >= ${at}
    and jira_issue_key is not null order by decided_at desc, id desc limit ${limit}`;

/** Channels and people that the filters offer, at most. */
const mostChoices = 200;

/** Finds the channels or people with the most tickets, each by the name it had last. */
export function choicesQuery(of: 'channel' | 'user') {
  const [id, name] = [sql.ref(`slack_${of}`), sql.ref(`slack_${of}_name`)];
  return sql<{ id: string; name: string | null }>`
    select ${id} as id, (
      select ${name} from ticket_logs as named where named.${id} = used.${id} and ${name} is not null
      order by created_at desc limit 1
    ) as name
    from (
      select ${id}, count(*) as tickets from ticket_logs where ${id} <> '' group by ${id}
      order by tickets desc, ${id} limit ${mostChoices}
    ) as used
    order by tickets desc, ${id}`;
}

export const eventsQuery = (requestId: string) => sql<EventRow>`
  select at, step, status, error_code, error_message from ticket_events
  where log_id = (select id from ticket_logs where request_id = ${requestId}) order by id`;

export const activityQuery = (limit: number) => sql`
  select at, request_id as "requestId", jira_issue_key as "issueKey", summary, last.step, last.status,
    last.error_code as "errorCode", source
  from (select * from ticket_events order by id desc limit ${limit}) as last
  join ticket_logs on ticket_logs.id = last.log_id
  order by last.id desc`;

/** Rows that one statement prunes: taking one out of the search costs milliseconds, and nobody may wait for many. */
export const pruneAtOnce = 2;

/** Words that stand where others were; the index and a trigger of the schema have them too. */
const removed = sql`'(text removed)'`;

/** Takes the words from the oldest tickets that have nothing left to do; a trigger takes them from their history. */
export const pruneTextsQuery = (before: string) => sql<{ id: number }>`
  update ticket_logs set text = '', markup = null, wanted_fields = null, files = null, supplements = '', summary = ${removed},
    error_message = iif(error_message is null, null, ${removed})
  where id in (
    select id from ticket_logs indexed by ticket_logs_texts
    where (text <> '' or summary <> ${removed}) and (step = 'done' or (step = 'announced' and status = 'created'))
      and created_at < ${before}
    order by created_at limit ${pruneAtOnce}
  ) returning id`;

/** Removes the oldest tickets that are done; one that waits for a decision is not, however old it is. */
export const pruneTicketsQuery = (before: string) => sql<{ id: number }>`
  delete from ticket_logs where id in (
    select id from ticket_logs indexed by ticket_logs_done
    where step = 'done' and created_at < ${before}
    order by created_at limit ${pruneAtOnce}
  ) returning id`;
