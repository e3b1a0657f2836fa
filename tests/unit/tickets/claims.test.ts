import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { claimedElsewhere, createClaims } from '../../../electron/tickets/claims.ts';
import type { TicketChange } from '../../../electron/tickets/ports/ticket-store.ts';
import { claimFor, claimMs } from '../../../electron/tickets/rules/claim.ts';
import { AppError } from '../../../shared/errors.ts';
import { anInstance, oneOfSeveral } from '../../fakes/instance.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { aDesk, request } from './a-desk.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a claim is renewed as long as its ticket is in hand, and ends by itself afterwards', async () => {
  const log = createFakeTicketLog();
  const claims = createClaims(log, oneOfSeveral('here'));
  const others = createClaims(log, oneOfSeveral('there'));
  const { ticket } = await log.receive(request);
  const found = async () => (await log.find(request.requestId)) ?? ticket;
  await claims.take(ticket);
  await vi.advanceTimersByTimeAsync(10 * claimMs);
  expect(await others.take(await found())).toBeNull();
  claims.drop(request.requestId);
  await vi.advanceTimersByTimeAsync(claimMs);
  expect(await others.take(await found())).not.toBeNull();
  others.drop(request.requestId);
  expect(vi.getTimerCount()).toBe(0);
});

it('a run that could not even claim its ticket stores why, and one that lost it stores nothing', async () => {
  const log = createFakeTicketLog();
  const claims = createClaims(log, oneOfSeveral('here'));
  const others = createClaims(log, oneOfSeveral('there'));
  const { ticket } = await log.receive(request);
  const error = { code: 'storage_failed' as const, message: 'The disk is full.' };
  expect(await claims.giveBack(request.requestId, { error })).toMatchObject({ error, claim: null });
  expect(await others.take(ticket)).not.toBeNull();
  await expect(claims.giveBack(request.requestId, { error: null })).rejects.toBe(claimedElsewhere);
  expect((await log.find(request.requestId))?.error).toEqual(error);
  const done = { status: 'created', step: 'announced', issueKey: 'KAN-1', error: null } as const;
  const finished = await others.update(request.requestId, done);
  await expect(claims.giveBack(request.requestId, { error })).rejects.toBe(claimedElsewhere);
  expect(await log.find(request.requestId)).toEqual(finished);
  others.drop(request.requestId);
});

it('who works on a ticket is nothing that happened to it', async () => {
  const log = createFakeTicketLog();
  const claims = createClaims(log, oneOfSeveral('here'));
  const { ticket } = await log.receive(request);
  await vi.advanceTimersByTimeAsync(1_000);
  await claims.take(ticket);
  expect((await log.find(request.requestId))?.updatedAt).toBe(ticket.updatedAt);
  await claims.update(request.requestId, { note: 'Something did.' });
  expect((await log.find(request.requestId))?.updatedAt).not.toBe(ticket.updatedAt);
  claims.drop(request.requestId);
});

it('a ticket that another desktop was working on is gone on with once its claim has ended', async () => {
  const { service, log } = aDesk({ instance: oneOfSeveral('here') });
  await log.receive(request);
  await log.update(request.requestId, (_, at) => ({ claim: claimFor(oneOfSeveral('there'), at) }));
  service.enqueue(request.requestId);
  await vi.advanceTimersByTimeAsync(claimMs / 2);
  expect((await log.find(request.requestId))?.step).toBe('received');
  await vi.advanceTimersByTimeAsync(claimMs);
  expect((await log.find(request.requestId))?.step).toBe('announced');
  await service.stop();
});

describe('a ticket that another desktop gave back', () => {
  const { requestId } = request;
  const hour = 60 * 60_000;

  /** Another desktop's ticket that this one was asked for, and that is given back with this change. */
  async function givenBack(change: TicketChange) {
    const desk = aDesk({ instance: oneOfSeveral('here') });
    const { service, log } = desk;
    onTestFinished(() => service.stop());
    await log.receive(request);
    await log.update(requestId, (_, at) => ({ claim: claimFor(oneOfSeveral('there'), at) }));
    service.enqueue(requestId);
    await vi.advanceTimersByTimeAsync(claimMs / 2);
    await log.update(requestId, { ...change, claim: null });
    return { ...desk, stepNow: async () => (await log.find(requestId))?.step };
  }

  it('is tried when its own time has come, and not when this one looks again', async () => {
    const nextTryAt = new Date(Date.now() + hour).toISOString();
    const error = { code: 'rate_limited' as const, message: 'Jira asked for a pause.' };
    const { stepNow } = await givenBack({ error, attempts: 1, nextTryAt });
    await vi.advanceTimersByTimeAsync(hour - claimMs);
    expect(await stepNow()).toBe('received');
    await vi.advanceTimersByTimeAsync(claimMs);
    expect(await stepNow()).toBe('announced');
  });

  it('is left alone where a person is needed', async () => {
    const error = { code: 'forbidden' as const, message: 'Slack does not let the app post there.' };
    const { service, stepNow } = await givenBack({ error, status: 'created', step: 'created', issueKey: 'KAN-1' });
    await vi.advanceTimersByTimeAsync(2 * hour);
    expect(await stepNow()).toBe('created');
    await service.retry(requestId, {});
    await vi.advanceTimersByTimeAsync(claimMs);
    expect(await stepNow()).toBe('announced');
  });

  it('is gone on with where that one took it once more and died, whatever had stopped it before', async () => {
    const claim = claimFor(oneOfSeveral('there'), new Date().toISOString());
    const error = { code: 'forbidden' as const, message: 'Slack does not let the app post there.' };
    const { log, stepNow } = await givenBack({ error });
    await log.update(requestId, { claim });
    await vi.advanceTimersByTimeAsync(claimMs);
    expect(await stepNow()).toBe('announced');
  });

  it('is not forgotten where the log cannot be read when this one looks again', async () => {
    const { log, stepNow } = await givenBack({});
    vi.spyOn(log, 'find').mockRejectedValueOnce(new AppError('storage_failed', 'The disk is gone.'));
    await vi.advanceTimersByTimeAsync(claimMs);
    await vi.advanceTimersByTimeAsync(claimMs);
    expect(await stepNow()).toBe('announced');
  });
});

it('a ticket that a dead run was working on is gone on with at once where one run at a time has the log', async () => {
  const { service, log } = aDesk({ instance: anInstance() });
  await log.receive(request);
  await log.update(request.requestId, (_, at) => ({ claim: claimFor(anInstance(), at) }));
  await service.resume();
  await vi.waitFor(async () => expect((await log.find(request.requestId))?.step).toBe('announced'));
  await service.stop();
});

describe('the time of a claim', () => {
  const hour = 60 * 60_000;

  /** A ticket in hand, by clocks that the test turns; another desktop takes it where the store lets it. */
  async function inHand() {
    let storeTime = Date.parse('2025-01-01T00:00:00.000Z');
    const time = { steady: 0, wall: storeTime };
    const log = createFakeTicketLog(() => storeTime);
    const { update: write } = log;
    const update = vi.spyOn(log, 'update');
    const clocks = { steady: () => time.steady, wall: () => time.wall };
    const claims = createClaims(log, oneOfSeveral('here'), clocks);
    const others = createClaims(log, oneOfSeveral('there'));
    const { requestId } = request;
    const { ticket } = await claims.receive(request);
    await claims.take(ticket);
    onTestFinished(() => {
      claims.drop(requestId);
      others.drop(requestId);
    });
    /** Lets time pass by the store's clock, and by the two of this machine as much as they show of it. */
    function pass(ms: number, { steady = ms, wall = ms } = {}): void {
      storeTime += ms;
      time.steady += steady;
      time.wall += wall;
    }
    async function isLost(): Promise<boolean> {
      const fresh = await log.find(requestId);
      expect(await others.take(fresh ?? ticket)).not.toBeNull();
      return claims.confirm(requestId).then(
        () => false,
        (thrown) => thrown === claimedElsewhere,
      );
    }
    return { claims, ticket, log, write, update, time, pass, isLost, confirm: () => claims.confirm(requestId) };
  }

  it('is looked at again before anything that must not be done twice once a request could outlast it, and not earlier', async () => {
    const { update, pass, confirm } = await inHand();
    pass((claimMs * 3) / 4);
    await confirm();
    expect(update).not.toHaveBeenCalled();
    pass(1);
    await confirm();
    expect(update).toHaveBeenCalledOnce();
    await confirm();
    expect(update).toHaveBeenCalledOnce();
  });

  it.each([hour, -hour])('counts from the write that won it, with a clock that is %d ms off', async (off) => {
    const { update, time, pass, confirm, isLost } = await inHand();
    time.wall += off;
    await confirm();
    update.mockClear();
    pass(claimMs / 2);
    await confirm();
    expect(update).not.toHaveBeenCalled();
    pass(claimMs / 2);
    expect(await isLost()).toBe(true);
  });

  it('counts from before that write was sent, since its answer may be late', async () => {
    const { claims, write, update, pass, confirm, isLost } = await inHand();
    claims.doubt();
    update.mockImplementationOnce(async (...given) => {
      const stored = await write(...given);
      pass(claimMs);
      return stored;
    });
    await confirm();
    expect(await isLost()).toBe(true);
  });

  it('passes although the clock is set back meanwhile', async () => {
    const { pass, isLost } = await inHand();
    pass(claimMs, { wall: -hour });
    expect(await isLost()).toBe(true);
  });

  it('passes in a sleep that nobody tells of, in which the clock that cannot be set stands still', async () => {
    const { pass, isLost } = await inHand();
    pass(claimMs, { steady: 0 });
    expect(await isLost()).toBe(true);
  });

  it('is doubted after a sleep, whatever any clock says', async () => {
    const { claims, pass, isLost } = await inHand();
    pass(claimMs, { steady: 0, wall: 0 });
    claims.doubt();
    expect(await isLost()).toBe(true);
  });

  it('is not taken from the row: a claim whose beginning is not known is renewed', async () => {
    const { claims, ticket, log, pass } = await inHand();
    claims.doubt();
    pass(1_000);
    expect(await claims.take(ticket)).toMatchObject({ claim: { until: '2025-01-01T00:05:01.000Z' } });
    expect(await log.find(request.requestId)).toMatchObject({ claim: { until: '2025-01-01T00:05:01.000Z' } });
  });
});
