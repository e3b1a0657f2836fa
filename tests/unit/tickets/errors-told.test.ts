import { expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { aDesk, request } from './a-desk.ts';

const { requestId } = request;

it('that a service is spared is told once, however often a ticket meets it', async () => {
  const { service, tracker, errors } = aDesk();
  const spared = new AppError('unavailable', 'Jira is in trouble.', { isHeldBack: true });
  const createIssue = vi.spyOn(tracker, 'createIssue').mockRejectedValue(spared);
  await service.receive(request);
  service.enqueue(requestId);
  await vi.waitFor(() => expect(createIssue.mock.calls.length).toBeGreaterThan(2));
  await service.stop();
  expect(errors).toEqual([spared]);
});

it('an explanation that still waits when the program stops is given up, and that is no error', async () => {
  const { service, tracker, messenger, errors, ticketWhen } = aDesk();
  const refusal = new AppError('invalid_input', 'Team is required.');
  tracker.failNext('createIssue', refusal);
  messenger.holdChannel(request.user);
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ status }) => status === 'failed');
  await service.stop();
  expect(errors).toEqual([refusal]);
  expect(messenger.messages).toEqual([]);
});

it('a decision is shown on the message that is known where looking for a better one fails', async () => {
  const { service, messenger, errors, ticketWhen } = aDesk();
  messenger.closedChannels.add(request.channel);
  await service.receive(request);
  service.enqueue(requestId);
  const { issueKey, announcement } = await ticketWhen(({ step }) => step === 'announced');
  const failure = new AppError('not_found', 'Slack knows no such channel.');
  messenger.failNext(failure);
  const click = { ...request, issueKey: issueKey ?? '', issueType: 'Bug', issueUrl: null, announcement };
  await service.decide(click, { status: 'approved', by: 'U2', at: '2026-01-02T04:00:00.000Z' });
  service.enqueue(requestId);
  await ticketWhen(({ step }) => step === 'done');
  expect(messenger.messages).toMatchObject([{ to: 'requester', hasButtons: false }]);
  expect(errors).toEqual([failure]);
});
