import { createWriteStream } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Options, stringify } from 'csv-stringify';
import { AppError } from '../../shared/errors.ts';
import { placeKind, placeWords } from '../../shared/places.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { TicketFilter } from '../../shared/ticket-list.ts';
import type { TicketReader } from '../tickets/ports/ticket-reader.ts';

export interface ExportOptions {
  log: Pick<TicketReader, 'all'>;
  filter: TicketFilter;
  format: 'csv' | 'json';
  /** Absolute path; replaced only once everything is written. */
  file: string;
  /** Permissions of the file; only this user reads it unless given. */
  mode?: number;
}

const csvOptions = {
  header: true,
  // Without a byte order mark Excel reads UTF-8 as something else.
  bom: true,
  quoted: true,
  quoted_empty: true,
  escape_formulas: true,
  cast: { string: withoutInnerFormulas },
} satisfies Options;

/** A ticket as other programs get it: nothing that would let them act in somebody's name. */
function toRecord(ticket: Ticket) {
  const { classification, decision, error } = ticket;
  return {
    key: ticket.issueKey ?? '',
    summary: ticket.summary,
    label: classification?.label ?? '',
    confidence: classification?.confidence ?? '',
    classified_by: classification?.source ?? '',
    model: classification?.model ?? '',
    issue_type: ticket.issueType ?? '',
    status: ticket.status,
    step: ticket.step,
    requester: ticket.userName ?? '',
    requester_id: ticket.user,
    channel: placeKind(ticket) === null ? (ticket.channelName ?? '') : (placeWords(ticket) ?? ''),
    channel_id: ticket.channel,
    decision: decision?.status ?? '',
    decided_by: decision?.by ?? '',
    decided_at: decision?.at ?? '',
    error: error?.message ?? '',
    issue_url: ticket.issueUrl ?? '',
    text: ticket.text,
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
  };
}

/**
 * A spreadsheet that expects another separator ends a cell within our quotes: a formula that would then begin a cell
 * gets an apostrophe, as csv-stringify gives it to one that begins a cell of ours. An apostrophe too many does no harm.
 */
function withoutInnerFormulas(cell: string): string {
  return cell.replace(/(?=[=+\-@＝＋－＠])(?<=[;|\t\r\n][\s"]*)/g, "'");
}

/**
 * Writes the tickets of a view, newest first, a page at a time; gives how many. In CSV, what a spreadsheet could take
 * for a formula gets an apostrophe. Throws `storage_failed`; a file that was there is then left as it was.
 */
export async function exportTickets({ log, filter, format, file, mode = 0o600 }: ExportOptions): Promise<number> {
  let rows = 0;
  async function* records() {
    for await (const page of log.all(filter)) {
      for (const ticket of page) {
        rows += 1;
        yield toRecord(ticket);
      }
    }
  }
  async function* asJson() {
    let mark = '[\n';
    for await (const record of records()) {
      yield `${mark}${JSON.stringify(record)}`;
      mark = ',\n';
    }
    yield mark === '[\n' ? '[]\n' : '\n]\n';
  }
  const partial = `${file}.part`;
  const target = createWriteStream(partial, { mode: 0o600 });
  try {
    if (format === 'json') await pipeline(Readable.from(asJson()), target);
    else await pipeline(Readable.from(records()), stringify(csvOptions), target);
    // Whatever the umask of this process takes away.
    await chmod(partial, mode);
    await rename(partial, file);
  } catch (thrown) {
    await rm(partial, { force: true }).catch(() => {});
    if (thrown instanceof AppError) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('storage_failed', `The file ${file} could not be written: ${reason}`, { cause: thrown });
  }
  return rows;
}
