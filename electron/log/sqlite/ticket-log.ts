import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { RawBuilder } from 'kysely';
import type { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { ListedIssue } from '../../tickets/ports/issue-tracker.ts';
import type { TicketLog } from '../../tickets/ports/ticket-log.ts';
import type { TicketStore, UnsavedTicket } from '../../tickets/ports/ticket-store.ts';
import { changedTicket, noSuchRequest, storedTicket } from '../../tickets/rules/changed-ticket.ts';
import { importedIssue, importedRequestId } from '../../tickets/rules/imported-issue.ts';
import { judgeRequest } from '../../tickets/rules/intake.ts';
import { createFileAccess } from './file-access.ts';
import { createFormTexts } from './form-texts.ts';
import { intakeFacts } from './intake-facts.ts';
import { correctedSchema } from './list-rows.ts';
import { type DatabaseOptions, openDatabase } from './open-database.ts';
import { createQueryRunner } from './query-runner.ts';
import { toStorageError } from './storage-error.ts';
import { createTicketLists } from './ticket-lists.ts';
import {
  correctedQuery,
  decidedSinceQuery,
  pruneAtOnce,
  pruneTextsQuery,
  pruneTicketsQuery,
  resumableQuery,
  undecidedQuery,
} from './ticket-queries.ts';
import { toTicket } from './ticket-rows.ts';
import { createTicketTable } from './ticket-table.ts';

export interface TicketLogOptions extends DatabaseOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Tells of a row that lists leave out because it cannot be read; the message names the row, not its text. */
  onDamagedRow?: (error: AppError) => void;
  /** Tells that the file itself turned out to be damaged. */
  onDamagedFile?: () => void;
  /** Called before each write; what it throws rejects the write, and nothing is stored. */
  demandWritable?: () => void;
  open?: (options: DatabaseOptions) => Database;
}

/** The log in its file. */
export interface LogFile extends TicketLog {
  /** Bytes on disk, the write-ahead log included. */
  bytes(): number;
  /** Waits for writes in hand and closes the file. */
  close(): Promise<void>;
}

/** Opens the log of requests in a SQLite file that others may read meanwhile. Rejects with `storage_failed`. */
export async function createTicketLog(options: TicketLogOptions): Promise<LogFile> {
  const { file, now = Date.now, onDamagedRow = () => {}, onDamagedFile = () => {}, open = openDatabase } = options;
  const db = open(options);
  const queries = createQueryRunner(db);
  const { run } = queries;
  const table = createTicketTable(queries);
  const formTexts = createFormTexts(queries);
  const lists = createTicketLists(run, (thrown) => onDamagedRow(toStorageError(thrown, file)));
  function beforeWrite(): void {
    options.demandWritable?.();
    lists.forgetCounts();
  }
  const { read, write, close } = createFileAccess({ db, file, beforeWrite, onDamagedFile });
  const timestamp = (ms = now()) => new Date(ms).toISOString();

  function insert(ticket: UnsavedTicket): Ticket {
    const inserted = table.insert(ticket);
    lists.rowAdded(ticket);
    return inserted;
  }

  const upsert: TicketStore['upsert'] = (requestId, ticketOf) =>
    write(() => {
      const known = table.find(requestId);
      const at = timestamp();
      const ticket = ticketOf(known, at);
      if (known !== null) return ticket === null ? known : table.save(storedTicket(known, ticket, at));
      if (ticket === null) throw noSuchRequest();
      return insert(ticket);
    });

  /** Imports an issue; false where nothing was added. */
  function importIssue(issue: ListedIssue): boolean {
    const known = table.find(importedRequestId(issue));
    const at = timestamp();
    const sameKey = known === null ? table.withKey(issue.key) : [];
    const ticket = importedIssue(issue, { known, sameKey }, at);
    if (ticket === null) return false;
    if (known !== null) table.save(storedTicket(known, ticket, at));
    else insert(ticket);
    return known === null;
  }

  /** Prunes a few rows a turn, until there are none left or it is aborted; gives how many. */
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

  return {
    receive: (request, rules = {}) =>
      write(() => {
        const known = table.find(request.requestId);
        const at = timestamp();
        const facts = { known, ...intakeFacts(queries, request, rules, at) };
        const judged = judgeRequest(request, rules, facts, at);
        return judged.outcome === 'new' ? { outcome: 'new', ticket: insert(judged.ticket) } : judged;
      }),

    find: (requestId) => read(() => table.find(requestId)),

    findByKey: (issueKey) => read(() => table.withKey(issueKey)[0] ?? null),

    update: (requestId, change) => upsert(requestId, (known, at) => changedTicket(known, change, at)),

    upsert,

    resumable: () => read(() => lists.readable(run(resumableQuery()), toTicket)),

    corrections: (limit) => read(() => lists.readable(run(correctedQuery(limit)), (row) => correctedSchema.parse(row))),

    undecided: (query) => read(() => lists.readable(run(undecidedQuery(query)), toTicket)),

    decidedSince: (query) => read(() => lists.readable(run(decidedSinceQuery(query)), toTicket)),

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

    async importIssues(issues) {
      const added = await Promise.all(issues.map((issue) => write(() => importIssue(issue))));
      return added.filter(Boolean).length;
    },

    keepTexts: (form, values) => write(() => formTexts.keep(form, values, now())),

    keptTexts: (form) => read(() => formTexts.kept(form)),

    async prune({ textsBefore, ticketsBefore }, signal) {
      await write(() => formTexts.prune(now()));
      const removed = ticketsBefore === null ? 0 : await pruneAll(pruneTicketsQuery(ticketsBefore), signal);
      const emptied = textsBefore === null ? 0 : await pruneAll(pruneTextsQuery(textsBefore), signal);
      // Until then the words are in the file's old pages and in the WAL; also where a reader kept them the last time.
      beforeWrite();
      await read(() => db.pragma('wal_checkpoint(truncate)'));
      return removed + emptied;
    },

    bytes: () => sizeOf(file) + sizeOf(`${file}-wal`),

    close: async () => close(),
  };
}

/** Bytes of a file; 0 where it cannot be looked at: what is wrong with it is told by whoever reads it. */
function sizeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}
