import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { type OpenedLog, type OpenOptions, openTicketLog } from '../../../electron/log/open-ticket-log.ts';
import type { TicketLog } from '../../../electron/tickets/ports/ticket-log.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { aFilter, aRequest, type ClosableLog, classification } from '../../contract/ticket-log.ts';

/** A data folder of this test alone, and ways to open the log in it. */
export interface LogFolder {
  folder: string;
  /** The log's path. */
  file: string;
  backupFolder: string;
  /** Failures that were reported and changed nothing else. */
  errors: AppError[];
  open(options?: Partial<OpenOptions>): ReturnType<typeof openClosableLog>;
}

/** Opens the log; closing it closes all that was opened. */
export async function openClosableLog(options: OpenOptions): Promise<OpenedLog & { log: ClosableLog }> {
  const opened = await openTicketLog(options);
  return { ...opened, log: { ...opened.log, close: opened.close } };
}

export function aLogFolder(): LogFolder {
  const folder = mkdtempSync(join(tmpdir(), 'log-file-'));
  const file = join(folder, 'tickets.db');
  const errors: AppError[] = [];
  const opened: OpenedLog[] = [];
  onTestFinished(async () => {
    for (const { close } of opened) await close();
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    file,
    backupFolder: join(folder, 'backups'),
    errors,
    async open(options = {}) {
      const log = await openClosableLog({ file, onError: (error) => errors.push(error), ...options });
      opened.push(log);
      return log;
    },
  };
}

/** What is on the disk of a folder whose program is killed now, in a new folder. */
export function crashOf({ file, backupFolder }: LogFolder): LogFolder {
  const crashed = aLogFolder();
  for (const end of ['', '-wal'])
    if (existsSync(`${file}${end}`)) copyFileSync(`${file}${end}`, `${crashed.file}${end}`);
  if (existsSync(backupFolder)) cpSync(backupFolder, crashed.backupFolder, { recursive: true });
  return crashed;
}

/** So many tickets, `r0` on, that wait for a decision; their words are long enough to fill pages. */
export async function fill(log: TicketLog, count: number, from = 0): Promise<void> {
  const indexes = Array.from({ length: count }, (_, index) => from + index);
  await Promise.all(
    indexes.map((index) =>
      log.receive(aRequest({ requestId: `r${index}`, text: `${index} ${'the VPN is down again, '.repeat(20)}` })),
    ),
  );
  await Promise.all(indexes.map((index) => log.update(`r${index}`, { classification, step: 'classified' })));
  await Promise.all(
    indexes.map((index) =>
      log.update(`r${index}`, {
        ...{ status: 'created', step: 'announced', issueId: `${index}`, issueKey: `KAN-${index + 1}` },
        announcement: { via: 'channel', channel: 'C1', ts: `17.${index}` },
      }),
    ),
  );
}

/** All tickets by request id. */
export async function ticketsIn(log: TicketLog) {
  const tickets = new Map<string, Ticket>();
  for await (const page of log.all(aFilter())) for (const ticket of page) tickets.set(ticket.requestId, ticket);
  return tickets;
}

/** Whether SQLite finds nothing wrong with it. */
export function isSound(file: string): boolean {
  const db = new Database(file, { readonly: true });
  try {
    return db.pragma('integrity_check', { simple: true }) === 'ok';
  } finally {
    db.close();
  }
}
