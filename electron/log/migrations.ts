import type { Database } from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { correctionSchema } from './correction-schema.ts';
import { deliverySchema } from './delivery-schema.ts';
import { unfinishedSchema } from './unfinished-schema.ts';
import { windowSchema } from './window-schema.ts';

/**
 * The schema's history. SQLite's `user_version` says how many have been applied. Never change one that was
 * released; add one.
 */
const migrations: ReadonlyArray<string | ((db: Database) => void)> = [
  `create table ticket_logs (
    id integer primary key autoincrement,
    request_id text not null unique,
    slack_team text not null,
    slack_user text not null,
    slack_user_name text,
    slack_channel text not null,
    slack_channel_name text,
    text text not null,
    summary text not null,
    response_url text,
    llm_result text check (llm_result in ('Task', 'Bug', 'Incident', 'Feature Request', 'Question')),
    confidence real,
    probabilities text,
    source text,
    model text,
    classify_ms real,
    issue_type text,
    note text,
    ticket_id text,
    jira_issue_key text,
    jira_issue_url text,
    status text not null check (status in ('received', 'created', 'approved', 'rejected', 'failed')),
    step text not null check (step in ('received', 'classified', 'creating', 'created', 'announced', 'done')),
    decision text check (decision in ('approved', 'rejected')),
    decided_by text,
    decided_at text,
    announced_via text,
    announced_channel text,
    announced_ts text,
    error_code text,
    error_message text,
    attempts integer not null,
    next_try_at text,
    created_at text not null,
    updated_at text not null
  );
  create index ticket_logs_by_user on ticket_logs (slack_user, created_at);
  create index ticket_logs_by_status on ticket_logs (status, step);`,
  windowSchema,
  // The words people typed are in the summary and in error messages too, and pruning takes all of them.
  `drop index ticket_logs_texts;
  create index ticket_logs_texts on ticket_logs (created_at)
    where (text <> '' or summary <> '(text removed)') and (step = 'done' or (step = 'announced' and status = 'created'));
  create trigger ticket_logs_emptied after update on ticket_logs
    when new.summary = '(text removed)' and old.summary is not new.summary
  begin
    update ticket_events set error_message = '(text removed)' where log_id = new.id and error_message is not null;
  end;`,
  deliverySchema,
  correctionSchema,
  unfinishedSchema,
];

/** The schema that this program works with. */
export const latestSchema = migrations.length;

/**
 * Brings the schema up to date, or, in a file that is being rebuilt, up to an earlier one. A file of a newer program is
 * refused with `storage_failed` and left as it is.
 */
export function migrate(db: Database, to = latestSchema): void {
  const version = () => Number(db.pragma('user_version', { simple: true }));
  refuseNewer(db.name, version());
  const apply = db.transaction(() => {
    // Read again under the write lock: another start may have been faster.
    for (const migration of migrations.slice(version(), to)) {
      if (typeof migration === 'string') db.exec(migration);
      else migration(db);
    }
    db.pragma(`user_version = ${Math.max(version(), to)}`);
  });
  if (version() < to) apply.immediate();
}

/** Throws `storage_failed` where this schema is one of a newer program. */
export function refuseNewer(file: string, schema: number): void {
  if (schema <= latestSchema) return;
  const message =
    `The ticket log ${file} was written by a newer version of this program ` +
    `(schema ${schema}, known here: ${latestSchema}). Update the program, or choose another data folder.`;
  throw new AppError('storage_failed', message);
}
