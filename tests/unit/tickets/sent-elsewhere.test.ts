import { expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { draft } from '../jira/draft.ts';
import { aDesk, request } from './a-desk.ts';

const { requestId } = request;
const { classification } = aTicket();

/** A desk with a request that waits for who asked, and what its tracker was asked of the issue. */
async function askedDesk() {
  const desk = aDesk({ retryDelayMs: () => 3_600_000 });
  await desk.service.receive(request);
  await desk.log.update(requestId, { step: 'needs_fields', classification });
  const asked = () => desk.tracker.calls.filter((call) => call === 'findCreated' || call === 'createIssue');
  return { ...desk, asked };
}

it('a first create costs no look', async () => {
  const { service, tracker, ticketWhen } = aDesk();
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ step }) => step === 'announced');
  expect(tracker.calls).not.toContain('findCreated');
  await service.stop();
});

it('what its requester completes is looked for before each try to create it, also after a restart', async () => {
  const { service, tracker, restart, asked, ticketWhen } = await askedDesk();
  await service.complete(request);
  await service.stop();
  tracker.failNext('findCreated', new AppError('unavailable', 'Jira cannot be reached.'));
  const next = restart();
  await next.resume();
  await ticketWhen(({ error }) => error?.code === 'unavailable');
  expect(asked()).toEqual(['findCreated']);
  tracker.failNext('createIssue', new AppError('bad_response', 'Jira’s answer cannot be read.'));
  await next.retry(requestId, {});
  await ticketWhen(({ error }) => error?.code === 'bad_response');
  await tracker.createIssue(draft({ requestId }));
  await next.retry(requestId, {});
  const { issueKey } = await ticketWhen(({ step }) => step === 'announced');
  expect(issueKey).toBe('KAN-1');
  expect(asked()).toEqual(['findCreated', 'findCreated', 'createIssue', 'createIssue', 'findCreated']);
  await next.stop();
});
