import type { Database } from 'better-sqlite3';
import { AppError } from '../../../shared/errors.ts';
import { schema } from './schema.ts';

/** The schema's history, as SQL. Never change one that was released; add one. */
export const migrations: readonly string[] = [
  schema,
  // Slack's own markup, what people gave for fields, and what an issue still lacks.
  `alter table ticket_logs add column markup text;
   alter table ticket_logs add column wanted_fields text;
   alter table ticket_logs add column supplements text not null default '';
   create index ticket_logs_incomplete on ticket_logs (id) where supplements <> '';`,
  // One more step, which the table's own check has to know: as sqlite.org/lang_altertable.html has it for what changes no row.
  // Then how a request came in, the message that it is about, and that one's files.
  `pragma writable_schema = on;
   update sqlite_schema set sql = replace(sql, '''classified'', ''creating''', '''classified'', ''needs_fields'', ''creating''')
     where name = 'ticket_logs';
   pragma writable_schema = reset;
   alter table ticket_logs add column door text not null default 'command';
   alter table ticket_logs add column message_ts text;
   alter table ticket_logs add column message_thread_ts text;
   alter table ticket_logs add column message_author text;
   alter table ticket_logs add column message_author_name text;
   alter table ticket_logs add column message_url text;
   alter table ticket_logs add column files text;
   create index ticket_logs_message on ticket_logs (slack_channel, message_ts) where message_ts is not null;`,
];

/**
 * SQLite's `user_version` is this and how many have been applied: the numbers up to this were those of before the first
 * release.
 */
const lastOldNumber = 6;

/** The number of the schema that these lead to. */
export const schemaAfter = (steps: readonly string[]): number => lastOldNumber + steps.length;

/** Whether a file with this number is of before the first release: its tickets are carried over into a new one. */
export const isOldNumber = (schema: number): boolean => schema > 0 && schema <= lastOldNumber;

/** Migrations that lead to the schema with this number; all where a file does not say, or is of the old numbers. */
export function stepsTo(schema: number | null, steps: readonly string[]): readonly string[] {
  return schema !== null && schema > lastOldNumber ? steps.slice(0, schema - lastOldNumber) : steps;
}

/**
 * Brings the schema up to date. A file of a newer program, or of an old number, is refused with `storage_failed` and
 * left as it is.
 */
export function migrate(db: Database, steps: readonly string[] = migrations): void {
  const version = () => Number(db.pragma('user_version', { simple: true }));
  refuseNewer(db.name, version(), steps);
  if (isOldNumber(version())) {
    const message = `The ticket log ${db.name} is of an old form. Start the program once: it makes a new one of it.`;
    throw new AppError('storage_failed', message);
  }
  const apply = db.transaction(() => {
    // Read again under the write lock: another start may have been faster.
    for (const migration of steps.slice(Math.max(0, version() - lastOldNumber))) db.exec(migration);
    db.pragma(`user_version = ${Math.max(version(), schemaAfter(steps))}`);
  });
  if (version() >= schemaAfter(steps)) return;
  db.unsafeMode(true);
  try {
    apply.immediate();
  } finally {
    db.unsafeMode(false);
  }
}

/** Throws `storage_failed` where this schema is one of a newer program. */
export function refuseNewer(file: string, schema: number, steps: readonly string[]): void {
  const known = schemaAfter(steps);
  if (schema <= known) return;
  const message =
    `The ticket log ${file} was written by a newer version of this program ` +
    `(schema ${schema}, known here: ${known}). Update the program, or choose another data folder.`;
  throw new AppError('storage_failed', message);
}
