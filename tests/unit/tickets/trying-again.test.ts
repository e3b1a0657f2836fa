import { expect, it, onTestFinished, vi } from 'vitest';
import { createFailureJudge } from '../../../electron/tickets/failure-judge.ts';
import { needsAttention } from '../../../electron/tickets/needs-attention.ts';
import { AppError } from '../../../shared/errors.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { draft } from '../jira/draft.ts';
import { aDesk, request } from './a-desk.ts';

const { requestId } = request;
const approval = { status: 'approved', by: 'U2', at: '2026-01-02T04:00:00.000Z' } as const;
const hour = 3_600_000;

/** Resolves at the first call; the call itself ends when it is let go. */
function holdable<T>(answer: T) {
  let letGo = () => {};
  let begin = () => {};
  const gone = new Promise<T>((resolve) => {
    letGo = () => resolve(answer);
  });
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const call = () => {
    begin();
    return gone;
  };
  return { call, begun, letGo: () => letGo() };
}

it.each(['createIssue', 'announce'] as const)(
  'calls for nobody while it looks for what a lost %s may have done',
  async (lost) => {
    const { service, tracker, messenger, log, ticketWhen } = aDesk({ retryDelayMs: () => hour, lookForMs: 60_000 });
    const error = new AppError('unconfirmed', 'No answer came.', { openForMs: 60_000 });
    if (lost === 'createIssue') tracker.failNext('createIssue', error);
    else messenger.failNext(error);
    await service.receive(request);
    service.enqueue(requestId);
    await ticketWhen(({ nextTryAt }) => nextTryAt !== null);
    const issue = holdable({ issue: null, isCertain: true });
    const message = holdable(null);
    tracker.findCreated = issue.call;
    messenger.findAnnouncement = message.call;
    await service.retry(requestId, {});
    await (lost === 'createIssue' ? issue : message).begun;
    const ticket = await log.find(requestId);
    expect(ticket && needsAttention(ticket)).toBe(false);
    issue.letGo();
    message.letGo();
    await ticketWhen(({ error }) => error?.code === 'unconfirmed');
    await service.stop();
  },
);

it('waits as long as Jira asked for, also over a restart, unless a person does not want to', async () => {
  const { service, tracker, restart, ticketWhen } = aDesk();
  tracker.failNext('createIssue', new AppError('rate_limited', 'Jira asks for a pause.', { retryAfterMs: hour }));
  await service.receive(request);
  service.enqueue(requestId);
  const { nextTryAt, error } = await ticketWhen((ticket) => ticket.nextTryAt !== null);
  await service.stop();
  const again = restart();
  await again.resume();
  await again.resumeWaiting();
  expect(await ticketWhen(() => true)).toMatchObject({ nextTryAt, error, step: 'classified' });
  expect(tracker.calls.filter((call) => call === 'createIssue')).toHaveLength(1);
  await again.retry(requestId, { issueType: 'Task' });
  expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ issueType: 'Task' });
});

it('announces the issue that a failed ticket turned out to have, and files no other', async () => {
  const { service, tracker, log, ticketWhen } = aDesk();
  tracker.failNext('createIssue', new AppError('invalid_input', 'Team is required.'), 'after');
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ status }) => status === 'failed');
  expect(await service.loadRest(null)).toMatchObject({ seen: 1, added: 0 });
  expect(await log.find(requestId)).toMatchObject({ status: 'failed', step: 'created', issueKey: 'KAN-1' });
  await service.retry(requestId, {});
  expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ status: 'created', error: null });
  expect(tracker.issues).toHaveLength(1);
});

it('takes the buttons from a message that a discarded ticket did not know it had, when it is decided', async () => {
  const { service, tracker, messenger, log, ticketWhen } = aDesk();
  await service.receive({ ...request, responseUrl: 'https://hooks.slack.com/commands/1' });
  await tracker.createIssue(draft({ requestId }));
  const change = { issueId: '10001', issueKey: 'KAN-1', status: 'created', step: 'done' } as const;
  await messenger.announce(await log.update(requestId, change));
  await service.decideHere(requestId, approval);
  const { announcement } = await ticketWhen(({ step, decision }) => step === 'done' && decision !== null);
  expect(announcement).toEqual({ via: 'channel', channel: 'C1', ts: '1' });
  expect(messenger.messages).toMatchObject([{ hasButtons: false, text: expect.stringContaining('approved by U2') }]);
  expect(tracker.issues[0]?.decision).toMatchObject(approval);
});

it('is not tried sooner because a service is back, however often it comes back', async () => {
  const { service, tracker, ticketWhen } = aDesk({ retryDelayMs: () => hour });
  tracker.failNext('createIssue', new AppError('bad_response', 'A page.'));
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ error }) => error?.code === 'bad_response');
  for (let times = 0; times < 20; times += 1) await service.resumeWaiting();
  await service.resume();
  await service.stop();
  expect(tracker.calls.filter((call) => call === 'createIssue')).toHaveLength(1);
});

it('goes on at once when the service that it waits for is back', async () => {
  const { service, tracker, ticketWhen } = aDesk({ retryDelayMs: () => hour });
  tracker.failNext(
    'createIssue',
    new AppError('unavailable', 'Jira is spared.', { retryAfterMs: hour, isHeldBack: true }),
  );
  await service.receive(request);
  service.enqueue(requestId);
  expect(await ticketWhen(({ error }) => error?.code === 'unavailable')).toMatchObject({ attempts: 0 });
  await service.resumeWaiting();
  await ticketWhen(({ step }) => step === 'announced');
});

it('a decision that was given up is not published again because a service is back', async () => {
  const { service, tracker, log, ticketWhen } = aDesk();
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ step }) => step === 'announced');
  for (let times = 0; times < 4; times += 1) {
    tracker.failNext('recordDecision', new AppError('bad_response', 'A page.'));
  }
  await service.decideHere(requestId, approval);
  await ticketWhen(({ error, nextTryAt }) => error?.code === 'bad_response' && nextTryAt === null);
  await service.resumeWaiting();
  // Whatever was resumed has its turn before this one has had all of its own.
  const later = { ...request, requestId: 'later', text: 'Another one' };
  await service.receive(later);
  service.enqueue(later.requestId);
  await vi.waitFor(async () => expect((await log.find(later.requestId))?.step).toBe('announced'));
  await service.stop();
  expect(tracker.calls.filter((call) => call === 'recordDecision')).toHaveLength(4);
});

it('counts what refused it before a restart too', () => {
  const refusal = new AppError('bad_response', 'A page.');
  let ticket = aTicket({ attempts: 0, error: null });
  const verdicts = [1, 2, 3, 4].map(() => {
    // Each try after another start.
    const verdict = createFailureJudge(() => 1).judge(ticket, refusal);
    ticket = { ...ticket, attempts: verdict.attempts, error: { code: refusal.code, message: refusal.message } };
    return verdict.isExhausted;
  });
  expect(verdicts).toEqual([false, false, false, true]);
});

it('keeps a trace of a failure whose handling fails, and is tried again', async () => {
  let isBroken = true;
  const { service, tracker, ticketWhen } = aDesk({
    retryDelayMs: () => {
      if (isBroken) throw new RangeError('Invalid time value');
      return 1;
    },
  });
  tracker.failNext('createIssue', new AppError('unavailable', 'Jira cannot be reached.'));
  await service.receive(request);
  service.enqueue(requestId);
  const ticket = await ticketWhen(({ error }) => error !== null);
  expect(ticket.error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('Invalid time value') });
  expect(Date.parse(ticket.nextTryAt ?? '')).toBeGreaterThan(Date.now());
  isBroken = false;
  await service.retry(requestId, {});
  await ticketWhen(({ step }) => step === 'announced');
});

it('waits its own time although it is resumed while it is being tried', async () => {
  const { service, tracker, ticketWhen } = aDesk({ retryDelayMs: () => hour });
  const { createIssue } = tracker;
  tracker.createIssue = async (draft) => {
    await service.resumeWaiting();
    return createIssue(draft);
  };
  for (let times = 0; times < 3; times += 1) tracker.failNext('createIssue', new AppError('bad_response', 'A page.'));
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ nextTryAt }) => nextTryAt !== null);
  await service.stop();
  expect(tracker.calls.filter((call) => call === 'createIssue')).toHaveLength(1);
});

it('is not tried sooner either because of an error that is usually a service’s', async () => {
  const { service, tracker, ticketWhen } = aDesk({ retryDelayMs: () => hour });
  tracker.failNext('createIssue', new AppError('unavailable', 'Jira failed with 500.'));
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ error }) => error?.code === 'unavailable');
  for (let times = 0; times < 20; times += 1) await service.resumeWaiting();
  await service.stop();
  expect(tracker.calls.filter((call) => call === 'createIssue')).toHaveLength(1);
});

it.each([20_000, -hour])(
  'is announced once although the clock is set by %i ms while the message is lost',
  async (ms) => {
    const { service, messenger, ticketWhen } = aDesk({ retryDelayMs: () => 50 });
    const { announce } = messenger;
    const now = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => now() + shift);
    onTestFinished(() => void vi.restoreAllMocks());
    let shift = 0;
    messenger.announce = async (ticket, signal) => {
      messenger.announce = announce;
      setTimeout(() => void announce(ticket, signal), 200);
      shift = ms;
      throw new AppError('unconfirmed', 'Slack did not answer.', { openForMs: 400 });
    };
    await service.receive(request);
    service.enqueue(requestId);
    await ticketWhen(({ step }) => step === 'announced');
    await service.stop();
    expect(messenger.messages.filter(({ kind }) => kind === 'announcement')).toHaveLength(1);
  },
);
