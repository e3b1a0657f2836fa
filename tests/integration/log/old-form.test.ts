import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { noteCleanEnd, noteComplete } from '../../../electron/log/rescue/file-check.ts';
import { openDatabase } from '../../../electron/log/sqlite/open-database.ts';
import { aRequest } from '../../contract/ticket-log.ts';
import { oldNumbers, writeOldLog } from '../../fixtures/old-log.ts';
import { aLogFolder, crashOf, isSound, ticketsIn } from './a-log-file.ts';

const [created, tried] = ['2026-11-24T08:00:00.000Z', '2026-11-24T09:00:00.000Z'];
const issue = { ticket_id: '10041', jira_issue_key: 'KAN-41', jira_issue_url: 'https://acme.example/browse/KAN-41' };
const rows = [
  { request_id: 'received', status: 'received', step: 'received', response_url: 'https://hooks.slack.com/1' },
  {
    ...{ request_id: 'sent', status: 'received', step: 'creating', llm_result: 'Bug', source: 'builtin' },
    ...{ confidence: 0.8, classify_ms: 1, attempts: 2, next_try_at: '2026-11-24T09:05:00.000Z' },
    ...{ error_code: 'unconfirmed', error_message: 'Jira did not answer.' },
    ...{ target_site: 'https://acme.example', target_project: 'KAN', anchor_key: 'KAN-40' },
    look_until: '2026-11-24T09:02:00.000Z',
  },
  { request_id: 'filed', status: 'created', step: 'created', ...issue },
  {
    ...{ request_id: 'waits', status: 'created', step: 'announced', ticket_id: '10042', jira_issue_key: 'KAN-42' },
    ...{ announced_via: 'channel', announced_channel: 'C1', announced_ts: '17.1' },
  },
  {
    ...{ request_id: 'clicked', status: 'approved', step: 'announced', text: '', jira_issue_key: 'KAN-43' },
    ...{ decision: 'approved', decided_by: 'U2', decided_at: tried, decided_ts: '1764000000.000100', origin: 'click' },
  },
  { request_id: 'done', status: 'rejected', step: 'done', decision: 'rejected', decided_by: 'U2', decided_at: tried },
];

function overwrite(file: string, bytes: Buffer): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, bytes, 0, bytes.length, 0);
  closeSync(fd);
}

/** A folder with such a log, as a program that was killed left it. */
function anOldLog(number: number, given = rows) {
  const running = aLogFolder();
  const db = writeOldLog(running.file, number, given);
  const killed = crashOf(running);
  db.close();
  return killed;
}

describe('a log of before the first release', () => {
  it.each(oldNumbers)('of number %i is carried over whole, with what its tickets need to go on', async (number) => {
    const { open, file } = anOldLog(number);
    const { log, recovery } = await open();
    const tickets = await ticketsIn(log);
    expect([...tickets.keys()].sort()).toEqual(rows.map(({ request_id }) => request_id).sort());
    expect(tickets.get('received')).toMatchObject({
      ...{ id: 1, step: 'received', status: 'received', text: 'the VPN is down', user: 'U1', origin: 'desk' },
      ...{ responseUrl: 'https://hooks.slack.com/1', createdAt: created, updatedAt: tried, sent: null },
    });
    expect(tickets.get('sent')).toMatchObject({
      ...{ step: 'creating', attempts: 2, nextTryAt: '2026-11-24T09:05:00.000Z', issueKey: null },
      error: { code: 'unconfirmed', message: 'Jira did not answer.' },
      classification: { label: 'Bug', confidence: 0.8, source: 'builtin' },
      sent:
        number < 4
          ? null
          : {
              ...{ site: 'https://acme.example', project: 'KAN', anchorKey: 'KAN-40' },
              lookUntil: '2026-11-24T09:02:00.000Z',
            },
    });
    expect(tickets.get('filed')).toMatchObject({ step: 'created', issueId: '10041', issueKey: 'KAN-41' });
    expect(tickets.get('waits')).toMatchObject({
      ...{ step: 'announced', status: 'created', issueId: '10042', issueKey: 'KAN-42' },
      announcement: { via: 'channel', channel: 'C1', ts: '17.1' },
    });
    expect(tickets.get('clicked')).toMatchObject({
      ...{ step: 'announced', status: 'approved', origin: 'click', issueId: null, issueKey: 'KAN-43' },
      decision: { status: 'approved', by: 'U2', at: tried },
    });
    expect((await log.resumable()).map(({ requestId }) => requestId)).toEqual([
      ...['received', 'sent', 'filed', 'clicked'],
    ]);
    // What Slack delivers again is known, and what is new gets a number of its own.
    expect((await log.receive(aRequest({ requestId: 'done' }))).outcome).toBe('known');
    expect((await log.receive(aRequest({ requestId: 'new' }))).ticket.id).toBe(rows.length + 1);
    expect((await log.events('filed')).map(({ step }) => step)).toEqual(['created']);
    expect(recovery).toMatchObject({
      cause: 'old_form',
      message: expect.stringMatching(/^The ticket log had the form .* 6 tickets were carried over\. The former file /),
    });
    expect(recovery?.message).not.toMatch(/could not be read|missing/);
    expect(isSound(file)).toBe(true);
    const db = new Database(file, { readonly: true });
    const named = db.prepare(
      "select ticket_id, jira_issue_key, jira_issue_id from ticket_logs where request_id = 'filed'",
    );
    expect(named.get()).toEqual({ ticket_id: 'KAN-41', jira_issue_key: 'KAN-41', jira_issue_id: '10041' });
    db.close();
  });

  it('is kept byte for byte under another name, with its write-ahead log, and told of as long as it is there', async () => {
    const { open, file, folder } = anOldLog(6);
    const [bytes, wal] = [readFileSync(file), readFileSync(`${file}-wal`)];
    const opened = await open({ now: () => Date.parse('2026-11-28T10:00:00.000Z') });
    const keptAs = join(folder, 'tickets.old-2026-11-28T10-00-00-000Z.db');
    expect(opened.recovery?.keptAs).toBe(keptAs);
    expect(opened.recovery?.message).toContain(`is kept as ${keptAs}.`);
    expect(readFileSync(keptAs).equals(bytes)).toBe(true);
    expect(readFileSync(`${keptAs}-wal`).equals(wal)).toBe(true);
    opened.recoveryTold();
    await opened.log.close();
    const later = await open();
    expect(later.recovery).toBeNull();
    expect(later.knownRecovery()).toEqual(opened.recovery);
    expect(readdirSync(folder).filter((name) => name.includes('.old-') && name.endsWith('.db'))).toEqual([
      basename(keptAs),
    ]);
    for (const end of ['', '-wal', '-shm']) rmSync(`${keptAs}${end}`, { force: true });
    expect(later.knownRecovery()).toBeNull();
  });

  it('that was closed as it should be is carried over too', async () => {
    const { open, file } = aLogFolder();
    writeOldLog(file, 6, rows).close();
    noteCleanEnd(file);
    const { log } = await open();
    expect((await log.find('received'))?.step).toBe('received');
    expect((await ticketsIn(log)).size).toBe(rows.length);
  });

  it('that may be older than what was done is not believed: what it has not filed is looked for first', async () => {
    const { open, file } = aLogFolder();
    // Neither a write-ahead log nor the mark of a clean end.
    writeOldLog(file, 6, rows).close();
    const { log } = await open();
    expect((await log.find('received'))?.step).toBe('creating');
    expect((await log.find('filed'))?.step).toBe('created');
  });

  it.each([
    ['before anything was moved', []],
    ['after the file was moved', ['']],
    ['after the file and its write-ahead log were moved', ['', '-wal']],
    ['after the new file took its place', ['', '-wal', 'new']],
  ])('is carried over once, and told of, although the program dies %s', async (_, moved) => {
    const { open, file, folder } = anOldLog(5);
    const first = await open();
    await first.log.close();
    const keptAs = first.recovery?.keptAs ?? '';
    // Back to that moment.
    if (!moved.includes('new')) renameSync(file, `${file}.rebuilt`);
    writeFileSync(join(folder, 'recovery.json'), JSON.stringify({ ...first.recovery, isTold: false }));
    for (const end of ['', '-wal']) if (!moved.includes(end)) renameSync(`${keptAs}${end}`, `${file}${end}`);
    noteComplete(file);
    const { log, recovery } = await open();
    expect((await ticketsIn(log)).size).toBe(rows.length);
    expect((await log.find('received'))?.step).toBe('received');
    expect(recovery).toEqual(first.recovery);
    expect(existsSync(`${keptAs}-wal`)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('rebuil'))).toEqual([]);
  });

  it('keeps the history of its tickets', async () => {
    const running = aLogFolder();
    const db = writeOldLog(running.file, 6, rows);
    const move = db.prepare("update ticket_logs set step = ? where request_id = 'received'");
    for (const step of ['classified', 'creating']) move.run(step);
    const { open } = crashOf(running);
    db.close();
    expect((await (await open()).log.events('received')).map(({ step }) => step)).toEqual([
      ...['received', 'classified', 'creating'],
    ]);
  });

  it.each([
    ['whose header is lost', (file: string) => overwrite(file, Buffer.alloc(4096, 'garbage!'))],
    ['of which nothing is left', (file: string) => writeFileSync(file, 'garbage! '.repeat(9000))],
  ])('%s is mended, with what its backup has', async (_, damage) => {
    const { open, file, backupFolder } = aLogFolder();
    writeOldLog(file, 6, rows).close();
    mkdirSync(backupFolder);
    copyFileSync(file, join(backupFolder, 'tickets-2026-11-24T10-00-00-000Z.db'));
    damage(file);
    const { log, recovery } = await open();
    const tickets = await ticketsIn(log);
    expect([...tickets.keys()].sort()).toEqual(rows.map(({ request_id }) => request_id).sort());
    expect(tickets.get('filed')).toMatchObject({ id: 3, issueId: '10041', issueKey: 'KAN-41', step: 'created' });
    expect(recovery).toMatchObject({ cause: 'damage', keptAs: expect.stringContaining('tickets.db.damaged-') });
  });

  it('is refused by what only opens files of today, and stays as it is', () => {
    const { file } = aLogFolder();
    writeOldLog(file, 6, rows).close();
    const bytes = readFileSync(file);
    expect(() => openDatabase({ file })).toThrow(
      expect.objectContaining({ code: 'storage_failed', message: expect.stringContaining('Start the program once') }),
    );
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});
