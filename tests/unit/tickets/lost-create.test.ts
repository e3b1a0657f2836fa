import { afterEach, expect, it, vi } from 'vitest';
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
async function endedWhileCreating() {
  const desk = aDesk({ retryDelayMs: () => 3_600_000 });
  await desk.service.receive(request);
  await desk.log.update(requestId, { step: 'creating', classification });
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
  await second.resume();
  await ticketWhen(({ error }) => error?.code === 'unavailable');
  await second.retry(requestId, {});
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  expect(created()).toBe(0);

  later(90_001);
  await second.retry(requestId, {});
  await ticketWhen(({ step }) => step === 'announced');
  expect(created()).toBe(1);
  await second.stop();
});

it('is not created again after a search that began before it took effect', async () => {
  const { tracker, restart, created, ticketWhen } = await endedWhileCreating();
  const { findCreated } = tracker;
  tracker.findCreated = async (wanted) => {
    tracker.findCreated = findCreated;
    const found = await findCreated(wanted);
    await tracker.createIssue(draft({ requestId }));
    later(90_001);
    return found;
  };
  const service = restart();
  await service.resume();
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  await service.retry(requestId, {});
  expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ issueKey: 'KAN-1' });
  expect(created()).toBe(1);
  await service.stop();
});
