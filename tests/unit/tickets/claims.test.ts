import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClaims } from '../../../electron/tickets/claims.ts';
import { claimMs } from '../../../electron/tickets/rules/claim.ts';
import { anInstance } from '../../fakes/instance.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { request } from './a-desk.ts';

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
  expect(await others.take(await found())).toBe(false);
  claims.drop(request.requestId);
  await vi.advanceTimersByTimeAsync(claimMs);
  expect(await others.take(await found())).toBe(true);
  others.drop(request.requestId);
  expect(vi.getTimerCount()).toBe(0);
});
