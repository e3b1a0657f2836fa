import { expect, it } from 'vitest';
import { lookBack } from '../../../electron/tickets/rules/intake.ts';
import { AppError } from '../../../shared/errors.ts';
import { oneOfSeveral } from '../../fakes/instance.ts';
import { aDesk, request } from './a-desk.ts';

const { requestId } = request;

it('a ticket that is created anyway is classified first where a log had lost what it is', async () => {
  const { service, log, tracker, ticketWhen } = aDesk();
  await service.receive(request);
  // What a log leaves that may be older than what was done.
  await log.update(requestId, { step: 'creating' });
  service.enqueue(requestId);
  await ticketWhen(({ step }) => step === 'unconfirmed');
  await service.createAnyway(requestId);
  expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ classification: { label: 'Bug' } });
  expect(tracker.issues).toHaveLength(1);
});

it('a ticket goes to the configured project again once the wanted one is taken back', async () => {
  const { service, tracker, log, ticketWhen } = aDesk();
  const refusal = () => tracker.failNext('createIssue', new AppError('invalid_input', 'Team is required.'));
  refusal();
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ status }) => status === 'failed');
  refusal();
  await service.retry(requestId, { project: 'ops' });
  await ticketWhen(({ status, wantedProject }) => status === 'failed' && wantedProject === 'OPS');
  await service.retry(requestId, { project: null });
  await ticketWhen(({ step }) => step === 'announced');
  expect((await log.find(requestId))?.wantedProject).toBeNull();
});

it('a lost create is looked for in the project that it was sent to', async () => {
  const { service, tracker, ticketWhen } = aDesk();
  tracker.failNext('createIssue', new AppError('invalid_input', 'Team is required.'));
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ status }) => status === 'failed');
  const asked: unknown[] = [];
  const { findCreated } = tracker;
  tracker.findCreated = (look) => {
    asked.push(look.project);
    return findCreated(look);
  };
  tracker.failNext('createIssue', new AppError('unconfirmed', 'No answer came.'), 'after');
  await service.retry(requestId, { project: 'OPS' });
  await ticketWhen(({ step }) => step === 'announced');
  expect(asked).toEqual(['OPS']);
});

it('one ticket a minute is a limit too', () => {
  const at = '2026-11-24T08:00:00.000Z';
  expect(lookBack({ mostPerMinute: 1 }, at)).toEqual({ alikeFrom: null, filedAfter: '2026-11-24T07:59:00.000Z' });
  expect(lookBack({ duplicateWithinMs: 1 }, at)).toEqual({ alikeFrom: '2026-11-24T07:59:59.999Z', filedAfter: null });
  expect(lookBack({ mostPerMinute: 0, duplicateWithinMs: 0 }, at)).toEqual({ alikeFrom: null, filedAfter: null });
});

it('a ticket that is resumed while a login is still being refused to it is tried again', async () => {
  const { service, tracker, ticketWhen } = aDesk();
  const { createIssue } = tracker;
  let refuse = () => {};
  const asked = new Promise<void>((begun) => {
    tracker.createIssue = () =>
      new Promise((_, reject) => {
        refuse = () => reject(new AppError('unauthorized', 'The token is refused.'));
        begun();
      });
  });
  await service.receive(request);
  service.enqueue(requestId);
  await asked;
  // The login is accepted by now, which a request under way does not know.
  tracker.createIssue = createIssue;
  await service.resumeWaiting();
  refuse();
  expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ issueKey: 'KAN-1' });
});

it('a message that another desktop may have posted in the middle of a run is looked for', async () => {
  const { service, log, messenger, ticketWhen } = aDesk({ instance: oneOfSeveral('a') });
  const { update } = log;
  log.update = async (id, change) => {
    const stored = await update(id, change);
    if (stored.step !== 'created') return stored;
    // This one sleeps longer than its claim; another one posts the message, and does not hear that it did.
    log.update = update;
    await messenger.announce(stored);
    await update(id, { claim: null, error: { code: 'unconfirmed', message: 'Slack has not answered.' } });
    service.wake();
    return stored;
  };
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ step }) => step === 'announced');
  expect(messenger.messages).toHaveLength(1);
});
