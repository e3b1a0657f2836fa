import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { noteCleanEnd } from '../../../electron/log/rescue/file-check.ts';
import { openDatabase } from '../../../electron/log/sqlite/open-database.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import type { TicketLog } from '../../../electron/tickets/ports/ticket-log.ts';
import { allTickets } from '../../../shared/ticket-list.ts';
import { aRequest } from '../../contract/ticket-log.ts';
import { writeOldLog } from '../../fixtures/old-log.ts';
import { fillUp, mountSmallDisk } from '../../fixtures/small-disk.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { openClosableLog } from '../log/a-log-file.ts';
import { aWorld, sureOfBugs, type World } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const promise = 'Creating your ticket...';

/** What Slack shows to whoever sends this. */
async function ackOf({ slack }: World, text: string): Promise<string> {
  const { ack } = await slack.slash('/ticket', text, byAlice);
  return JSON.stringify(ack);
}

/** Every ticket that was promised is in the log, and no other one is. */
async function promisedAndKept(log: TicketLog, promised: string[]): Promise<void> {
  const kept = (await log.list({ filter: allTickets, limit: 200 })).map(({ text }) => text);
  expect(kept.sort()).toEqual(promised.sort());
}

/** Sends commands of this length until one is refused; gives which were promised, and the refusal. */
async function sendUntilRefused(world: World, length: number): Promise<{ promised: string[]; refusal: string }> {
  const promised: string[] = [];
  for (let index = 0; index < 100; index += 1) {
    const text = `${index} ${'x'.repeat(length)}`;
    const ack = await ackOf(world, text);
    if (!ack.includes(promise)) return { promised, refusal: ack };
    promised.push(text);
  }
  throw new Error('The disk never became full.');
}

const refusedWords = 'Your ticket was *not* received: the log on the desktop that answered could not be';

/** Classifies nothing until it is let: a disk is then filled by what is received alone. */
function aHeldClassifier() {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { release, classifier: { classify: () => released.then(() => sureOfBugs) } };
}

/** Every promised ticket becomes one issue. */
async function allFiled({ jira }: World, promised: string[]): Promise<void> {
  await vi.waitFor(() => expect(jira.issues).toHaveLength(promised.length), { timeout: 20_000 });
}

describe('a command is promised only once it is written down', () => {
  it('not while SQLite says that the disk is full; and again as soon as there is room, without a restart', async () => {
    const world = await aWorld();
    let db: Database.Database | undefined;
    const log = await createTicketLog({
      file: join(world.dataDir, 'tickets.db'),
      open(options) {
        db = openDatabase(options);
        return db;
      },
    });
    const { release, classifier } = aHeldClassifier();
    const desk = await world.desk({ log, classifier });
    onTestFinished(release);
    db?.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 40}`);
    const { promised, refusal } = await sendUntilRefused(world, 8000);
    expect(refusal).toContain(refusedWords);
    expect(desk.errors.at(-1)?.message).toContain('the disk is full. Free some space');
    await promisedAndKept(log, [...promised]);
    db?.pragma('max_page_count = 1000000');
    expect(await ackOf(world, 'there is room')).toContain(promise);
    await promisedAndKept(log, [...promised, 'there is room']);
    release();
    await allFiled(world, [...promised, 'there is room']);
  });

  it('not on a disk that is full indeed; and again as soon as there is room, without a restart', async ({ skip }) => {
    const dataDir = aTemporaryFolder();
    const mountProblem = mountSmallDisk(dataDir, '3m');
    if (mountProblem !== null) skip(`A small disk can only be mounted by root: ${mountProblem}`);
    const world = await aWorld();
    const errors: string[] = [];
    const { log, backups } = await openClosableLog({
      file: join(dataDir, 'tickets.db'),
      onError: ({ message }) => errors.push(message),
    });
    backups.start();
    const { release, classifier } = aHeldClassifier();
    const desk = await world.desk({ log, classifier });
    onTestFinished(release);
    const ballast = join(dataDir, 'ballast');
    fillUpButPages(ballast);
    const { promised, refusal } = await sendUntilRefused(world, 8000);
    expect(refusal).toContain(refusedWords);
    expect(desk.errors.at(-1)?.message).toContain('the disk is full. Free some space');
    await promisedAndKept(log, [...promised]);
    rmSync(ballast);
    expect(await ackOf(world, 'there is room')).toContain(promise);
    await promisedAndKept(log, [...promised, 'there is room']);
    release();
    await allFiled(world, [...promised, 'there is room']);
    // The backup was not what filled the disk, and said so.
    expect(errors).toEqual([expect.stringContaining('too little room')]);
    await desk.stop();
    const again = await openClosableLog({ file: join(dataDir, 'tickets.db'), onError() {} });
    onTestFinished(() => again.log.close());
    expect(again.recovery).toBeNull();
    await promisedAndKept(again.log, [...promised, 'there is room']);
  });

  it('not while another program holds the log locked; and again as soon as it lets go', async () => {
    const world = await aWorld();
    const { log, errors } = await world.desk();
    const other = new Database(join(world.dataDir, 'tickets.db'));
    other.exec('begin exclusive');
    const refused = await ackOf(world, 'locked out');
    expect(refused).toContain(refusedWords);
    expect(errors.at(-1)?.message).toContain('another program holds it locked');
    other.exec('rollback');
    other.close();
    await promisedAndKept(log, []);
    expect(await ackOf(world, 'let in')).toContain(promise);
    await promisedAndKept(log, ['let in']);
  });

  it('not in a log that is damaged; and again after a restart, with what could be read', async () => {
    const world = await aWorld();
    const file = join(world.dataDir, 'tickets.db');
    const open = () => openClosableLog({ file, onError() {} });
    const first = await open();
    await (await world.desk({ log: first.log })).stop();
    await first.log.close();

    const second = await open();
    const { stop, errors } = await world.desk({ log: second.log });
    const fd = openSync(file, 'r+');
    writeSync(fd, Buffer.alloc(statSync(file).size - 8192, 'garbage!'), 0, undefined, 8192);
    closeSync(fd);
    const refused = await ackOf(world, 'into the void');
    expect(refused).toContain(refusedWords);
    expect(errors.map(({ message }) => message).join()).toContain('it is damaged');
    await stop();

    const third = await open();
    await world.desk({ log: third.log });
    expect(third.recovery?.message).toContain('The ticket log was damaged');
    expect(readFileSync(third.recovery?.keptAs ?? '').includes('garbage!')).toBe(true);
    expect(await ackOf(world, 'after the restart')).toContain(promise);
    await promisedAndKept(third.log, ['after the restart']);
  });
});

it('a ticket in a log of before the first release becomes one issue, and what comes again is known', async () => {
  const world = await aWorld();
  const file = join(world.dataDir, 'tickets.db');
  const [user, channel] = [world.slack.users[0]?.id ?? '', world.slack.channels[0]?.id ?? ''];
  const ids = { slack_team: world.slack.team.id, slack_user: user, slack_channel: channel };
  writeOldLog(file, 6, [{ ...ids, request_id: 'of old', status: 'received', step: 'received' }]).close();
  // Without it, what has no issue yet would be looked for first.
  noteCleanEnd(file);
  const { log, recovery } = await openClosableLog({ file, onError() {} });
  expect(recovery?.cause).toBe('old_form');
  const { agent } = await world.desk({ log });
  await vi.waitFor(async () => expect((await log.find('of old'))?.step).toBe('announced'), { timeout: 20_000 });
  const again = await agent.tickets.receive(aRequest({ requestId: 'of old' }));
  expect(again.outcome).toBe('known');
  agent.tickets.enqueue('of old');
  expect(world.jira.issues).toHaveLength(1);
});

/** Writes until nothing more fits, but for a few pages. */
function fillUpButPages(file: string): void {
  const blockBytes = 64 * 1024;
  fillUp(file, blockBytes);
  writeFileSync(file, readFileSync(file).subarray(blockBytes * 2));
}
