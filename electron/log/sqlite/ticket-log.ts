import { statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Database } from 'better-sqlite3';
import type { RawBuilder } from 'kysely';
import { standsAgainst } from '../../../shared/decision-order.ts';
import { AppError } from '../../../shared/errors.ts';
import { demandMayFile, filingWindowMs } from '../../../shared/filing-limit.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { ListedIssue } from '../../tickets/ports/issue-tracker.ts';
import type { TicketLog } from '../../tickets/ports/ticket-log.ts';
import {
  adoptedTicket,
  clickedTicket,
  completedTicket,
  decidedTicket,
  foundIssue,
  receivedTicket,
} from './new-tickets.ts';
import { type DatabaseOptions, openDatabase } from './open-database.ts';
import { createQueryRunner } from './query-runner.ts';
import { isDamage, toStorageError } from './storage-error.ts';
import { createTicketLists } from './ticket-lists.ts';
import {
  correctedQuery,
  countQuery,
  pruneAtOnce,
  pruneTextsQuery,
  pruneTicketsQuery,
  undecidedQuery,
  unfinishedQuery,
} from './ticket-queries.ts';
import { correctedSchema, toRow, toTicket, type UnsavedTicket } from './ticket-rows.ts';
import { createWriteBatch } from './write-batch.ts';

export interface TicketLogOptions extends DatabaseOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Told of a row that lists leave out because it cannot be read; the message names the row, not its text. */
  onDamagedRow?: (error: AppError) => void;
  /** The file itself turned out to be damaged. */
  onDamagedFile?: () => void;
  open?: (options: DatabaseOptions) => Database;
}

/** The log of requests in a SQLite file that others may read meanwhile. Rejects with `storage_failed`. */
export async function createTicketLog(options: TicketLogOptions): Promise<TicketLog> {
  const { file, now = Date.now, onDamagedRow = () => {}, onDamagedFile = () => {}, open = openDatabase } = options;
  const db = open(options);
  const { kysely, run } = createQueryRunner(db);
  const lists = createTicketLists(run, (thrown) => onDamagedRow(toStorageError(thrown, file)));
  const batch = createWriteBatch(db);
  const timestamp = (ms = now()) => new Date(ms).toISOString();

  function select(requestId: string): Ticket | null {
    const [row] = run(kysely.selectFrom('ticket_logs').selectAll().where('request_id', '=', requestId).compile());
    return row ? toTicket(row) : null;
  }

  function demand(requestId: string): Ticket {
    const ticket = select(requestId);
    if (!ticket) throw new AppError('not_found', 'The ticket log has no such request.');
    return ticket;
  }

  function insert(ticket: UnsavedTicket): Ticket {
    const query = kysely.insertInto('ticket_logs').values(toRow(ticket)).returning('id');
    const [row] = run(query.compile());
    lists.rowAdded(ticket);
    if (!row) throw new AppError('bug', 'The ticket log gave no number to a new ticket.');
    return { ...ticket, id: row.id };
  }

  function save(changed: Ticket): Ticket {
    // A decision may come while a slower step is under way; what that step then stores must not hide it.
    const status = changed.decision?.status ?? changed.status;
    const ticket = { ...changed, status, updatedAt: timestamp() };
    run(kysely.updateTable('ticket_logs').set(toRow(ticket)).where('id', '=', ticket.id).returning('id').compile());
    return ticket;
  }

  function findTwin({ team, user, channel, text }: UnsavedTicket, withinMs: number): Ticket | null {
    const query = kysely
      .selectFrom('ticket_logs')
      .selectAll()
      .where('slack_user', '=', user)
      .where('created_at', '>=', timestamp(now() - withinMs))
      // A clock that was set back leaves rows of the future, which are no twins.
      .where('created_at', '<=', timestamp())
      .where('slack_team', '=', team)
      .where('slack_channel', '=', channel)
      .where('text', '=', text)
      .where('status', '!=', 'failed')
      .orderBy('id', 'desc')
      .limit(1);
    const [row] = run(query.compile());
    return row ? toTicket(row) : null;
  }

  /** When the last but `before` of a person's tickets of the last minute came, in milliseconds since 1970; or null. */
  function filedBy({ team, user }: UnsavedTicket, before: number): number | null {
    const query = kysely
      .selectFrom('ticket_logs')
      .select('created_at')
      .where('slack_user', '=', user)
      .where('created_at', '>', timestamp(now() - filingWindowMs))
      // As with twins: a clock that was set back must not keep anybody from filing.
      .where('created_at', '<=', timestamp())
      .where('slack_team', '=', team)
      .where('origin', '=', 'desk')
      .orderBy('created_at', 'desc')
      .limit(1)
      .offset(before);
    const [row] = run(query.compile());
    return row ? Date.parse(row.created_at) : null;
  }

  /** False where the request or the issue is known. */
  function adopt(issue: ListedIssue): boolean {
    const ticket = adoptedTicket(issue, timestamp());
    const known = select(ticket.requestId);
    const learnt = known && foundIssue(known, issue);
    if (known && learnt) save({ ...known, ...learnt });
    if (known || hasIssue(issue)) return false;
    insert(ticket);
    return true;
  }

  /** The same key on another site is another issue; a row made from a click may lack the address. */
  function hasIssue({ key, url }: ListedIssue): boolean {
    const query = kysely
      .selectFrom('ticket_logs')
      .select('id')
      .where('jira_issue_key', '=', key)
      .where(({ eb, or }) => or([eb('jira_issue_url', '=', url), eb('jira_issue_url', 'is', null)]))
      .limit(1);
    return run(query.compile()).length > 0;
  }

  /** A few rows a turn, until there are none left or it is aborted; gives how many. */
  async function pruneAll(query: RawBuilder<{ id: number }>, signal: AbortSignal | undefined): Promise<number> {
    let pruned = 0;
    for (;;) {
      if (signal?.aborted) return pruned;
      const rows = await write(() => run(query));
      lists.forgetChoices();
      pruned += rows.length;
      if (rows.length < pruneAtOnce) return pruned;
    }
  }

  function closed(): AppError {
    return new AppError('storage_failed', 'The ticket log is closed: the program is quitting.');
  }

  function failure(thrown: unknown): AppError {
    if (isDamage(thrown)) onDamagedFile();
    return toStorageError(thrown, file);
  }

  async function read<T>(work: () => T): Promise<T> {
    if (!db.open) throw closed();
    try {
      return work();
    } catch (thrown) {
      throw failure(thrown);
    }
  }

  async function write<T>(work: () => T): Promise<T> {
    if (!db.open) throw closed();
    const writing = batch.write(() => {
      lists.forgetCounts();
      return work();
    });
    return writing.catch((thrown) => {
      throw failure(thrown);
    });
  }

  return {
    receive: (request, twinWithinMs, mostPerMinute = 0) =>
      write(() => {
        const known = select(request.requestId);
        if (known) return { outcome: 'known', ticket: known };
        const ticket = receivedTicket(request, timestamp());
        const twin = twinWithinMs > 0 ? findTwin(ticket, twinWithinMs) : null;
        if (twin) return { outcome: 'twin', ticket: twin };
        if (mostPerMinute > 0) demandMayFile(mostPerMinute, filedBy(ticket, mostPerMinute - 1), now());
        return { outcome: 'new', ticket: insert(ticket) };
      }),

    find: (requestId) => read(() => select(requestId)),

    update: (requestId, change) =>
      write(() => {
        const ticket = demand(requestId);
        const changed = typeof change === 'function' ? change(ticket) : change;
        return changed === null ? ticket : save({ ...ticket, ...changed });
      }),

    decide: (click, decision) =>
      write(() => {
        const known = select(click.requestId);
        if (known?.decision && !standsAgainst(decision, known.decision)) return { accepted: false, ticket: known };
        if (known)
          return { accepted: true, ticket: save({ ...known, ...decidedTicket(known, click, decision, timestamp()) }) };
        return { accepted: true, ticket: insert(decidedTicket(null, click, decision, timestamp())) };
      }),

    learn: (click) =>
      write(() => {
        const known = select(click.requestId);
        if (known === null) return insert(clickedTicket(click, timestamp()));
        const completed = completedTicket(known, click);
        return isDeepStrictEqual(completed, known) ? known : save(completed);
      }),

    findByKey: (issueKey) =>
      read(() => {
        const query = kysely.selectFrom('ticket_logs').selectAll().where('jira_issue_key', '=', issueKey);
        const [row] = run(query.orderBy('id', 'desc').limit(1).compile());
        return row ? toTicket(row) : null;
      }),

    corrections: (limit) => read(() => lists.readable(run(correctedQuery(limit)), (row) => correctedSchema.parse(row))),

    unfinished: () => read(() => lists.readable(run(unfinishedQuery()), toTicket)),

    undecided: (query) => read(() => lists.readable(run(undecidedQuery(query)), toTicket)),

    page: (query) => read(() => lists.page(query)),

    list: (query) => read(() => lists.list(query)),

    async *all(filter) {
      let page = await read(() => lists.after(filter, null));
      while (page.last !== null) {
        yield page.tickets;
        const { last } = page;
        page = await read(() => lists.after(filter, last));
      }
    },

    overview: () => read(() => lists.overview()),

    events: (requestId) => read(() => lists.events(requestId)),

    activity: (limit) => read(() => lists.activity(limit)),

    async adopt(issues) {
      const added = await Promise.all(issues.map((issue) => write(() => adopt(issue))));
      return added.filter(Boolean).length;
    },

    async prune({ textsBefore, ticketsBefore }, signal) {
      const removed = ticketsBefore === null ? 0 : await pruneAll(pruneTicketsQuery(ticketsBefore), signal);
      const emptied = textsBefore === null ? 0 : await pruneAll(pruneTextsQuery(textsBefore), signal);
      // Until then the words are in the file's old pages and in the WAL; also where a reader kept them the last time.
      await read(() => db.pragma('wal_checkpoint(truncate)'));
      return removed + emptied;
    },

    size: () =>
      read(() => {
        const [count] = run(countQuery());
        const bytes = [file, `${file}-wal`].map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
        return { tickets: count?.tickets ?? 0, bytes: bytes.reduce((sum, each) => sum + each, 0) };
      }),

    async close() {
      if (!db.open) return;
      batch.flush();
      db.close();
    },
  };
}
