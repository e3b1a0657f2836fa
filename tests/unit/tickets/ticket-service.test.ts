import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { draft } from '../jira/draft.ts';
import { aDesk, request } from './a-desk.ts';

const { classification } = aTicket();

describe('a request', () => {
  it('goes step by step from received to announced, each stored before the next', async () => {
    const { service, steps, messenger, ticketWhen } = aDesk();
    await service.receive(request);
    service.enqueue(request.requestId);
    await ticketWhen(({ step }) => step === 'announced');
    expect(steps).toEqual(['received', 'classified', 'creating', 'created', 'announced']);
    expect(messenger.messages).toMatchObject([{ kind: 'announcement', text: 'KAN-1 VPN is down' }]);
  });

  it('is worked on once however often it is asked for', async () => {
    const { service, tracker, ticketWhen } = aDesk();
    await service.receive(request);
    for (let times = 0; times < 5; times += 1) service.enqueue(request.requestId);
    await ticketWhen(({ step }) => step === 'announced');
    await service.stop();
    expect(tracker.issues).toHaveLength(1);
  });

  it('is tried again after a moment’s trouble, and its person is told once', async () => {
    const { service, tracker, messenger, ticketWhen } = aDesk();
    for (let times = 0; times < 3; times += 1) {
      tracker.failNext('createIssue', new AppError('unavailable', 'Jira cannot be reached.'));
    }
    await service.receive(request);
    service.enqueue(request.requestId);
    const ticket = await ticketWhen(({ step }) => step === 'announced');
    expect(ticket).toMatchObject({ error: null, attempts: 0, nextTryAt: null });
    expect(tracker.issues).toHaveLength(1);
    expect(messenger.messages.filter(({ kind }) => kind === 'explanation')).toHaveLength(1);
  });

  it('is looked for, not filed again, when the answer to its creation was lost', async () => {
    const { service, tracker, ticketWhen } = aDesk();
    tracker.failNext('createIssue', new AppError('unconfirmed', 'Jira did not answer.'), 'after');
    await service.receive(request);
    service.enqueue(request.requestId);
    await ticketWhen(({ step }) => step === 'announced');
    expect(tracker.issues).toHaveLength(1);
    expect(tracker.calls.filter((call) => call === 'createIssue')).toHaveLength(1);
  });

  it('is looked for after a crash between asking Jira and storing the answer', async () => {
    const { log, service, restart, tracker, ticketWhen } = aDesk();
    const { ticket } = await service.receive(request);
    if (classification === null) throw new Error('no classification');
    await log.update(request.requestId, { step: 'creating', classification });
    await tracker.createIssue({
      ...draft({ requestId: ticket.requestId, summary: ticket.summary, text: ticket.text }),
      requester: { id: 'U1', name: null },
      channel: { id: 'C1', name: null },
      classification,
      receivedAt: ticket.createdAt,
    });
    await restart().resume();
    await ticketWhen(({ step, issueKey }) => step === 'announced' && issueKey === 'KAN-1');
    expect(tracker.issues).toHaveLength(1);
  });

  it('is announced once when the answer to the message was lost', async () => {
    const { service, messenger, ticketWhen } = aDesk();
    messenger.failNext(new AppError('unconfirmed', 'Slack did not answer.'), 'after');
    await service.receive(request);
    service.enqueue(request.requestId);
    const ticket = await ticketWhen(({ step }) => step === 'announced');
    expect(ticket.announcement).toEqual({ via: 'channel', channel: 'C1', ts: '1' });
    expect(messenger.messages).toHaveLength(1);
  });

  it('is announced to its person alone when the answer was lost and nobody may look', async () => {
    const { log, service, messenger, ticketWhen } = aDesk();
    messenger.closedChannels.add('C1');
    await service.receive(request);
    if (classification === null) throw new Error('no classification');
    const error = { code: 'unconfirmed', message: 'Slack did not answer.' } as const;
    await log.update(request.requestId, {
      classification,
      issueKey: 'KAN-1',
      status: 'created',
      step: 'created',
      error,
    });
    service.enqueue(request.requestId);
    const ticket = await ticketWhen(({ step }) => step === 'announced');
    expect(ticket.announcement?.via).toBe('response_url');
  });

  it('is announced once when a crash came between the message and the log', async () => {
    const { log, service, restart, messenger, ticketWhen } = aDesk();
    const { ticket } = await service.receive(request);
    const change = { classification, issueKey: 'KAN-1', status: 'created', step: 'created' } as const;
    await log.update(request.requestId, change);
    await messenger.announce({ ...ticket, ...change });
    await restart().resume();
    await ticketWhen(({ step }) => step === 'announced');
    expect(messenger.messages).toHaveLength(1);
  });

  it('fails, and its person learns why, when Jira refuses it', async () => {
    const { service, tracker, messenger, ticketWhen } = aDesk();
    tracker.failNext('createIssue', new AppError('invalid_input', 'Team is required.'));
    await service.receive(request);
    service.enqueue(request.requestId);
    const ticket = await ticketWhen(({ status }) => status === 'failed');
    expect(ticket.error).toEqual({ code: 'invalid_input', message: 'Team is required.' });
    await vi.waitFor(() =>
      expect(messenger.messages).toMatchObject([{ kind: 'explanation', text: 'Team is required.' }]),
    );
  });

  it('waits at received for other settings when the token is refused', async () => {
    const { service, restart, tracker, ticketWhen } = aDesk();
    tracker.failAlways(new AppError('unauthorized', 'The token has expired.'));
    await service.receive(request);
    service.enqueue(request.requestId);
    const parked = await ticketWhen(({ error }) => error !== null);
    expect(parked).toMatchObject({ status: 'received', nextTryAt: null, error: { code: 'unauthorized' } });
    await service.stop();

    tracker.failAlways(null);
    await restart().resume();
    await ticketWhen(({ step }) => step === 'announced');
  });
});

describe('a decision', () => {
  async function announced() {
    const desk = aDesk();
    await desk.service.receive(request);
    desk.service.enqueue(request.requestId);
    const { announcement } = await desk.ticketWhen(({ step }) => step === 'announced');
    if (announcement === null) throw new Error('not announced');
    const click = { ...request, issueKey: 'KAN-1', issueType: 'Bug', issueUrl: null, announcement };
    return { ...desk, click };
  }
  const approval = { status: 'approved', by: 'U2', at: '2026-01-02T04:00:00.000Z' } as const;

  it('is settled in the message and in Jira', async () => {
    const { service, click, tracker, messenger, ticketWhen } = await announced();
    expect(await service.decide(click, approval)).toMatchObject({ accepted: true });
    service.enqueue(request.requestId);
    expect(await ticketWhen(({ step }) => step === 'done')).toMatchObject({ status: 'approved', decision: approval });
    expect(messenger.messages[0]).toMatchObject({ hasButtons: false });
    expect(tracker.issues[0]?.decision).toMatchObject(approval);
  });

  it('locks the message at once on a desktop that never saw the ticket, also while Jira is away', async () => {
    const { tracker, messenger, ...other } = aDesk();
    tracker.failAlways(new AppError('unavailable', 'Jira cannot be reached.'));
    await messenger.announce({ ...aTicket(), requestId: request.requestId });
    const announcement = { via: 'channel', channel: 'C1', ts: '1' } as const;
    const click = { ...request, issueKey: 'KAN-7', issueType: 'Bug', issueUrl: null, announcement };
    await other.service.decide(click, approval);
    other.service.enqueue(request.requestId);
    await vi.waitFor(() => expect(messenger.messages[0]).toMatchObject({ hasButtons: false }));
    await other.service.stop();
  });

  it('is settled after a crash that came right behind it', async () => {
    const { service, click, restart, tracker, ticketWhen } = await announced();
    await service.stop();
    await service.decide(click, approval);
    await restart().resume();
    await ticketWhen(({ step }) => step === 'done');
    expect(tracker.issues[0]?.decision).toMatchObject(approval);
  });

  it('is settled although message and issue refuse it', async () => {
    const { service, click, tracker, messenger, errors, ticketWhen } = await announced();
    messenger.failNext(new AppError('not_found', 'The message is gone.'));
    tracker.failNext('recordDecision', new AppError('forbidden', 'No permission to edit.'));
    await service.decide(click, approval);
    service.enqueue(request.requestId);
    expect(await ticketWhen(({ step }) => step === 'done')).toMatchObject({ status: 'approved' });
    expect(errors.map(({ code }) => code)).toEqual(['not_found', 'forbidden']);
  });

  it('reaches Jira once its token works again', async () => {
    const { service, click, restart, tracker, log, messenger } = await announced();
    tracker.failAlways(new AppError('unauthorized', 'The token has expired.'));
    await service.decide(click, approval);
    service.enqueue(request.requestId);
    await vi.waitFor(() => expect(messenger.messages[0]).toMatchObject({ hasButtons: false }));
    await service.stop();
    expect(await log.find(request.requestId)).toMatchObject({ status: 'approved', step: 'announced' });
    tracker.failAlways(null);
    await restart().resume();
    await vi.waitFor(() => expect(tracker.issues[0]?.decision).toMatchObject(approval));
  });

  it('reaches Jira again after a moment’s trouble although Slack waits for other settings', async () => {
    const { service, click, tracker, messenger } = await announced();
    messenger.failNext(new AppError('unauthorized', 'The token was revoked.'));
    tracker.failNext('recordDecision', new AppError('unavailable', 'Jira cannot be reached.'));
    await service.decide(click, approval);
    service.enqueue(request.requestId);
    await vi.waitFor(() => expect(tracker.issues[0]?.decision).toMatchObject(approval));
  });

  it('is settled later when Jira is away for a moment', async () => {
    const { service, click, tracker, ticketWhen } = await announced();
    tracker.failNext('recordDecision', new AppError('unavailable', 'Jira cannot be reached.'));
    await service.decide(click, approval);
    service.enqueue(request.requestId);
    await ticketWhen(({ step }) => step === 'done');
    expect(tracker.issues[0]?.decision).toMatchObject(approval);
  });

  it('gives way to one that another desktop stored before', async () => {
    const { service, click, tracker, messenger, ticketWhen } = await announced();
    const earlier = { status: 'rejected', by: 'U9', at: '2026-01-02T03:59:00.000Z' } as const;
    await tracker.recordDecision('KAN-1', { ...earlier, requestId: request.requestId });
    await service.decide(click, approval);
    service.enqueue(request.requestId);
    const ticket = await ticketWhen(({ step }) => step === 'done');
    expect(ticket).toMatchObject({ status: 'rejected', decision: earlier });
    expect(messenger.messages[0]?.text).toContain('rejected by U9');
  });

  it('stands alone: a second one is not accepted', async () => {
    const { service, click } = await announced();
    await service.decide(click, approval);
    const second = await service.decide(click, { ...approval, status: 'rejected', by: 'U3' });
    expect(second).toMatchObject({ accepted: false, ticket: { status: 'approved', decision: approval } });
  });
});
