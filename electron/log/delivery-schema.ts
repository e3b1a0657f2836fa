import type { Database } from 'better-sqlite3';

/**
 * Migration 4: where and when a create was sent, Slack's time of a decision, and the step `unconfirmed`. Never change
 * it: there are logs that have it.
 */
export function deliverySchema(db: Database): void {
  db.exec(`
    alter table ticket_logs add column decided_ts text;
    alter table ticket_logs add column target_site text;
    alter table ticket_logs add column target_project text;
    alter table ticket_logs add column anchor_key text;
    alter table ticket_logs add column look_until text;`);
  // SQLite cannot alter a CHECK. Its own advice for a change that leaves the rows as they are, without copying the
  // table and its triggers and indexes: https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Changes".
  const version = Number(db.pragma('schema_version', { simple: true }));
  db.unsafeMode(true);
  try {
    db.pragma('writable_schema = on');
    db.prepare("update sqlite_schema set sql = replace(sql, ?, ?) where type = 'table' and name = 'ticket_logs'").run(
      `'creating', 'created'`,
      `'creating', 'unconfirmed', 'created'`,
    );
    db.pragma(`schema_version = ${version + 1}`);
  } finally {
    db.pragma('writable_schema = off');
    db.unsafeMode(false);
  }
}
