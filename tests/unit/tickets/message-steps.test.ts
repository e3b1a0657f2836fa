import { describe, expect, it, vi } from 'vitest';
import type { NewRequest } from '../../../electron/tickets/ports/ticket-store.ts';
import { AppError } from '../../../shared/errors.ts';
import { aDesk, request as typed } from './a-desk.ts';

const ts = '1700000000.000100';
const unread = (ts: string) => ({ ts, threadTs: ts, author: null, authorName: null, url: null });
/** An emoji on a message that is not read yet. */
const request: NewRequest = {
  ...typed,
  door: 'reaction',
  text: '',
  summary: 'A message in Slack',
  sourceMessage: unread(ts),
};

async function asked(change: Partial<NewRequest> = {}) {
  const desk = aDesk();
  desk.messenger.written.set(ts, { text: 'VPN is down', author: 'U7' });
  const { ticket } = await desk.service.receive({ ...request, ...change });
  return { ...desk, start: () => desk.service.enqueue(ticket.requestId) };
}

describe('a ticket of a message', () => {
  it('is read after it is written down, and filed with the words of the message', async () => {
    const { start, ticketWhen, tracker, steps } = await asked();
    start();
    const ticket = await ticketWhen(({ step }) => step === 'announced');
    expect(ticket).toMatchObject({ text: 'VPN is down', summary: 'VPN is down', sourceMessage: { author: 'U7' } });
    expect(tracker.issues).toHaveLength(1);
    expect(steps.slice(0, 3)).toEqual(['received', 'received', 'classified']);
  });

  it('is not read again after a restart', async () => {
    const { start, ticketWhen, messenger, restart, log, service } = await asked();
    const readMessage = vi.spyOn(messenger, 'readMessage');
    start();
    await ticketWhen(({ step }) => step === 'announced');
    await service.stop();
    await log.update(request.requestId, { step: 'received', status: 'received', issueKey: null });
    await restart().resume();
    await ticketWhen(({ step }) => step !== 'received');
    expect(readMessage).toHaveBeenCalledTimes(1);
  });

  it('says by its files what it is, where it has no words', async () => {
    const files = ['a.png', 'b.log'].map((name, at) => ({ id: `F${at}`, name, size: 1, url: null, link: null }));
    const { start, ticketWhen } = await asked({ markup: '', files });
    start();
    expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({
      summary: 'a.png',
      text: 'a.png\nb.log',
    });
  });

  it('ends where the message has neither words nor files, or is gone, and who asked is told once', async () => {
    const changes: Partial<NewRequest>[] = [{ markup: '' }, { sourceMessage: unread('gone') }];
    for (const change of changes) {
      const { start, ticketWhen, messenger, tracker } = await asked(change);
      start();
      await ticketWhen(({ status }) => status === 'failed');
      await vi.waitFor(() => expect(messenger.messages).toMatchObject([{ kind: 'explanation', to: 'requester' }]));
      expect(tracker.issues).toEqual([]);
    }
  });

  it('is tried again where somebody points at the message again, but not by the same delivery', async () => {
    const { start, ticketWhen, messenger, service } = await asked();
    messenger.failNext(new AppError('forbidden', 'The app lacks a scope.'));
    start();
    await ticketWhen(({ status }) => status === 'failed');
    expect((await service.receive(request, true)).ticket.status).toBe('failed');
    expect(await service.receive(request)).toMatchObject({
      outcome: 'known',
      ticket: { status: 'received', error: null },
    });
    start();
    await ticketWhen(({ step }) => step === 'announced');
  });

  it('is of the person who points at it again where it could not be read, so that they are answered', async () => {
    const { start, ticketWhen, messenger, service } = await asked({ responseUrl: 'https://hooks.slack.com/1' });
    messenger.failNext(new AppError('forbidden', 'The app lacks a scope.'));
    start();
    await ticketWhen(({ status }) => status === 'failed');
    await service.receive({ ...request, user: 'U2', userName: 'bo' });
    start();
    expect(await ticketWhen(({ step }) => step === 'announced')).toMatchObject({
      user: 'U2',
      userName: 'bo',
      responseUrl: null,
    });
  });

  it('takes its words from another request for the message, which it may not read itself', async () => {
    const shortcut: NewRequest = {
      ...{ ...request, requestId: 'b'.repeat(32), door: 'message', responseUrl: 'https://hooks.slack.com/1' },
      ...{ text: 'It burns', markup: 'It burns', summary: 'It burns' },
    };
    for (const moment of ['before', 'during', 'after'] as const) {
      const { start, ticketWhen, messenger, tracker, service, log } = await asked();
      const { readMessage } = messenger;
      const bring = () => service.receive(shortcut);
      messenger.readMessage = async (ticket) => {
        if (ticket.text !== '') return readMessage(ticket);
        if (moment === 'during') expect((await bring()).outcome).toBe('duplicate');
        throw new AppError('forbidden', 'The app is not in the channel.');
      };
      // Judged while the first request was still at work, stored once that has failed.
      const { receive } = log;
      log.receive = async (...given) => {
        const receipt = await receive(...given);
        if (moment === 'after') await log.update(request.requestId, { status: 'failed', attempts: 2 });
        return receipt;
      };
      if (moment === 'during') start();
      else expect((await bring()).outcome).toBe('duplicate');
      const ticket = await ticketWhen(({ step }) => step === 'announced');
      expect(ticket).toMatchObject({ text: 'It burns', summary: 'It burns', status: 'created' });
      expect(ticket.responseUrl).toBe(shortcut.responseUrl);
      expect(messenger.messages).toMatchObject([{ kind: 'announcement' }]);
      expect(tracker.issues).toHaveLength(1);
    }
  });

  it.each([
    { door: 'reaction', isAgain: false, looks: 1 },
    { door: 'mention', isAgain: true, looks: 1 },
    { door: 'mention', isAgain: false, looks: 0 },
  ] as const)('is looked for in the tracker where another desktop may have the request: %o', async (given) => {
    const { door, isAgain, looks } = given;
    const { service, tracker, messenger, ticketWhen } = aDesk();
    const findCreated = vi.spyOn(tracker, 'findCreated');
    messenger.written.set(ts, { text: 'VPN is down', author: 'U7' });
    await service.receive({ ...request, door }, isAgain);
    if (looks === 1) {
      const issue = { id: '7', key: 'KAN-7', url: 'https://j.example/KAN-7', issueType: 'Bug', note: null, due: [] };
      findCreated.mockResolvedValueOnce({ issue, isCertain: true });
    }
    service.enqueue(request.requestId);
    const ticket = await ticketWhen(({ step }) => step === 'announced');
    expect(findCreated).toHaveBeenCalledTimes(looks);
    expect(tracker.issues).toHaveLength(1 - looks);
    expect(messenger.messages).toHaveLength(1 - looks);
    expect(ticket).toMatchObject({ status: 'created', issueKey: looks === 1 ? 'KAN-7' : 'KAN-1' });
  });

  it.each([{ code: 'rate_limited' }, { code: 'unavailable', isHeldBack: true }, { code: 'unavailable' }] as const)(
    'is filed after three looks beside its message that fail: %o',
    async ({ code, ...options }) => {
      const { start, ticketWhen, messenger, tracker } = await asked();
      const earlierTicket = vi
        .spyOn(messenger, 'earlierTicket')
        .mockImplementation(() => Promise.reject(new AppError(code, 'Not now.', options)));
      start();
      await ticketWhen(({ step }) => step === 'announced');
      expect(earlierTicket).toHaveBeenCalledTimes(3);
      expect(tracker.issues).toHaveLength(1);
    },
  );

  it('is looked for beside the message just before each create, however long it waited', async () => {
    const { start, ticketWhen, messenger, tracker, service } = await asked();
    tracker.failNext('createIssue', new AppError('unauthorized', 'The token was refused.'));
    start();
    await ticketWhen(({ error }) => error?.code === 'unauthorized');
    // Meanwhile another desktop files the message.
    const theirs = { ...(await ticketWhen(() => true)), requestId: 'theirs', issueKey: 'KAN-1' };
    await messenger.announce(theirs);
    await service.resumeWaiting();
    const ticket = await ticketWhen(({ step }) => step === 'done');
    expect(ticket).toMatchObject({
      status: 'failed',
      issueKey: null,
      error: { message: expect.stringContaining('KAN-1') },
    });
    await vi.waitFor(() => expect(messenger.messages.at(-1)).toMatchObject({ kind: 'earlier', text: 'KAN-1' }));
    expect(tracker.issues).toEqual([]);
  });

  it('is taken over where another desktop has announced this very request', async () => {
    const { start, ticketWhen, messenger, tracker } = await asked();
    await messenger.announce({
      ...(await ticketWhen(() => true)),
      issueKey: 'KAN-1',
      issueUrl: 'https://j.example/KAN-1',
    });
    start();
    const ticket = await ticketWhen(({ step }) => step === 'announced');
    expect(ticket).toMatchObject({ status: 'created', issueKey: 'KAN-1', announcement: { channel: 'C1' } });
    expect(tracker.issues).toEqual([]);
    expect(messenger.messages).toHaveLength(1);
  });
});

describe('a second request', () => {
  const second = { requestId: 'b'.repeat(32), user: 'U2' };

  it('for a message whose ticket failed without an issue is a new one', async () => {
    const { service, log } = await asked();
    expect((await service.receive({ ...request, ...second })).outcome).toBe('duplicate');
    await log.update(request.requestId, { status: 'failed' });
    expect((await service.receive({ ...request, ...second })).outcome).toBe('new');
  });

  it('for another message with the same words is a new one, but a message typed twice is not', async () => {
    const { service } = aDesk();
    const source = (ts: string) => ({ ts, threadTs: ts, author: 'U1', authorName: null, url: null });
    const ask = async (door: NewRequest['door'], ts: string) =>
      (await service.receive({ ...typed, requestId: `${door} ${ts}`, door, sourceMessage: source(ts) })).outcome;
    expect([await ask('message', '1'), await ask('message', '2')]).toEqual(['new', 'new']);
    expect([await ask('direct', '3'), await ask('direct', '4')]).toEqual(['duplicate', 'duplicate']);
  });

  it('meant as another ticket is of who meant it, on a desktop that knows the first one or not', async () => {
    const { service, log } = await asked();
    const click = { ...second, responseUrl: 'https://hooks.slack.com/1', userName: 'bo' };
    const receipt = await service.fileAnyway(request.requestId, click, null);
    expect(receipt).toMatchObject({ outcome: 'new', ticket: { user: 'U2', sourceMessage: { ts } } });
    expect(await service.fileAnyway('unknown', { ...click, requestId: 'c' }, null)).toBeNull();
    expect(await service.fileAnyway('unknown', { ...click, requestId: 'c' }, request)).toMatchObject({
      outcome: 'new',
    });
    expect(await log.find('c')).toMatchObject({ user: 'U2', text: '' });
  });
});
