import type { Database, Statement } from 'better-sqlite3';
import { type CompiledQuery, Kysely, SqliteDialect, sql } from 'kysely';
import { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { TicketLog } from '../tickets/ports.ts';
import { decidedTicket, receivedTicket } from './new-tickets.ts';
import { type DatabaseOptions, openDatabase } from './open-database.ts';
import { toStorageError } from './storage-error.ts';
import { type LogSchema, type TicketRow, toRow, toTicket, type UnsavedTicket } from './ticket-rows.ts';
import { createWriteBatch } from './write-batch.ts';

export interface TicketLogOptions extends DatabaseOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Told of a row that lists leave out because it cannot be read; the message names the row, not its text. */
  onDamagedRow?: (error: AppError) => void;
  open?: (options: DatabaseOptions) => Database;
}

/** The log of requests in a SQLite file that others may read meanwhile. Rejects with `storage_failed`. */
export async function createTicketLog(options: TicketLogOptions): Promise<TicketLog> {
  const { file, now = Date.now, onDamagedRow = () => {}, open = openDatabase } = options;
  const db = open(options);
  // Kysely writes the SQL, and better-sqlite3 runs it at once: a transaction here never spans a turn.
  const kysely = new Kysely<LogSchema>({ dialect: new SqliteDialect({ database: db }) });
  const batch = createWriteBatch(db);
  const timestamp = (ms = now()) => new Date(ms).toISOString();

  const statements = new Map<string, Statement<unknown[], unknown>>();

  function run<Row>({ sql, parameters }: CompiledQuery<Row>): Row[] {
    const statement = statements.get(sql) ?? db.prepare<unknown[], unknown>(sql);
    statements.set(sql, statement);
    return statement.all(...parameters) as Row[];
  }

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

  /** One damaged row must not hide all others. */
  function readable(rows: TicketRow[]): Ticket[] {
    return rows.flatMap((row) => {
      try {
        return [toTicket(row)];
      } catch (thrown) {
        onDamagedRow(toStorageError(thrown, file));
        return [];
      }
    });
  }

  function closed(): AppError {
    return new AppError('storage_failed', 'The ticket log is closed: the program is quitting.');
  }

  async function read<T>(work: () => T): Promise<T> {
    if (!db.open) throw closed();
    try {
      return work();
    } catch (thrown) {
      throw toStorageError(thrown, file);
    }
  }

  async function write<T>(work: () => T): Promise<T> {
    if (!db.open) throw closed();
    return batch.write(work).catch((thrown) => {
      throw toStorageError(thrown, file);
    });
  }

  return {
    receive: (request, twinWithinMs) =>
      write(() => {
        const known = select(request.requestId);
        if (known) return { outcome: 'known', ticket: known };
        const ticket = receivedTicket(request, timestamp());
        const twin = twinWithinMs > 0 ? findTwin(ticket, twinWithinMs) : null;
        if (twin) return { outcome: 'twin', ticket: twin };
        return { outcome: 'new', ticket: insert(ticket) };
      }),

    find: (requestId) => read(() => select(requestId)),

    update: (requestId, change) => write(() => save({ ...demand(requestId), ...change })),

    decide: (click, decision) =>
      write(() => {
        const known = select(click.requestId);
        if (known?.decision) return { accepted: false, ticket: known };
        if (known)
          return { accepted: true, ticket: save({ ...known, ...decidedTicket(known, click, decision, timestamp()) }) };
        return { accepted: true, ticket: insert(decidedTicket(null, click, decision, timestamp())) };
      }),

    unfinished: () =>
      read(() => {
        const query = kysely
          .selectFrom('ticket_logs')
          .selectAll()
          .where(({ and, eb, or }) =>
            or([
              eb('status', '=', 'received'),
              and([eb('status', '=', 'created'), eb('step', '=', 'created')]),
              and([eb('status', 'in', ['approved', 'rejected']), eb('step', '!=', 'done')]),
            ]),
          )
          .orderBy('id');
        return readable(run(query.compile()));
      }),

    list: ({ search = '', status, before, limit }) =>
      read(() => {
        if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
          throw new AppError('invalid_input', 'A page of tickets has 1 to 200 rows.');
        }
        let query = kysely.selectFrom('ticket_logs').selectAll().orderBy('id', 'desc').limit(limit);
        if (status) query = query.where('status', '=', status);
        if (before !== undefined) query = query.where('id', '<', before);
        const words = search.trim();
        if (words) {
          const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
          query = query.where(({ or, ref }) =>
            or(searchedColumns.map((column) => sql<boolean>`${ref(column)} like ${pattern} escape '\\'`)),
          );
        }
        return readable(run(query.compile()));
      }),

    async close() {
      if (!db.open) return;
      batch.flush();
      db.close();
    },
  };
}

const searchedColumns = ['summary', 'text', 'jira_issue_key', 'slack_user', 'slack_user_name'] as const;
