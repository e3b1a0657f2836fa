import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { aDesk, request } from './a-desk.ts';

const { requestId } = request;
const { classification } = aTicket();

/** Time for all that needs nothing but turns of the event loop. */
async function manyTurns(): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) await turn();
}

it.each([
  ['new', 0],
  ['retried', 1],
])('%s tickets are filed four at a time', async (_, attempts) => {
  let isFree = false;
  let most = 0;
  const waiting = new Set<() => void>();
  const { service, log, tracker } = aDesk({
    classifier: {
      async classify() {
        if (!isFree) {
          await new Promise<void>((resolve) => {
            waiting.add(resolve);
            most = Math.max(most, waiting.size);
          });
        }
        if (classification === null) throw new Error('no classification');
        return classification;
      },
    },
  });
  const ids = Array.from('abcdef', (letter) => letter.repeat(32));
  for (const id of ids) {
    await service.receive({ ...request, requestId: id, text: id });
    await log.update(id, { attempts });
    service.enqueue(id);
  }
  await vi.waitFor(() => expect(waiting.size).toBeGreaterThanOrEqual(4));
  await manyTurns();
  isFree = true;
  for (const go of waiting) go();
  await vi.waitFor(() => expect(tracker.issues).toHaveLength(6));
  expect(most).toBe(4);
});

it('the program stops once what a requester is being told is told', async () => {
  const { service, tracker, messenger } = aDesk();
  tracker.failNext('createIssue', new AppError('invalid_input', 'Team is required.'));
  let told = () => {};
  const telling = new Promise<void>((begun) => {
    messenger.explain = () =>
      new Promise((resolve) => {
        told = resolve;
        begun();
      });
  });
  await service.receive(request);
  service.enqueue(requestId);
  await telling;
  let isStopped = false;
  const stopped = service.stop().then(() => {
    isStopped = true;
  });
  await manyTurns();
  expect(isStopped).toBe(false);
  told();
  await stopped;
});

it.each([
  ['5 times where another one was filed meanwhile', 5],
  ['15 times where none was', 15],
])('a ticket whose creates are lost is sent %s, then needs a person', async (_, times) => {
  const { service, tracker, log, ticketWhen } = aDesk();
  const other = { ...request, requestId: 'b'.repeat(32), text: 'The printer is broken' };
  const { createIssue } = tracker;
  let sent = 0;
  tracker.createIssue = async (draft) => {
    if (draft.requestId !== requestId) return createIssue(draft);
    sent += 1;
    if (sent === 2 && times === 5) {
      await service.receive(other);
      service.enqueue(other.requestId);
      await vi.waitFor(async () => expect((await log.find(other.requestId))?.step).toBe('announced'));
    }
    throw new AppError('unconfirmed', 'No answer came.');
  };
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ status }) => status === 'failed');
  expect(sent).toBe(times);
});
