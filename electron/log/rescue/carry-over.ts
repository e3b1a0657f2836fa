import type { Database } from 'better-sqlite3';
import { type TicketRow, toTicket } from '../sqlite/ticket-rows.ts';
import type { DatabasePages } from './database-pages.ts';
import { rowsIn, type StoredRow, type Value } from './page-rows.ts';

/** Columns that `ticket_logs` had at first; no other table has as many. */
const fewestTicketColumns = 35;
const eventColumns = ['id', 'log_id', 'at', 'step', 'status', 'error_code', 'error_message'];
/** Columns of the schema's own table: type, name, table, root page, SQL. */
const schemaColumns = 5;

type Row = Record<string, Value>;

/** A connection to the file that is being filled, and what a row of the newest schema holds where nothing is said. */
export interface Target {
  db: Database;
  /** Values by column, in the newest schema's order. */
  defaults: Row;
}

/** Values that a row of `ticket_logs` of the newest schema, in this database, holds where nothing is said. */
export function ticketDefaults(newest: Database): Row {
  const selected = columnsOf(newest).map(({ name, defaultSql }) => `${defaultSql ?? 'null'} as "${name}"`);
  return newest.prepare<[], Row>(`select ${selected}`).get() ?? {};
}

function columnsOf(db: Database): Array<{ name: string; defaultSql: string | null }> {
  return db
    .prepare<[], { name: string; defaultSql: string | null }>(
      `select name, dflt_value as defaultSql from pragma_table_info('ticket_logs') order by cid`,
    )
    .all();
}

/** Account of what was carried over. */
export interface Carried {
  /** Numbers of the tickets that were added. */
  added: number[];
  /** Rows that the program could not work with. */
  unsound: number;
  /** The lowest and the highest number of a ticket that is mentioned anywhere; null where none is. */
  numbers: { first: number; last: number } | null;
}

/**
 * Adds the tickets that these pages hold and the target lacks, and the history of those that have none. Call it within
 * a transaction.
 */
export function carryOver(pages: DatabasePages, target: Target): Carried {
  const { db } = target;
  const added: number[] = [];
  let unsound = 0;
  let [first, last] = [Number.POSITIVE_INFINITY, lastNumberIn(pages)];
  function mention(id: number): void {
    first = Math.min(first, id);
    last = Math.max(last, id);
  }
  const columns = columnsOf(db).map(({ name }) => name);
  const addTicket = inserter(db, 'ticket_logs', columns);
  for (const { id, row } of ticketsIn(pages, target)) {
    if (!isSound(row)) unsound += 1;
    else if (addTicket(row)) {
      added.push(id);
      mention(id);
    }
  }
  // What the insertions noted says what has become of the ticket, not how.
  const forgetEvents = db.prepare('delete from ticket_events where log_id = ?');
  for (const id of added) forgetEvents.run(id);
  const withoutEvents = new Set(idsOf(db, 'id not in (select log_id from ticket_events)'));
  const behind = db.prepare<[], number>('select coalesce(max(id), 0) from ticket_events').pluck().get() ?? 0;
  const addEvent = inserter(db, 'ticket_events', eventColumns);
  for (const { id, logId, event } of eventsIn(pages)) {
    mention(logId);
    if (withoutEvents.has(logId)) addEvent({ ...event, id: behind + id });
  }
  return { added, unsound, numbers: last === 0 ? null : { first: Math.min(first, last), last } };
}

function idsOf(db: Database, condition: string): number[] {
  return db.prepare<[], number>(`select id from ticket_logs where ${condition}`).pluck().all();
}

/** Rows of `ticket_logs`, in the newest form. */
function* ticketsIn(pages: DatabasePages, { db, defaults }: Target): Generator<{ id: number; row: Row }> {
  const names = ticketColumnsIn(pages, db) ?? Object.keys(defaults);
  for (const { rowid, values } of rowsIn(pages, (columns) => columns >= fewestTicketColumns)) {
    // The number of a row is its key, and is not stored among the values.
    if (values[0] !== null) continue;
    yield { id: rowid, row: { ...defaults, ...inNewForm(asRecord(names, values)), id: rowid } };
  }
}

/** Rows of `ticket_events`. */
function* eventsIn(pages: DatabasePages): Generator<{ id: number; logId: number; event: Row }> {
  for (const { rowid, values } of rowsIn(pages, (columns) => columns === eventColumns.length)) {
    const event = asRecord(eventColumns, values);
    const { log_id: logId, at, step, status } = event;
    const isEvent = values[0] === null && [at, step, status].every((each) => typeof each === 'string');
    if (isEvent && typeof logId === 'number' && !hasZeros(event)) yield { id: rowid, logId, event };
  }
}

/**
 * Brings a row of before the first release into today's form: its `ticket_id` was Jira's id of the issue, and its first
 * programs did not say where a ticket came from.
 */
function inNewForm(row: Row): Row {
  if ('jira_issue_id' in row) return row;
  const { ticket_id: issueId = null, jira_issue_key: key = null, text } = row;
  const wasClicked = text === '' && issueId === null && key !== null;
  return { origin: wasClicked ? 'click' : 'desk', ...row, jira_issue_id: issueId, ticket_id: key };
}

/** Gives tickets whose history nobody knows at least what they are now. */
export function completeEvents(db: Database): void {
  db.exec(
    `insert into ticket_events (log_id, at, step, status, error_code, error_message)
     select id, updated_at, step, status, error_code, error_message from ticket_logs
     where origin <> 'jira' and id not in (select log_id from ticket_events) order by updated_at`,
  );
}

/**
 * Change of rows that may be older than what was done: since then an issue may have been made. At `creating` it is
 * looked for before one is created. `at`: now, ISO 8601.
 */
const distrust = `update ticket_logs set step = 'creating', updated_at = @at where step in ('received', 'classified')`;

/** Makes rows safe to go on from although they may be older than what was done: these, or all. */
export function distrustRows(db: Database, at: string, ids?: readonly number[]): void {
  if (ids === undefined) {
    db.prepare(distrust).run({ at });
    return;
  }
  const distrustOne = db.prepare(`${distrust} and id = @id`);
  for (const id of ids) distrustOne.run({ id, at });
}

/** The last number that was given to a ticket, which is never given again; 0 where the file does not say. */
function lastNumberIn(pages: DatabasePages): number {
  let last = 0;
  for (const { values } of rowsIn(pages, (columns) => columns === 2)) {
    const [name, number] = values;
    if (name === 'ticket_logs' && typeof number === 'number') last = Math.max(last, number);
  }
  return last;
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

/** Has SQLite read the names out of a statement, which is undone at once. */
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

function asRecord(names: string[], values: StoredRow['values']): Row {
  return Object.fromEntries(names.slice(0, values.length).map((name, index) => [name, values[index] ?? null]));
}

/**
 * Prepares an insertion, which says whether it was done: not where the row breaks a rule of the table, or is there
 * already.
 */
function inserter(db: Database, table: string, columns: readonly string[]): (row: Row) => boolean {
  const given = columns.map((name) => `@${name}`);
  const statement = db.prepare(`insert or ignore into ${table} (${columns}) values (${given})`);
  return (row) => statement.run(row).changes > 0;
}

/** Whether the program can work with the row. Pages that were lost read as zeros, which no person types. */
function isSound(row: Row): boolean {
  if (hasZeros(row)) return false;
  try {
    // It checks what the type claims.
    toTicket(row as unknown as TicketRow);
    return true;
  } catch {
    return false;
  }
}

function hasZeros(row: Row): boolean {
  return Object.values(row).some((value) => typeof value === 'string' && value.includes('\0'));
}
