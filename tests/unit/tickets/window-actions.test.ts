import { describe, expect, it, vi } from 'vitest';
import type { IssueDraft } from '../../../electron/tickets/ports/issue-tracker.ts';
import type { Instance } from '../../../electron/tickets/ports/ticket-store.ts';
import { claimFor } from '../../../electron/tickets/rules/claim.ts';
import { ticketRun } from '../../../electron/tickets/ticket-run.ts';
import { AppError } from '../../../shared/errors.ts';
import { oneOfSeveral } from '../../fakes/instance.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { draft } from '../jira/draft.ts';
import { aDesk, request } from './a-desk.ts';

const { requestId } = request;
const refused = { code: 'invalid_input' };
const approval = { status: 'approved', by: 'U2', at: '2026-01-02T04:00:00.000Z' } as const;

/** A desk whose only ticket Jira has refused. */
async function refusedByJira(instance?: Instance) {
  const desk = aDesk({ instance });
  desk.tracker.failNext('createIssue', new AppError('invalid_input', 'Team is required.'));
  await desk.service.receive(request);
  desk.service.enqueue(requestId);
  await desk.ticketWhen(({ status }) => status === 'failed');
  await vi.waitFor(() => expect(desk.messenger.messages).toHaveLength(1));
  return desk;
}

/** A desk whose only ticket has an issue that could not be announced. */
async function refusedBySlack() {
  const desk = aDesk();
  desk.messenger.failNext(new AppError('forbidden', 'This channel is read-only.'));
  await desk.service.receive(request);
  desk.service.enqueue(requestId);
  await desk.ticketWhen(({ error }) => error !== null);
  await vi.waitFor(() => expect(desk.messenger.messages).toHaveLength(1));
  return desk;
}

async function announced() {
  const desk = aDesk();
  await desk.service.receive(request);
  desk.service.enqueue(requestId);
  await desk.ticketWhen(({ step }) => step === 'announced');
  return desk;
}

/** A classifier that answers when it is told to. */
function heldClassifier() {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { classification } = draft();
  return { release: () => release(), classify: () => held.then(() => classification) };
}

describe('a decision that comes too early', () => {
  it('is refused while the message that would show it is not there', async () => {
    const { service, messenger, ticketWhen } = aDesk({ retryDelayMs: () => 3_600_000 });
    messenger.failNext(new AppError('unavailable', 'Slack cannot be reached.'));
    await service.receive(request);
    service.enqueue(requestId);
    const waiting = await ticketWhen(({ step, nextTryAt }) => step === 'created' && nextTryAt !== null);
    await expect(service.decideHere(requestId, approval)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('not announced'),
    });
    expect(await ticketWhen(() => true)).toEqual(waiting);
    await service.retry(requestId, {});
    await ticketWhen(({ step }) => step === 'announced');
    await service.decideHere(requestId, approval);
    await ticketWhen(({ step }) => step === 'done');
    await service.stop();
  });
});

describe('trying again', () => {
  it('files a failed ticket with what was corrected, and announces it', async () => {
    const { service, tracker, messenger, ticketWhen } = await refusedByJira();
    await service.retry(requestId, { summary: 'VPN down in Rome', issueType: 'Incident', project: 'ops' });
    const ticket = await ticketWhen(({ step }) => step === 'announced');
    expect(ticket).toMatchObject({
      status: 'created',
      issueKey: 'OPS-1',
      issueType: 'Incident',
      summary: 'VPN down in Rome',
      wantedType: 'Incident',
      wantedProject: 'OPS',
      error: null,
    });
    expect(tracker.issues).toMatchObject([{ summary: 'VPN down in Rome', draft: { text: request.text } }]);
    expect(messenger.messages.at(-1)).toMatchObject({ kind: 'announcement' });
  });

  it('files a ticket whose project demands a field, once a person has given it', async () => {
    const { service, tracker, ticketWhen } = await refusedByJira();
    tracker.demanded.push({ id: 'f1', name: 'Team', kind: 'text', required: true, options: [], help: null });
    await service.retry(requestId, {});
    await ticketWhen(({ wantedFields }) => wantedFields !== null && 'f1' in wantedFields);
    const form = await service.formFor(requestId, { wantedType: 'Task', wantedProject: null });
    expect(form).toMatchObject({ issueType: 'Task', fields: [{ id: 'f1' }] });
    await service.retry(requestId, { fields: { f1: 'Blue' } });
    expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ wantedFields: { f1: 'Blue' } });
    expect(tracker.issues).toMatchObject([{ draft: { wantedFields: { f1: 'Blue' } } }]);
  });

  it('is hurried each time, and nothing that goes on by itself is', async () => {
    const { service, tracker, ticketWhen } = await refusedByJira();
    const { createIssue } = tracker;
    const hurried: unknown[] = [];
    tracker.createIssue = (...parameters) => {
      hurried.push(ticketRun.getStore()?.hurried.aborted);
      return createIssue(...parameters);
    };
    const refuse = (code: 'invalid_input' | 'unavailable') =>
      tracker.failNext('createIssue', new AppError(code, 'No.'));
    for (let tries = 0; tries < 2; tries += 1) {
      refuse('invalid_input');
      await service.retry(requestId, {});
      await ticketWhen(({ status }) => status === 'failed');
    }
    // The second of these comes by itself.
    refuse('unavailable');
    await service.retry(requestId, {});
    await ticketWhen(({ step }) => step === 'announced');
    expect(hurried).toEqual([true, true, true, false]);
  });

  it('hurries the run in hand, and says that there is one', async () => {
    const { service, tracker, ticketWhen } = await refusedByJira();
    const { createIssue } = tracker;
    tracker.failNext('createIssue', new AppError('unavailable', 'Jira is away.'));
    const isWaiting = new Promise<void>((begun) => {
      tracker.createIssue = async (...parameters) => {
        const hurried = ticketRun.getStore()?.hurried;
        // As the budget has one wait that comes by itself.
        if (hurried?.aborted === false) {
          const isHurried = new Promise((resolve) => hurried.addEventListener('abort', resolve));
          begun();
          await isHurried;
        }
        return createIssue(...parameters);
      };
    });
    await service.retry(requestId, {});
    await isWaiting;
    await expect(service.retry(requestId, {})).rejects.toThrow('worked on right now');
    await ticketWhen(({ step }) => step === 'announced');
  });

  it('tells the requester when it fails again', async () => {
    const { service, tracker, messenger } = await refusedByJira();
    tracker.failNext('createIssue', new AppError('invalid_input', 'Floor is required.'));
    await service.retry(requestId, {});
    await vi.waitFor(() =>
      expect(messenger.messages.map(({ text }) => text)).toEqual(['Team is required.', 'Floor is required.']),
    );
  });

  it('twice at once files one issue, and says so', async () => {
    const { service, tracker, ticketWhen } = await refusedByJira();
    const tries = await Promise.allSettled([service.retry(requestId, {}), service.retry(requestId, {})]);
    expect(tries.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await ticketWhen(({ step }) => step === 'announced');
    await service.stop();
    expect(tracker.issues).toHaveLength(1);
  });

  it('does not wait for the time that a waiting ticket waits for', async () => {
    const { service, tracker, ticketWhen } = aDesk({ retryDelayMs: () => 3_600_000 });
    tracker.failNext('createIssue', new AppError('unavailable', 'Jira cannot be reached.'));
    await service.receive(request);
    service.enqueue(requestId);
    await ticketWhen(({ nextTryAt }) => nextTryAt !== null);
    await service.retry(requestId, { issueType: 'Task' });
    expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ issueType: 'Task', nextTryAt: null });
    await service.stop();
  });

  it('looks for an issue whose creation was not confirmed, as it was sent', async () => {
    const { service, tracker, ticketWhen } = aDesk({ retryDelayMs: () => 3_600_000 });
    tracker.failNext('createIssue', new AppError('unconfirmed', 'Jira did not answer.'), 'after');
    await service.receive(request);
    service.enqueue(requestId);
    const waiting = await ticketWhen(({ nextTryAt }) => nextTryAt !== null);
    const tooLate = service.retry(requestId, { project: 'OPS' });
    await expect(tooLate).rejects.toMatchObject({ ...refused, message: expect.stringContaining('looked for') });
    expect(await ticketWhen(() => true)).toEqual(waiting);
    await service.retry(requestId, {});
    await ticketWhen(({ step }) => step === 'announced');
    expect(tracker.calls.filter((call) => call === 'createIssue')).toHaveLength(1);
    await service.stop();
  });

  it('creates nothing again where looking for a lost issue was refused, not even in another run', async () => {
    const first = aDesk({ retryDelayMs: () => 3_600_000, lookForMs: 60_000 });
    first.tracker.failNext('createIssue', new AppError('unconfirmed', 'Jira did not answer.'));
    first.tracker.failNext('findCreated', new AppError('unauthorized', 'Jira refused the token.'));
    await first.service.receive(request);
    first.service.enqueue(requestId);
    await first.ticketWhen(({ nextTryAt }) => nextTryAt !== null);
    await first.service.retry(requestId, {});
    await first.ticketWhen(({ error }) => error?.code === 'unauthorized');
    await first.service.stop();

    const second = first.restart();
    await second.retry(requestId, {});
    await first.ticketWhen(({ error, nextTryAt }) => error?.code === 'unconfirmed' && nextTryAt !== null);
    expect(first.tracker.calls.filter((call) => call === 'createIssue')).toHaveLength(1);
    await second.stop();
  });

  it('announces an issue that could not be announced, and leaves the issue as it is', async () => {
    const { service, tracker, ticketWhen } = await refusedBySlack();
    const before = await ticketWhen(() => true);
    await expect(service.retry(requestId, { summary: 'Other words' })).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('KAN-1 exists already'),
    });
    expect(await ticketWhen(() => true)).toEqual(before);
    await service.retry(requestId, {});
    expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({ status: 'created', error: null });
    expect(tracker.issues).toHaveLength(1);
  });

  it('refuses a project that is none before anything is changed', async () => {
    const { service, ticketWhen } = await refusedByJira();
    for (const project of ['KAN/../x', '10001', 'K AN']) {
      await expect(service.retry(requestId, { project })).rejects.toMatchObject(refused);
    }
    expect(await ticketWhen(() => true)).toMatchObject({ status: 'failed', wantedProject: null });
  });

  it('refuses a ticket that has nothing to try again, and says why', async () => {
    const { service, ticketWhen } = await announced();
    const words = (text: string) => ({ ...refused, message: expect.stringContaining(text) });
    await expect(service.retry(requestId, {})).rejects.toMatchObject(words('waits for a decision'));
    await service.decideHere(requestId, approval);
    await ticketWhen(({ step }) => step === 'done');
    await expect(service.retry(requestId, {})).rejects.toMatchObject(words('KAN-1 was approved'));
    await expect(service.retry('f'.repeat(32), {})).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses a ticket that is under way', async () => {
    const { release, classify } = heldClassifier();
    const { service, ticketWhen } = aDesk({ classifier: { classify } });
    await service.receive(request);
    service.enqueue(requestId);
    await expect(service.retry(requestId, {})).rejects.toMatchObject(refused);
    release();
    await ticketWhen(({ step }) => step === 'announced');
  });
});

describe('discarding', () => {
  it('does not wait for a Slack that is slow to be told of the failure', async () => {
    const desk = aDesk();
    let release = () => {};
    desk.messenger.explain = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    desk.tracker.failNext('createIssue', new AppError('invalid_input', 'Team is required.'));
    await desk.service.receive(request);
    desk.service.enqueue(requestId);
    await desk.ticketWhen(({ status }) => status === 'failed');
    await desk.service.discard(requestId);
    const stopped = desk.service.stop();
    release();
    await stopped;
    expect(await desk.ticketWhen(() => true)).toMatchObject({ step: 'done' });
  });

  it('ends a failed ticket, which keeps its error and is not tried again', async () => {
    const { service, restart, tracker, ticketWhen } = await refusedByJira();
    await service.discard(requestId);
    const ticket = await ticketWhen(({ step }) => step === 'done');
    expect(ticket).toMatchObject({ status: 'failed', error: { message: 'Team is required.' } });
    await expect(service.retry(requestId, {})).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('was discarded'),
    });
    await expect(service.discard(requestId)).rejects.toMatchObject(refused);
    await service.stop();
    await restart().resume();
    expect(tracker.issues).toEqual([]);
  });

  it('ends a ticket that waits for other settings', async () => {
    const { service, tracker, ticketWhen } = aDesk();
    tracker.failAlways(new AppError('unauthorized', 'The token has expired.'));
    await service.receive(request);
    service.enqueue(requestId);
    await ticketWhen(({ error }) => error !== null);
    await service.discard(requestId);
    expect(await ticketWhen(({ step }) => step === 'done')).toMatchObject({ status: 'failed' });
  });

  it('leaves the status of a ticket that has an issue, which can still be decided', async () => {
    const { service, tracker, ticketWhen } = await refusedBySlack();
    await service.discard(requestId);
    expect(await ticketWhen(({ step }) => step === 'done')).toMatchObject({ status: 'created', issueKey: 'KAN-1' });
    await service.decideHere(requestId, approval);
    expect(await ticketWhen(({ status }) => status === 'approved')).toMatchObject({ decision: approval });
    await vi.waitFor(() => expect(tracker.issues[0]?.decision).toMatchObject(approval));
  });

  it('is refused while a step is in hand', async () => {
    const { release, classify } = heldClassifier();
    const { service, ticketWhen } = aDesk({ classifier: { classify } });
    await service.receive(request);
    service.enqueue(requestId);
    await expect(service.discard(requestId)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('being worked on'),
    });
    release();
    await ticketWhen(({ step }) => step === 'announced');
  });

  it('wins over a run that is asked for meanwhile', async () => {
    const { service, tracker, ticketWhen } = await refusedByJira();
    const discarded = service.discard(requestId);
    service.enqueue(requestId);
    await discarded;
    await service.stop();
    expect(await ticketWhen(({ step }) => step === 'done')).toMatchObject({ status: 'failed' });
    expect(tracker.issues).toEqual([]);
  });

  it('is refused for a ticket that needs nobody', async () => {
    const { service } = await announced();
    await expect(service.discard(requestId)).rejects.toMatchObject(refused);
    await expect(service.discard('f'.repeat(32))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('deciding in the window', () => {
  it('is settled in the message and in Jira', async () => {
    const { service, tracker, messenger, ticketWhen } = await announced();
    await service.decideHere(requestId, approval);
    expect(await ticketWhen(({ step }) => step === 'done')).toMatchObject({ status: 'approved', decision: approval });
    expect(messenger.messages).toMatchObject([{ hasButtons: false, text: expect.stringContaining('approved by U2') }]);
    expect(tracker.issues[0]?.decision).toMatchObject(approval);
  });

  it('is refused where somebody was faster, and names them', async () => {
    const { service, ticketWhen } = await announced();
    await service.decideHere(requestId, { ...approval, by: 'U1' });
    await expect(service.decideHere(requestId, { ...approval, status: 'rejected' })).rejects.toMatchObject({
      ...refused,
      message: 'KAN-1 was already approved by ana. Nothing has changed.',
    });
    expect(await ticketWhen(({ step }) => step === 'done')).toMatchObject({ status: 'approved' });
  });

  it('is refused where there is nothing to decide on', async () => {
    const { service } = await refusedByJira();
    await expect(service.decideHere(requestId, approval)).rejects.toMatchObject(refused);
    await expect(service.decideHere('f'.repeat(32), approval)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('rewrites the message that another desktop posted, where the ticket was loaded from Jira', async () => {
    const { log, service, tracker, messenger } = aDesk();
    const { key } = await tracker.createIssue(draft({ requestId }));
    await messenger.announce({ ...aTicket(), requestId, issueKey: key });
    await service.loadRest(null);
    await service.decideHere(requestId, approval);
    await vi.waitFor(async () => expect(await log.find(requestId)).toMatchObject({ step: 'done', status: 'approved' }));
    expect(messenger.messages).toMatchObject([{ hasButtons: false }]);
    expect(tracker.issues[0]?.decision).toMatchObject(approval);
  });

  it.each([
    ['there is no message', (_desk: ReturnType<typeof aDesk>) => {}],
    ['the app may not look', ({ messenger }: ReturnType<typeof aDesk>) => messenger.closedChannels.add('C1')],
  ])('reaches Jira although %s', async (_what, arrange) => {
    const desk = aDesk();
    arrange(desk);
    await desk.tracker.createIssue(draft({ requestId }));
    await desk.service.loadRest(null);
    await desk.service.decideHere(requestId, approval);
    await desk.ticketWhen(({ step }) => step === 'done');
    expect(desk.tracker.issues[0]?.decision).toMatchObject(approval);
    expect(desk.errors).toEqual([]);
  });
});

describe('loading the rest from Jira', () => {
  it('adds what the log lacks, page by page, without what was only a test', async () => {
    const { log, service, tracker } = await announced();
    for (let index = 0; index < 99; index += 1) await tracker.createIssue(draft({ requestId: `other-${index}` }));
    await tracker.createIssue(draft({ requestId: 'test-1' }));
    const first = await service.loadRest(null);
    expect(first).toMatchObject({ seen: 100, added: 99, next: expect.any(String) });
    expect(await service.loadRest(first.next)).toEqual({ seen: 1, added: 0, next: null });
    expect(await service.loadRest(null)).toMatchObject({ added: 0 });
    expect((await log.overview()).counts.all).toBe(100);
    expect(await log.find('other-7')).toMatchObject({ origin: 'jira', user: 'U1' });
  });
});

describe('loading the rest from Jira, where channels have projects of their own', () => {
  it('goes on with the next project after the last page of one', async () => {
    const { service, tracker } = aDesk({ channels: { ops: { project: 'OPS' }, web: { project: 'WEB' } } });
    const asked: [string, string | null][] = [];
    const pages: Record<string, string> = { KAN: 'second page' };
    tracker.listIssues = async (project, from) => {
      asked.push([project, from]);
      return { issues: [], next: from === null ? (pages[project] ?? null) : null };
    };
    let next: string | null = null;
    do ({ next } = await service.loadRest(next));
    while (next !== null);
    expect(asked).toEqual([
      ['KAN', null],
      ['KAN', 'second page'],
      ['OPS', null],
      ['WEB', null],
    ]);
  });
});

describe('the address of a message', () => {
  it('is the one of the announcement', async () => {
    const { service } = await announced();
    expect(await service.permalink(requestId)).toMatch(/^https:\/\/.+C1/);
  });

  it('is missing, and why is said, where there is no message', async () => {
    const { service } = await refusedByJira();
    await expect(service.permalink(requestId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.permalink('f'.repeat(32))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a test ticket', () => {
  it('is classified, filed, marked as a test and cleared, and leaves no row', async () => {
    const { log, service, tracker } = aDesk();
    let sent: IssueDraft | undefined;
    const { createIssue } = tracker;
    tracker.createIssue = (given) => {
      sent = given;
      return createIssue(given);
    };
    expect(await service.testTicket('VPN is down\nin Rome')).toEqual({
      key: 'KAN-1',
      url: 'https://jira.example/browse/KAN-1',
      issueType: 'Bug',
      label: 'Bug',
      note: null,
      outcome: 'deleted',
    });
    expect(sent).toMatchObject({ summary: 'Test: VPN is down', text: 'VPN is down\nin Rome' });
    expect(sent?.requestId).toMatch(/^test-/);
    expect(tracker.issues).toEqual([]);
    expect((await log.overview()).counts.all).toBe(0);
  });

  it('is left, and still shown, where clearing it fails', async () => {
    const { service, tracker, errors } = aDesk();
    tracker.failNext('clearTest', new AppError('unavailable', 'Jira cannot be reached.'));
    expect(await service.testTicket('VPN is down')).toMatchObject({ key: 'KAN-1', outcome: 'left' });
    expect(errors).toMatchObject([{ code: 'unavailable' }]);
  });

  it('says why Jira did not take it', async () => {
    const { service, tracker } = aDesk();
    tracker.failNext('createIssue', new AppError('forbidden', 'This account may not create issues in KAN.'));
    await expect(service.testTicket('VPN is down')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a ticket that another desktop works on', () => {
  it.each(['retry', 'discard'] as const)('is left alone by %s until that one has given it back', async (action) => {
    const { service, log } = await refusedByJira(oneOfSeveral());
    await log.update(requestId, (_, at) => ({ claim: claimFor(oneOfSeveral('another desk'), at) }));
    const act = () => (action === 'retry' ? service.retry(requestId, {}) : service.discard(requestId));
    await expect(act()).rejects.toMatchObject(refused);
    expect(await log.find(requestId)).toMatchObject({ status: 'failed', step: 'classified' });
    await log.update(requestId, { claim: null });
    await act();
    expect(await log.find(requestId)).not.toMatchObject({ status: 'failed', step: 'classified' });
  });
});
