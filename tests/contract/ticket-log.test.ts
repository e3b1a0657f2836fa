import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createTicketLog } from '../../electron/log/ticket-log.ts';
import { createFakeTicketLog } from '../fakes/ticket-log.ts';
import { ticketLogContract } from './ticket-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'ticket-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

ticketLogContract('the log on SQLite', (now) => {
  files += 1;
  return createTicketLog({ file: join(folder, `${files}.db`), now });
});

ticketLogContract('the log in memory', async (now) => createFakeTicketLog(now));
