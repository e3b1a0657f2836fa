import type { Database, Statement } from 'better-sqlite3';
import { type CompiledQuery, Kysely, type RawBuilder, SqliteDialect } from 'kysely';
import type { LogSchema } from './ticket-rows.ts';

/** Runs at once, by better-sqlite3, SQL that Kysely writes: a transaction never spans a turn of the event loop. */
export interface QueryRunner {
  /** Builds queries; `compile()` them for `run`. */
  kysely: Kysely<LogSchema>;
  /** Gives the rows of a query; a write needs `returning`. Throws SQLite's errors. */
  run<Row>(query: CompiledQuery<Row> | RawBuilder<Row>): Row[];
}

/** Builds the runner, which prepares each statement once. */
export function createQueryRunner(db: Database): QueryRunner {
  const kysely = new Kysely<LogSchema>({ dialect: new SqliteDialect({ database: db }) });
  const statements = new Map<string, Statement<unknown[], unknown>>();

  function run<Row>(query: CompiledQuery<Row> | RawBuilder<Row>): Row[] {
    const { sql, parameters } = 'compile' in query ? query.compile(kysely) : query;
    const statement = statements.get(sql) ?? db.prepare<unknown[], unknown>(sql);
    statements.set(sql, statement);
    return statement.all(...parameters) as Row[];
  }

  return { kysely, run };
}
