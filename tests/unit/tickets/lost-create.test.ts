import { afterEach, expect, it, vi } from 'vitest';
import { needsAttention } from '../../../electron/tickets/needs-attention.ts';
import { ticketRun } from '../../../electron/tickets/ticket-run.ts';
import { AppError } from '../../../shared/errors.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { draft } from '../jira/draft.ts';
import { aDesk, request } from './a-desk.ts';

const { requestId } = request;
const { classification } = aTicket();

afterEach(() => vi.restoreAllMocks());

function later(ms: number): void {
  const now = Date.now() + ms;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
}

/** A desk whose program ended while Jira was being asked; nothing says what became of that. */
async function endedWhileCreating(given: { logClock?: () => number } = {}) {
  const desk = aDesk({ retryDelayMs: () => 3_600_000, lookForMs: 120_000, ...given });
  await desk.service.receive(request);
  const lookUntil = new Date(Date.now() + 120_000).toISOString();
  const sent = { site: 'https://jira.example', project: 'KAN', anchorKey: 'KAN-0', lookUntil };
  await desk.log.update(requestId, { step: 'creating', classification, sent });
  await desk.service.stop();
  const created = () => desk.tracker.calls.filter((call) => call === 'createIssue').length;
  return { ...desk, created };
}

it('is not created again right after a crash that left no error', async () => {
  const { restart, created, ticketWhen } = await endedWhileCreating();
  const service = restart();
  await service.resume();
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  await service.stop();
  expect(created()).toBe(0);
});

it('is not created again before it can have taken effect, whatever errors came between', async () => {
  const { tracker, restart, created, ticketWhen } = await endedWhileCreating();
  tracker.failNext('findCreated', new AppError('unauthorized', 'Jira refused the token.'));
  const first = restart();
  await first.resume();
  await ticketWhen(({ error }) => error?.code === 'unauthorized');
  await first.retry(requestId, {});
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  await first.stop();

  const second = restart();
  tracker.failNext('findCreated', new AppError('unavailable', 'Jira cannot be reached.'));
  // A look has a time of its own, which a restart does not shorten.
  await second.resume();
  await second.retry(requestId, {});
  await ticketWhen(({ error }) => error?.code === 'unavailable');
  await second.retry(requestId, {});
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  expect(created()).toBe(0);

  later(120_001);
  await second.retry(requestId, {});
  await ticketWhen(({ step }) => step === 'announced');
  expect(created()).toBe(1);
  await second.stop();
});

it('waits for a person where a look cannot tell, and is then looked for, created or discarded as they say', async () => {
  const { tracker, messenger, restart, created, ticketWhen } = await endedWhileCreating();
  tracker.isCertain = false;
  later(120_001);
  const service = restart();
  await service.resume();
  const stuck = await ticketWhen(({ step }) => step === 'unconfirmed');
  expect(stuck).toMatchObject({ status: 'failed', error: { code: 'unconfirmed' }, nextTryAt: null });
  expect(needsAttention(stuck)).toBe(true);
  await vi.waitFor(() => expect(messenger.messages).toMatchObject([{ kind: 'explanation' }]));
  expect(created()).toBe(0);

  await expect(service.retry(requestId, { summary: 'Other' })).rejects.toMatchObject({ code: 'invalid_input' });
  await service.retry(requestId, {});
  await vi.waitFor(() => expect(tracker.calls.filter((call) => call === 'findCreated')).toHaveLength(2));
  await ticketWhen(({ step }) => step === 'unconfirmed');
  expect(created()).toBe(0);

  await service.createAnyway(requestId);
  expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ status: 'created', issueKey: 'KAN-1' });
  expect(created()).toBe(1);
  await expect(service.createAnyway(requestId)).rejects.toMatchObject({ code: 'invalid_input' });
  await service.stop();
});

it('is told of outside of the run, whose claim has ended', async () => {
  const { tracker, messenger, restart } = await endedWhileCreating();
  tracker.isCertain = false;
  const explained = vi.fn();
  messenger.explain = async () => explained(ticketRun.getStore());
  later(120_001);
  const service = restart();
  await service.resume();
  await vi.waitFor(() => expect(explained).toHaveBeenCalledWith(undefined));
  await service.stop();
});

it('waits for a person where an older program did not store what it had sent', async () => {
  const { log, restart, created, ticketWhen } = await endedWhileCreating();
  await log.update(requestId, { sent: null });
  const service = restart();
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + 120_001);
  await service.resume();
  await ticketWhen(({ step }) => step === 'unconfirmed');
  await service.discard(requestId);
  expect(await ticketWhen(({ step }) => step === 'done')).toMatchObject({ status: 'failed', issueKey: null });
  expect(created()).toBe(0);
  await service.stop();
});

it.each(['stopped', 'running'])(
  'waits for a person where it was sent without a mark (the program: %s)',
  async (how) => {
    const desk = aDesk({ retryDelayMs: () => 3_600_000, lookForMs: 120_000 });
    const { log, service, tracker, restart, ticketWhen } = desk;
    const createIssue = vi.fn<typeof tracker.createIssue>(async (_draft, beforeUnmarked) => {
      await beforeUnmarked?.();
      expect(await log.find(requestId)).toMatchObject({ step: 'creating', sent: { project: 'KAN', anchorKey: null } });
      throw new AppError('unconfirmed', 'Jira did not answer.');
    });
    tracker.createIssue = createIssue;
    const findCreated = vi.spyOn(tracker, 'findCreated');
    await service.receive(request);
    service.enqueue(requestId);
    await ticketWhen(({ error }) => error?.code === 'unconfirmed');
    await service.retry(requestId, {});
    await vi.waitFor(() => expect(findCreated).toHaveBeenCalledTimes(1));
    expect(findCreated.mock.lastCall?.[0]).toMatchObject({ isOpen: true, summary: expect.any(String) });
    if (how === 'stopped') await service.stop();
    later(120_001);
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 120_001);
    const next = how === 'stopped' ? restart() : service;
    await next.retry(requestId, {});
    await ticketWhen(({ step, sent }) => step === 'unconfirmed' && sent?.anchorKey === null);
    expect(findCreated.mock.lastCall?.[0]).toMatchObject({ isOpen: false, sent: { anchorKey: null } });
    expect(createIssue).toHaveBeenCalledTimes(1);
    await next.stop();
  },
);

it('is not created again after a search that began before it took effect', async () => {
  const { tracker, restart, created, ticketWhen } = await endedWhileCreating();
  const { findCreated } = tracker;
  tracker.findCreated = async (wanted) => {
    tracker.findCreated = findCreated;
    const findings = await findCreated(wanted);
    await tracker.createIssue(draft({ requestId }));
    later(120_001);
    return findings;
  };
  const service = restart();
  await service.resume();
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  await service.retry(requestId, {});
  expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ issueKey: 'KAN-1' });
  expect(created()).toBe(1);
  await service.stop();
});

it('is not created again because the clock was set forward while it may still take effect', async () => {
  const { service, tracker, ticketWhen } = aDesk({ retryDelayMs: () => 3_600_000, lookForMs: 120_000 });
  tracker.failNext('createIssue', new AppError('unconfirmed', 'Jira did not answer.'));
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  later(3_600_000);
  await service.retry(requestId, {});
  await vi.waitFor(() => expect(tracker.calls).toContain('findCreated'));
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  expect(tracker.calls.filter((call) => call === 'createIssue')).toHaveLength(1);
  await service.stop();
});

it('is not created again early by a desktop whose clock is an hour ahead of the log’s', async () => {
  const { restart, created, ticketWhen } = await endedWhileCreating({ logClock: Date.now.bind(Date) });
  later(3_600_000);
  const service = restart();
  await service.resume();
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  await service.retry(requestId, {});
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  expect(created()).toBe(0);
  await service.stop();
});

it('says by the log’s clock until when it may take effect, for others to go by', async () => {
  const start = Date.parse('2025-01-01T00:00:00.000Z');
  const { service, tracker, ticketWhen } = aDesk({ lookForMs: 120_000, logClock: () => start });
  tracker.failNext('createIssue', new AppError('unconfirmed', 'Jira did not answer.'));
  await service.receive(request);
  service.enqueue(requestId);
  const { sent } = await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  expect(sent?.lookUntil).toBe('2025-01-01T00:02:00.000Z');
  await service.stop();
});

it('is not looked for until doomsday because the clock was set back', async () => {
  const { log, restart, ticketWhen } = await endedWhileCreating();
  const ticket = await log.find(requestId);
  if (ticket?.sent == null) throw new Error('nothing sent');
  await log.update(requestId, { sent: { ...ticket.sent, lookUntil: '2126-01-01T00:00:00.000Z' } });
  const service = restart();
  await service.resume();
  const { nextTryAt } = await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  expect(Date.parse(nextTryAt ?? '') - Date.now()).toBeLessThanOrEqual(120_000);
  await service.stop();
});

it('does not count as tried because it is looked for, however often', async () => {
  const { service, tracker, log, ticketWhen } = aDesk({ retryDelayMs: () => 3_600_000, lookForMs: 120_000 });
  tracker.failNext('createIssue', new AppError('unconfirmed', 'Jira did not answer.'));
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  for (let looks = 1; looks <= 12; looks += 1) {
    service.enqueue(requestId);
    await vi.waitFor(() => expect(tracker.calls.filter((call) => call === 'findCreated')).toHaveLength(looks));
    // It is claimed as long as it is being looked for.
    await ticketWhen(({ claim }) => claim === null);
  }
  expect(await log.find(requestId)).toMatchObject({ status: 'received', step: 'creating', attempts: 1 });
  await service.stop();
});
