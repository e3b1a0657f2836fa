// npm run seed-log -- --rows 100000 --data DIR: a large, varied log to try the window and to measure with.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openDatabase } from '../electron/log/sqlite/open-database.ts';
import { createQueryRunner } from '../electron/log/sqlite/query-runner.ts';
import { toRow } from '../electron/log/sqlite/ticket-rows.ts';
import { toAppError } from '../shared/errors.ts';
import { labelSchema } from '../shared/labels.ts';
import { projectDir } from './paths.ts';
import { type SeedExample, type SeededTicket, seedTickets } from './seed-tickets.ts';

const usage = `Usage: npm run seed-log -- --rows N --data DIR [--force-append]

  --rows N        how many tickets, 1 to 1000000
  --data DIR      the data folder; its tickets.db is made, or must be empty
  --force-append  add to a log that has tickets`;

/** Numbers are never given twice, also not those of tickets that were removed. */
const lastNumber = `select coalesce(max(seq), 0) as last from sqlite_sequence where name = 'ticket_logs'`;

const exampleSchema = z.object({ text: z.string(), label: labelSchema });

function readExamples(): SeedExample[] {
  const lines = readFileSync(path.join(projectDir, 'models', 'examples.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean);
  return lines.map((line) => exampleSchema.parse(JSON.parse(line)));
}

/** The exit code: 0, 1 where nothing was written, 2 for a wrong call. */
function main(): number {
  const call = readCall();
  if (!call) {
    console.error(usage);
    return 2;
  }
  const file = path.join(call.data, 'tickets.db');
  const begun = performance.now();
  const wasThere = existsSync(file);
  const db = openDatabase({ file });
  try {
    // What is being written fits in memory: no page goes to the disk twice.
    db.pragma('cache_size = -400000');
    const { kysely, run } = createQueryRunner(db);
    const [known] = run(kysely.selectFrom('ticket_logs').select('id').limit(1).compile());
    if (known && !call.append) {
      console.error(`${file} has tickets already. Choose another folder, or add to it with --force-append.`);
      return 1;
    }
    const { last } = db.prepare<[], { last: number }>(lastNumber).get() ?? { last: 0 };
    const addEvent = db.prepare(
      'insert into ticket_events (log_id, at, step, status, error_code, error_message) values (?, ?, ?, ?, ?, ?)',
    );
    const write = ({ ticket, earlier }: SeededTicket, id: number) => {
      for (const { at, step, status, error } of earlier) {
        addEvent.run(id, at, step, status, error?.code ?? null, error?.message ?? null);
      }
      // The log itself notes what the ticket has become.
      run(
        kysely
          .insertInto('ticket_logs')
          .values({ id, ...toRow(ticket) })
          .returning('id')
          .compile(),
      );
    };
    db.transaction(() => {
      let id = last;
      for (const seeded of seedTickets(call.rows, readExamples(), Date.now(), last)) {
        id += 1;
        write(seeded, id);
      }
    }).immediate();
    db.pragma('wal_checkpoint(truncate)');
  } finally {
    db.close();
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const megabytes = Math.round(statSync(file).size / 1e6);
  console.log(`${file}: ${call.rows} tickets ${wasThere ? 'added' : 'written'} in ${seconds} s, ${megabytes} MB.`);
  return 0;
}

function readCall(): { rows: number; data: string; append: boolean } | null {
  try {
    const { values } = parseArgs({
      options: { rows: { type: 'string' }, data: { type: 'string' }, 'force-append': { type: 'boolean' } },
    });
    const rows = Number(values.rows);
    if (!values.data || !Number.isInteger(rows) || rows < 1 || rows > 1_000_000) return null;
    const data = path.resolve(process.env['INIT_CWD'] ?? '.', values.data);
    return { rows, data, append: values['force-append'] === true };
  } catch {
    return null;
  }
}

try {
  process.exitCode = main();
} catch (thrown) {
  console.error(toAppError(thrown).message);
  process.exitCode = 1;
}
