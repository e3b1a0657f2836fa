import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { claimedElsewhere, createClaims } from '../../../electron/tickets/claims.ts';
import { claimFor, claimMs } from '../../../electron/tickets/rules/claim.ts';
import { anInstance } from '../../fakes/instance.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { aDesk, request } from './a-desk.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a claim is renewed as long as its ticket is in hand, and ends by itself afterwards', async () => {
  const log = createFakeTicketLog();
  const claims = createClaims(log, anInstance('here'));
  const others = createClaims(log, anInstance('there'));
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
  const claims = createClaims(log, anInstance('here'));
  const others = createClaims(log, anInstance('there'));
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
  const claims = createClaims(log, anInstance('here'));
  const { ticket } = await log.receive(request);
  await vi.advanceTimersByTimeAsync(1_000);
  await claims.take(ticket);
  expect((await log.find(request.requestId))?.updatedAt).toBe(ticket.updatedAt);
  await claims.update(request.requestId, { note: 'Something did.' });
  expect((await log.find(request.requestId))?.updatedAt).not.toBe(ticket.updatedAt);
  claims.drop(request.requestId);
});

it('a ticket that another run was working on is gone on with once its claim has ended', async () => {
  const { service, log } = aDesk();
  await log.receive(request);
  await log.update(request.requestId, (_, at) => ({ claim: claimFor(anInstance('there'), at) }));
  service.enqueue(request.requestId);
  await vi.advanceTimersByTimeAsync(claimMs / 2);
  expect((await log.find(request.requestId))?.step).toBe('received');
  await vi.advanceTimersByTimeAsync(claimMs);
  expect((await log.find(request.requestId))?.step).toBe('announced');
  await service.stop();
});
