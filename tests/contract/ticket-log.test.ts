import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createTicketLog } from '../../electron/log/sqlite/ticket-log.ts';
import { createFakeTicketLog } from '../fakes/ticket-log.ts';
import { ticketLogContract } from './ticket-log.ts';
import { ticketLogClaimsContract } from './ticket-log-claims.ts';
import { ticketLogListsContract } from './ticket-log-lists.ts';

const folder = mkdtempSync(join(tmpdir(), 'ticket-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

for (const contract of [ticketLogContract, ticketLogListsContract, ticketLogClaimsContract]) {
  contract('the log on SQLite', (now) => {
    files += 1;
    return createTicketLog({ file: join(folder, `${files}.db`), now });
  });

  contract('the log in memory', async (now) => createFakeTicketLog(now));
}
