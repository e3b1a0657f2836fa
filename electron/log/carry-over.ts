import type { Database, Statement } from 'better-sqlite3';
import type { DatabasePages } from './database-pages.ts';
import { rowsIn, type StoredRow, type Value } from './page-rows.ts';
import { type TicketRow, toTicket } from './ticket-rows.ts';

/** Columns of the first schema's `ticket_logs`; no other table has as many. */
const fewestTicketColumns = 35;
const eventColumns = ['id', 'log_id', 'at', 'step', 'status', 'error_code', 'error_message'];
/** Type, name, table, root page, SQL. */
const schemaColumns = 5;

/** A connection to the file that is being filled, and what a row of the newest schema holds where nothing is said. */
export interface Target {
  db: Database;
  /** By column, in the newest schema's order. */
  defaults: Record<string, Value>;
}

/** What `ticket_logs` of the newest schema, in this database, holds where nothing is said. */
export function ticketDefaults(newest: Database): Record<string, Value> {
  const columns = columnsOf(newest);
  const selected = columns.map(({ name, defaultSql }) => `${defaultSql ?? 'null'} as "${name}"`);
  return newest.prepare<[], Record<string, Value>>(`select ${selected}`).get() ?? {};
}

function columnsOf(db: Database): Array<{ name: string; defaultSql: string | null }> {
  return db
    .prepare<[], { name: string; defaultSql: string | null }>(
      `select name, dflt_value as defaultSql from pragma_table_info('ticket_logs') order by cid`,
    )
    .all();
}

/** What these pages held. */
export interface Carried {
  tickets: number;
  /** The lowest and the highest number of a ticket that is mentioned anywhere; null where none is. */
  numbers: { first: number; last: number } | null;
}

/** Adds the tickets, with their history, that these pages still hold. Call it within a transaction. */
export function carryFromPages(pages: DatabasePages, { db, defaults }: Target): Carried {
  const names = ticketColumnsIn(pages, db) ?? Object.keys(defaults);
  const addTicket = inserter(db, 'ticket_logs', new Set(columnsOf(db).map(({ name }) => name)));
  let tickets = 0;
  for (const { rowid, values } of rowsIn(pages, (columns) => columns >= fewestTicketColumns)) {
    // The number of a row is its key, and is not stored among the values.
    const row = { ...asRecord(names, values), id: rowid };
    if (values[0] === null && isSound({ ...defaults, ...row })) tickets += addTicket(row);
  }
  if (!hasEvents(db)) return { tickets, numbers: numbersIn(pages, db, 'select id from ticket_logs') };
  // Those that the insertions made say what has become of the ticket, not how.
  db.exec('delete from ticket_events');
  const addEvent = inserter(db, 'ticket_events', new Set(eventColumns));
  for (const { rowid, values } of rowsIn(pages, (columns) => columns === eventColumns.length)) {
    const event = { ...asRecord(eventColumns, values), id: rowid };
    if (values[0] === null && isEvent(event)) addEvent(event);
  }
  const numbers = numbersIn(pages, db, 'select id from ticket_logs union select log_id from ticket_events');
  db.exec('delete from ticket_events where log_id not in (select id from ticket_logs)');
  return { tickets, numbers };
}

/**
 * Adds the tickets that only the backup has, and the history of those that have none; gives how many tickets. The backup
 * has the same schema and is attached as `backup`. `at`: now, ISO 8601. Call it within a transaction.
 */
export function carryFromBackup(db: Database, at: string): number {
  const names = columnsOf(db).map(({ name }) => name);
  const added = db
    .prepare<[], { id: number }>(
      `insert into ticket_logs (${names}) select ${names} from backup.ticket_logs
       where id not in (select id from main.ticket_logs) and request_id not in (select request_id from main.ticket_logs)
       returning id`,
    )
    .all();
  if (hasEvents(db)) {
    const removeOwn = db.prepare('delete from ticket_events where log_id = ?');
    for (const { id } of added) removeOwn.run(id);
    const others = eventColumns.filter((name) => name !== 'id');
    db.exec(
      `insert into ticket_events (${others}) select ${others} from backup.ticket_events
       where log_id in (select id from main.ticket_logs) and log_id not in (select log_id from main.ticket_events)
       order by id`,
    );
  }
  const distrustOne = db.prepare(`${distrust} and id = @id`);
  for (const { id } of added) distrustOne.run({ id, at });
  return added.length;
}

/** Tickets whose history nobody knows have at least what they are now. */
export function completeEvents(db: Database): void {
  if (!hasEvents(db)) return;
  db.exec(
    `insert into ticket_events (log_id, at, step, status, error_code, error_message)
     select id, updated_at, step, status, error_code, error_message from ticket_logs
     where origin <> 'jira' and id not in (select log_id from ticket_events) order by updated_at`,
  );
}

/**
 * These rows may be older than what was done: since then an issue may have been made. At `creating` it is looked for
 * before one is created. `at`: now, ISO 8601.
 */
const distrust = `update ticket_logs set step = 'creating', updated_at = @at where step in ('received', 'classified')`;

/** Makes rows safe to go on from although they may be older than what was done. */
export function distrustRows(db: Database, at: string): void {
  db.prepare(distrust).run({ at });
}

function numbersIn(pages: DatabasePages, db: Database, carriedNumbers: string): Carried['numbers'] {
  const row = db
    .prepare<[], { first: number | null; last: number | null }>(
      `select min(id) as first, max(id) as last from (${carriedNumbers})`,
    )
    .get();
  let last = row?.last ?? 0;
  // The table with the last number that was given, which is never given again.
  for (const { values } of rowsIn(pages, (columns) => columns === 2)) {
    const [name, number] = values;
    if (name === 'ticket_logs' && typeof number === 'number') last = Math.max(last, number);
  }
  return last === 0 ? null : { first: row?.first ?? 1, last };
}

/** The columns of `ticket_logs` in the order in which this very file stores them; null where it does not say. */
function ticketColumnsIn(pages: DatabasePages, db: Database): string[] | null {
  for (const { values } of rowsIn(pages, (columns) => columns === schemaColumns)) {
    const [type, name, , , sql] = values;
    if (type !== 'table' || name !== 'ticket_logs' || typeof sql !== 'string') continue;
    return namesIn(sql, db);
  }
  return null;
}

/** SQLite reads the names out of the statement; it is undone at once. */
function namesIn(sql: string, db: Database): string[] | null {
  const [start, end] = [sql.indexOf('('), sql.lastIndexOf(')') + 1];
  if (start < 0 || end <= start) return null;
  const inside = sql.slice(start, end);
  try {
    db.exec(`create temp table carried ${inside}`);
    const columns = db.prepare<[], { name: string }>(`select name from pragma_table_info('carried')`).all();
    db.exec('drop table temp.carried');
    return columns.map(({ name }) => name);
  } catch {
    return null;
  }
}

function asRecord(names: string[], values: StoredRow['values']): Record<string, Value> {
  return Object.fromEntries(names.slice(0, values.length).map((name, index) => [name, values[index] ?? null]));
}

/** The insertion gives how many were added: none where the row breaks a rule of the table, or is there already. */
function inserter(db: Database, table: string, known: Set<string>): (row: Record<string, Value>) => number {
  const statements = new Map<string, Statement>();
  return (row) => {
    const names = Object.keys(row).filter((name) => known.has(name));
    const sql = `insert or ignore into ${table} (${names}) values (${names.map((name) => `@${name}`)})`;
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement.run(row).changes;
  };
}

/** Whether the program can work with the row. Pages that were lost read as zeros, which no person types. */
function isSound(row: Record<string, Value>): boolean {
  if (hasZeros(row)) return false;
  try {
    // It checks what the type claims.
    toTicket(row as unknown as TicketRow);
    return true;
  } catch {
    return false;
  }
}

function isEvent(event: Record<string, Value>): boolean {
  const { log_id, at, step, status } = event;
  return typeof log_id === 'number' && [at, step, status].every((each) => typeof each === 'string') && !hasZeros(event);
}

function hasZeros(row: Record<string, Value>): boolean {
  return Object.values(row).some((value) => typeof value === 'string' && value.includes('\0'));
}

function hasEvents(db: Database): boolean {
  return db.prepare(`select 1 from sqlite_master where name = 'ticket_events'`).get() !== undefined;
}
