import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { exportTickets } from '../../../electron/log/export-tickets.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import { typedRequest } from '../../../electron/tickets/ports/ticket-store.ts';
import { AppError } from '../../../shared/errors.ts';
import { allTickets } from '../../../shared/ticket-list.ts';

async function aLog(texts: string[], channelName = 'help') {
  const folder = mkdtempSync(join(tmpdir(), 'ticket-agent-export-'));
  const log = await createTicketLog({ file: join(folder, 'tickets.db') });
  onTestFinished(async () => {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [index, text] of texts.entries()) {
    await log.receive({
      requestId: `r${index}`,
      team: 'T1',
      user: 'U1',
      userName: 'ana',
      channel: 'C1',
      channelName,
      text,
      summary: text.split('\n')[0] ?? '',
      ...typedRequest,
      markup: '<@U1|secret>',
      responseUrl: 'https://hooks.slack.example/secret',
    });
  }
  return { folder, log, file: join(folder, 'tickets.out') };
}

/** CSV as spreadsheets read it: quotes hold a cell together only from its beginning; after them it goes on without. */
function spreadsheetRows(csv: string, separator: string): string[][] {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)")?([^${separator === '|' ? '\\|' : separator}\\n]*)(.|\\n|$)`, 'sy');
  const rows: string[][] = [[]];
  while (cell.lastIndex < csv.length) {
    const [, quoted = '', rest = '', end] = cell.exec(csv) ?? [];
    rows.at(-1)?.push(quoted.replaceAll('""', '"') + rest);
    if (end === '\n') rows.push([]);
  }
  return rows;
}

it('writes every ticket of a view, newest first, over many pages', async () => {
  const { log, file } = await aLog(Array.from({ length: 451 }, (_, index) => `ticket ${index}`));
  expect(await exportTickets({ log, filter: allTickets, format: 'json', file })).toBe(451);
  const records = JSON.parse(readFileSync(file, 'utf8'));
  expect(records.map(({ summary }: { summary: string }) => summary)).toEqual(
    Array.from({ length: 451 }, (_, index) => `ticket ${450 - index}`),
  );
  expect(readFileSync(file, 'utf8')).not.toContain('hooks.slack.example');
});

it('leaves out a damaged ticket, and none of the others', async () => {
  const { log, file, folder } = await aLog(Array.from({ length: 451 }, (_, index) => `ticket ${index}`));
  const other = new Database(join(folder, 'tickets.db'));
  // One within the first page, and the one that ends the second.
  other.exec("update ticket_logs set probabilities = 'no JSON', llm_result = 'Bug' where id in (400, 52)");
  other.close();
  expect(await exportTickets({ log, filter: allTickets, format: 'json', file })).toBe(449);
  const records: Array<{ summary: string }> = JSON.parse(readFileSync(file, 'utf8'));
  expect(records.at(-1)?.summary).toBe('ticket 0');
});

it('writes only what the view shows', async () => {
  const { log, file } = await aLog(['the printer smokes', 'the door squeaks']);
  expect(await exportTickets({ log, filter: { ...allTickets, search: 'printer' }, format: 'json', file })).toBe(1);
  expect(readFileSync(file, 'utf8')).toContain('the printer smokes');
});

it('writes an empty view as an empty list', async () => {
  const { log, file } = await aLog([]);
  expect(await exportTickets({ log, filter: allTickets, format: 'json', file })).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([]);
});

it.each(['=HYPERLINK("http://evil.example","x")', '+1+1', '-2+3', '@SUM(A1)', '\t1+1', '＝1+1'])(
  'keeps %j from being a formula in a spreadsheet',
  async (text) => {
    const { log, file } = await aLog([text]);
    await exportTickets({ log, filter: allTickets, format: 'csv', file });
    const csv = readFileSync(file, 'utf8');
    const cell = text.replaceAll('"', '""');
    expect(csv).toContain(`'${cell}`);
    expect(csv).not.toContain(`,${cell}`);
    expect(csv).not.toContain(`"${cell}`);
  },
);

it.each(['hello;=HYPERLINK(1)', 'hello\t=1+1', 'hello;"=1+1;x', 'hello\n=1+1', 'hello; -2+3', 'a,b;=1'])(
  'keeps %j one cell, and no formula whichever separator the spreadsheet expects',
  async (text) => {
    const { log, file } = await aLog([text]);
    await exportTickets({ log, filter: allTickets, format: 'csv', file });
    const csv = readFileSync(file, 'utf8').slice(1);
    const [names = [], cells = []] = spreadsheetRows(csv, ',');
    expect(cells.length).toBe(names.length);
    expect(cells[names.indexOf('text')]?.replaceAll("'", '')).toBe(text);
    for (const separator of [',', ';', '\t', '|']) {
      const formulas = spreadsheetRows(csv, separator)
        .flat()
        .filter((cell) => /^\s*[=+@-]/.test(cell));
      expect(formulas, separator).toEqual([]);
    }
  },
);

it('puts every cell into quotes, the empty ones too', async () => {
  const { log, file } = await aLog(['one']);
  await exportTickets({ log, filter: allTickets, format: 'csv', file });
  for (const line of readFileSync(file, 'utf8').slice(1).trim().split('\n'))
    expect(line).toMatch(/^"[^"]*"(,"[^"]*")*$/);
});

it('quotes commas, quotes and lines, and says in which encoding it is', async () => {
  const { log, file } = await aLog(['a, "b"\nc – ü']);
  await exportTickets({ log, filter: allTickets, format: 'csv', file });
  const csv = readFileSync(file, 'utf8');
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  expect(csv).toContain('"a, ""b""\nc – ü"');
});

it('leaves the file that was there when the log cannot be read to its end', async () => {
  const { folder, file } = await aLog([]);
  writeFileSync(file, 'before');
  const log = {
    // biome-ignore lint/correctness/useYield: it fails before the first page
    async *all() {
      throw new AppError('storage_failed', 'The disk is gone.');
    },
  };
  await expect(exportTickets({ log, filter: allTickets, format: 'csv', file })).rejects.toMatchObject({
    code: 'storage_failed',
    message: 'The disk is gone.',
  });
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

it('says which file could not be written', async () => {
  const { log, folder } = await aLog(['one']);
  const file = join(folder, 'missing', 'out.csv');
  await expect(exportTickets({ log, filter: allTickets, format: 'csv', file })).rejects.toMatchObject({
    code: 'storage_failed',
    message: expect.stringContaining(file),
  });
});

it.skipIf(process.platform === 'win32')('makes a file as open as the person has files made', async () => {
  const { log, file } = await aLog(['one']);
  const umask = process.umask(0o077);
  onTestFinished(() => void process.umask(umask));
  await exportTickets({ log, filter: allTickets, format: 'csv', file, mode: 0o644 });
  expect(statSync(file).mode & 0o777).toBe(0o644);
  await exportTickets({ log, filter: allTickets, format: 'json', file });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('names no channel where Slack gives a placeholder, and nothing of the marks that Slack sent', async () => {
  const { log, file } = await aLog(['private matter'], 'privategroup');
  await exportTickets({ log, filter: allTickets, format: 'json', file });
  expect(JSON.parse(readFileSync(file, 'utf8'))[0]).toMatchObject({ channel: 'a private channel', channel_id: 'C1' });
  expect(readFileSync(file, 'utf8')).not.toContain('secret');
});
