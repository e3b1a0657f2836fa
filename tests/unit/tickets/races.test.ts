import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import type { Decision } from '../../../shared/ticket.ts';
import { aDesk, beforeNextUpdate, request } from './a-desk.ts';

const { requestId } = request;
const announcement = { via: 'channel', channel: 'C1', ts: '1' } as const;
const click = { ...request, issueKey: 'KAN-1', issueType: 'Bug', issueUrl: null, announcement };

/** A decision at a second of Slack's time. */
function decision(actionTs: string, by = 'U2', status: Decision['status'] = 'approved'): Decision {
  return { status, by, at: new Date(Number(actionTs) * 1000).toISOString(), actionTs };
}

async function announced() {
  const desk = aDesk();
  await desk.service.receive(request);
  desk.service.enqueue(requestId);
  await desk.ticketWhen(({ step }) => step === 'announced');
  const [issue] = desk.tracker.issues;
  if (issue === undefined) throw new Error('no issue');
  return { ...desk, issue };
}

/** Lets the next call of `method` end only when it is told to. */
function hold<Port extends object, Name extends keyof Port>(port: Port, method: Name) {
  const call = port[method] as (...given: unknown[]) => Promise<unknown>;
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const reached = vi.fn();
  port[method] = (async (...given: unknown[]) => {
    port[method] = call as Port[Name];
    const answer = await call(...given);
    reached();
    await gate;
    return answer;
  }) as Port[Name];
  return { letGo: () => letGo(), reached: () => vi.waitFor(() => expect(reached).toHaveBeenCalled()) };
}

describe('an earlier click that comes later', () => {
  it('is told too, although another one was just being told', async () => {
    const { service, tracker, issue, ticketWhen, messenger } = await announced();
    const held = hold(tracker, 'recordDecision');
    await service.decide(click, decision('20', 'U3', 'rejected'));
    service.enqueue(requestId);
    await held.reached();
    await service.decide(click, decision('10'));
    service.enqueue(requestId);
    held.letGo();
    await ticketWhen(({ step }) => step === 'done');
    expect(issue.decision).toMatchObject({ by: 'U2', actionTs: '10' });
    expect(messenger.messages[0]?.text).toContain('approved by U2');
  });

  it('is not overwritten by what Jira said before it', async () => {
    const { service, tracker, issue, ticketWhen } = await announced();
    issue.decision = decision('20', 'U9', 'rejected');
    const held = hold(tracker, 'readMarks');
    const learning = service.mergeRemote();
    await held.reached();
    expect(await service.decide(click, decision('10'))).toMatchObject({ accepted: true });
    service.enqueue(requestId);
    held.letGo();
    await learning;
    await ticketWhen(({ step, decision: last }) => step === 'done' && last?.actionTs === '10');
    expect(issue.decision).toMatchObject({ actionTs: '10' });
  });
});

describe('a decision', () => {
  it('that somebody wrote over in Jira is stored there again, and not for ever where that is refused', async () => {
    const { service, tracker, issue, log, ticketWhen } = await announced();
    await service.decide(click, decision(String(Date.now() / 1000)));
    service.enqueue(requestId);
    await ticketWhen(({ step }) => step === 'done');
    issue.decision = null;
    await service.mergeRemote();
    await vi.waitFor(() => expect(issue.decision).not.toBeNull());
    await ticketWhen(({ step }) => step === 'done');
    issue.decision = null;
    await service.mergeRemote();
    expect(await log.find(requestId)).toMatchObject({ step: 'done' });
    expect(tracker.calls.filter((call) => call === 'recordDecision')).toHaveLength(2);
  });

  it('on a ticket of which the log had lost the issue is told all the same', async () => {
    const { service, log, issue, ticketWhen } = await announced();
    const lost = { issueId: null, issueKey: null, issueUrl: null, announcement: null, sent: null } as const;
    await log.update(requestId, { ...lost, status: 'received', step: 'creating' });
    await service.decide(click, decision('10'));
    service.enqueue(requestId);
    await ticketWhen(({ step, issueKey }) => step === 'done' && issueKey === 'KAN-1');
    expect(issue.decision).toMatchObject({ actionTs: '10' });
  });

  it('locks its message although a correction cannot be passed on yet', async () => {
    const { service, tracker, messenger } = await announced();
    tracker.failAlways(new AppError('unavailable', 'Jira cannot be reached.'));
    await service.relabel(requestId, { label: 'Task', by: 'U2', via: 'slack' });
    await service.decide({ ...click, announcement: null }, decision('10'));
    service.enqueue(requestId);
    await vi.waitFor(() => expect(messenger.messages[0]).toMatchObject({ hasButtons: false }));
    await service.stop();
  });
});

describe('a correction', () => {
  it('that comes while the one before is passed on is passed on too', async () => {
    const { service, tracker, issue, ticketWhen } = await announced();
    const held = hold(tracker, 'relabel');
    await service.relabel(requestId, { label: 'Task', by: 'U2', via: 'slack' });
    await held.reached();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 });
    onTestFinished(() => void vi.useRealTimers());
    await service.relabel(requestId, { label: 'Question', by: 'U2', via: 'slack' });
    held.letGo();
    await ticketWhen(({ correction }) => correction?.isTold === true);
    expect(issue).toMatchObject({ label: 'Question', issueType: 'Question' });
  });

  it('to the label that the ticket had is told where another one comes just after that was read', async () => {
    const { service, log, issue, ticketWhen } = await announced();
    await log.update(requestId, { isUnsure: true });
    beforeNextUpdate(log, async () => {
      await service.relabel(requestId, { label: 'Question', by: 'U2', via: 'slack' });
      await ticketWhen(({ correction }) => correction?.isTold === true);
    });
    await service.relabel(requestId, { label: 'Bug', by: 'U3', via: 'window' });
    await ticketWhen(({ correction }) => correction?.by === 'U3' && correction.isTold);
    expect(issue).toMatchObject({ label: 'Bug', issueType: 'Bug' });
  });

  it('is shown after a moment’s trouble in Slack, and leaves no error', async () => {
    const { service, messenger, ticketWhen } = await announced();
    messenger.failNext(new AppError('unavailable', 'Slack cannot be reached.'));
    await service.relabel(requestId, { label: 'Task', by: 'U2', via: 'slack' });
    await ticketWhen(({ correction, error }) => correction?.isTold === true && error === null);
    expect(messenger.messages[0]?.text).toContain('now Task');
  });

  it('that has to wait for other settings is no news to who asked for the ticket', async () => {
    const { service, tracker, messenger, ticketWhen } = await announced();
    tracker.failNext('relabel', new AppError('unauthorized', 'Jira refused the login.'));
    await service.relabel(requestId, { label: 'Task', by: 'U2', via: 'slack' });
    await ticketWhen(({ error }) => error?.code === 'unauthorized');
    await service.stop();
    expect(messenger.messages.filter(({ kind }) => kind === 'explanation')).toEqual([]);
  });
});

it('a lost announcement is still known to be lost after a failed look and a restart', async () => {
  const { service, restart, messenger, ticketWhen } = aDesk({ retryDelayMs: () => 3_600_000 });
  messenger.failNext(new AppError('unconfirmed', 'Slack did not answer.', { openForMs: 10_000 }), 'after');
  await service.receive(request);
  service.enqueue(requestId);
  await ticketWhen(({ error }) => error?.code === 'unconfirmed');
  messenger.failNext(new AppError('unavailable', 'Slack cannot be reached.'));
  await service.retry(requestId, {});
  await ticketWhen(({ attempts }) => attempts === 1);
  await service.stop();
  messenger.isBlind = true;
  await restart().retry(requestId, {});
  await ticketWhen(({ step }) => step === 'announced');
  expect(messenger.messages.filter(({ to, kind }) => to === 'channel' && kind === 'announcement')).toHaveLength(1);
});

it('a ticket whose issue is there by then does not say that its acknowledgement was lost', async () => {
  const { service, log, ticketWhen } = aDesk();
  await service.receive(request);
  beforeNextUpdate(log, async () => {
    service.enqueue(requestId);
    await ticketWhen(({ step }) => step === 'announced');
  });
  await service.ackLost(requestId);
  expect((await log.find(requestId))?.note).toBeNull();
});

it('a ticket says that its acknowledgement was lost, also where that is known while Jira is asked', async () => {
  const { service, tracker, ticketWhen } = aDesk();
  await service.receive(request);
  const held = hold(tracker, 'createIssue');
  service.enqueue(requestId);
  await held.reached();
  await service.ackLost(requestId);
  held.letGo();
  const { note } = await ticketWhen(({ step }) => step === 'announced');
  expect(note).toBe('Your ticket was received although Slack showed an error.');
});
