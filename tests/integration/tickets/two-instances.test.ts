import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createTicketLog, type LogFile } from '../../../electron/log/sqlite/ticket-log.ts';
import { noFiles } from '../../../electron/tickets/ports/file-source.ts';
import type { CreatedIssue } from '../../../electron/tickets/ports/issue-tracker.ts';
import { strangers } from '../../../electron/tickets/ports/people.ts';
import { claimMs } from '../../../electron/tickets/rules/claim.ts';
import { createTicketService, type TicketService } from '../../../electron/tickets/ticket-service.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Announcement, Ticket } from '../../../shared/ticket.ts';
import { aRequest, classification } from '../../contract/ticket-log.ts';
import { oneOfSeveral } from '../../fakes/instance.ts';
import { createFakeIssueTracker } from '../../fakes/issue-tracker.ts';
import { createFakeMessenger } from '../../fakes/messenger.ts';
import { ticketRules } from '../../fakes/ticket-rules.ts';

/** One tickets.db, one Jira and one Slack that several desktops share; `later` sets the clock of the log. */
function aSharedLog(lookForMs = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'shared-log-'));
  const tracker = createFakeIssueTracker();
  const messenger = createFakeMessenger();
  const opened: Array<{ log: LogFile; service: TicketService }> = [];
  let ahead = 0;
  onTestFinished(async () => {
    // One that died in the middle of a call never ends.
    for (const { service } of opened) void service.stop();
    for (const { log } of opened) await log.close();
    rmSync(folder, { recursive: true });
  });

  async function aDesktop(
    name: string,
    ports: Partial<typeof tracker> = {},
    around: (log: LogFile) => LogFile = (log) => log,
    voice: Partial<typeof messenger> = {},
  ): Promise<TicketService> {
    const log = around(await createTicketLog({ file: join(folder, 'tickets.db'), now: () => Date.now() + ahead }));
    const service = createTicketService({
      log,
      instance: oneOfSeveral(name),
      tracker: () => ({ ...tracker, ...ports }),
      messenger: () => ({ ...messenger, ...voice }),
      people: () => strangers,
      files: () => noFiles,
      classifier: { classify: async () => classification },
      retryDelayMs: () => 60_000,
      rules: () => ticketRules(lookForMs),
      unsureBelow: 0.4,
      retryNow() {},
      onChange() {},
      onError() {},
    });
    opened.push({ log, service });
    return service;
  }

  const ticketWhen = (isAsExpected: (ticket: Ticket) => boolean) =>
    vi.waitFor(async () => {
      const ticket = (await opened[0]?.log.find('r1')) ?? null;
      if (ticket === null || !isAsExpected(ticket)) throw new Error(JSON.stringify(ticket));
    });
  const issuesOf = (requestId: string) => tracker.issues.filter((issue) => issue.requestId === requestId);
  const announcements = () => messenger.messages.filter(({ kind }) => kind === 'announcement');
  return {
    tracker,
    messenger,
    aDesktop,
    ticketWhen,
    issuesOf,
    announcements,
    later: (ms: number) => (ahead += ms),
    folder,
  };
}

const requestIds = Array.from({ length: 20 }, (_, index) => `r${index}`);

it('two desktops with one log file and announce each ticket once, whoever received it', async () => {
  const { aDesktop, tracker, issuesOf, announcements } = aSharedLog();
  const desktops = [await aDesktop('one'), await aDesktop('other')];
  const receive = (requestId: string, index: number) =>
    desktops[index % 2]?.receive(aRequest({ requestId, text: requestId }));
  await Promise.all(requestIds.map(receive));
  // Each of them is told of all the tickets, again and again.
  for (let times = 0; times < 3; times += 1) await Promise.all(desktops.map((desktop) => desktop.resume()));
  for (const requestId of requestIds) for (const desktop of desktops) desktop.enqueue(requestId);
  await vi.waitFor(() => expect(announcements()).toHaveLength(requestIds.length), { timeout: 10_000 });
  await Promise.all(desktops.map((desktop) => desktop.stop()));
  for (const requestId of requestIds) expect(issuesOf(requestId)).toHaveLength(1);
  expect(tracker.issues).toHaveLength(requestIds.length);
  expect(announcements()).toHaveLength(requestIds.length);
});

it('a ticket is left alone while another desktop has it, and taken over once that one has been gone for long enough', async () => {
  const { aDesktop, tracker, issuesOf, announcements, later } = aSharedLog();
  const asked = vi.fn();
  // Jira takes it, and the desktop dies before it hears of that.
  const dying = await aDesktop('one', {
    async createIssue(draft) {
      await tracker.createIssue(draft);
      asked();
      return new Promise<CreatedIssue>(() => {});
    },
  });
  const other = await aDesktop('other');
  await dying.receive(aRequest());
  dying.enqueue('r1');
  await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
  await other.resume();
  await other.resumeWaiting();
  await expect(other.retry('r1', {})).rejects.toMatchObject({ code: 'invalid_input' });
  expect(tracker.calls).not.toContain('findCreated');

  later(claimMs);
  await other.resume();
  await vi.waitFor(() => expect(announcements()).toHaveLength(1));
  expect(tracker.calls.filter((call) => call === 'findCreated')).toHaveLength(1);
  expect(issuesOf('r1')).toHaveLength(1);
});

it('a desktop that takes a ticket goes on from what it is by then, not from what it had read', async () => {
  const { aDesktop, tracker, issuesOf, announcements } = aSharedLog();
  const first = await aDesktop('one');
  let reads = 0;
  const late = await aDesktop('other', {}, (log) => ({
    ...log,
    async find(requestId) {
      const ticket = await log.find(requestId);
      reads += 1;
      // The read that a run goes by is its second one.
      if (reads !== 2) return ticket;
      tracker.failNext('createIssue', new AppError('unconfirmed', 'Jira did not answer.'), 'after');
      first.enqueue(requestId);
      await vi.waitFor(async () => expect(await log.find(requestId)).toMatchObject({ step: 'creating', claim: null }));
      await first.stop();
      return ticket;
    },
  }));
  await first.receive(aRequest());
  await late.resume();
  await vi.waitFor(() => expect(announcements()).toHaveLength(1));
  expect(issuesOf('r1')).toHaveLength(1);
});

it('a desktop that was away while another one filed its ticket files and stores nothing more of it', async () => {
  const { aDesktop, tracker, issuesOf, announcements, later } = aSharedLog();
  let wakeUp = () => {};
  const asleep = new Promise<void>((resolve) => {
    wakeUp = resolve;
  });
  const asked = vi.fn();
  const sleeping = await aDesktop('one', {
    async beforeCreate(project) {
      asked();
      await asleep;
      return tracker.beforeCreate(project);
    },
  });
  const other = await aDesktop('other');
  await sleeping.receive(aRequest());
  sleeping.enqueue('r1');
  await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
  later(claimMs);
  await other.resume();
  await vi.waitFor(() => expect(announcements()).toHaveLength(1));
  wakeUp();
  await sleeping.stop();
  expect(issuesOf('r1')).toHaveLength(1);
  expect(announcements()).toHaveLength(1);
});

it('a desktop that could not announce its ticket looks for the message before it tries again: another one may have posted it', async () => {
  const { aDesktop, messenger, ticketWhen, announcements, later } = aSharedLog();
  const first = await aDesktop('one');
  messenger.failNext(new AppError('unavailable', 'Slack cannot be reached.'));
  await first.receive(aRequest());
  first.enqueue('r1');
  await ticketWhen(({ step, claim }) => step === 'created' && claim === null);
  // Slack takes it, and the desktop dies before it hears of that.
  const asked = vi.fn();
  const dying = await aDesktop('other', {}, (log) => log, {
    async announce(ticket) {
      await messenger.announce(ticket);
      asked();
      return new Promise<Announcement>(() => {});
    },
  });
  await dying.resume();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
  later(claimMs);
  await first.retry('r1', {});
  await ticketWhen(({ step }) => step === 'announced');
  expect(announcements()).toHaveLength(1);
});

it('a desktop whose create was lost waits for the one that another desktop has sent since', async () => {
  const lookForMs = 60_000;
  const { aDesktop, tracker, ticketWhen, later } = aSharedLog(lookForMs);
  const [first, other] = [await aDesktop('one'), await aDesktop('other')];
  const created = () => tracker.calls.filter((call) => call === 'createIssue').length;
  const isLost = ({ step, error, claim }: Ticket) => step === 'creating' && error !== null && claim === null;
  tracker.failNext('createIssue', new AppError('unconfirmed', 'Jira did not answer.'));
  await first.receive(aRequest());
  first.enqueue('r1');
  await ticketWhen(isLost);

  later(lookForMs);
  tracker.failNext('createIssue', new AppError('unconfirmed', 'Jira did not answer.'));
  await other.retry('r1', {});
  await vi.waitFor(() => expect(created()).toBe(2));
  await ticketWhen(isLost);

  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + lookForMs);
  onTestFinished(() => void vi.restoreAllMocks());
  await first.retry('r1', {});
  await vi.waitFor(() => expect(tracker.calls.filter((call) => call === 'findCreated')).toHaveLength(2));
  await ticketWhen(isLost);
  expect(created()).toBe(2);
});
