import { describe, expect, it } from 'vitest';
import type { FileSource } from '../../../electron/tickets/ports/file-source.ts';
import { AppError } from '../../../shared/errors.ts';
import type { SlackFile } from '../../../shared/ticket.ts';
import { aDesk, request } from './a-desk.ts';

const { requestId } = request;

async function filed(desk: ReturnType<typeof aDesk>, due: ReturnType<typeof aDesk>['tracker']['due']) {
  desk.tracker.due.push(...due);
  await desk.service.receive(request);
  desk.service.enqueue(requestId);
}

it('what an issue still lacks is put there part by part', async () => {
  const desk = aDesk();
  await filed(desk, ['rest', 'description', 'property']);
  const ticket = await desk.ticketWhen(({ step, supplements }) => step === 'announced' && supplements.length === 0);
  expect(ticket).toMatchObject({ status: 'created', note: null, error: null });
  expect(desk.tracker.issues[0]?.added).toEqual(['property', 'description', 'rest']);
  expect(desk.tracker.calls.filter((name) => name === 'supplement')).toHaveLength(3);
});

it('a part that the tracker refuses becomes a note, and the others follow', async () => {
  const desk = aDesk();
  desk.tracker.failNext('supplement', new AppError('forbidden', 'This account may not comment.'));
  await filed(desk, ['description', 'rest']);
  const ticket = await desk.ticketWhen(({ supplements, note }) => supplements.length === 0 && note !== null);
  expect(ticket).toMatchObject({
    error: null,
    note: 'The text of the ticket could not be added to KAN-1 as a comment. Add it there by hand. This account may not comment.',
  });
  expect(desk.tracker.issues[0]?.added).toEqual(['rest']);
  expect(desk.tracker.calls.filter((name) => name === 'supplement')).toHaveLength(2);
});

it('what may have taken effect is asked for again, and not before it surely shows', async () => {
  const desk = aDesk({ lookForMs: 0 });
  desk.tracker.failNext(
    'supplement',
    new AppError('unconfirmed', 'No answer came.', { openForMs: 3_600_000 }),
    'after',
  );
  await filed(desk, ['description']);
  const waiting = await desk.ticketWhen(({ error }) => error !== null);
  expect(waiting).toMatchObject({ status: 'created', step: 'announced', supplements: ['description'] });
  // A click in between has it not sent again.
  await desk.service.decideHere(requestId, { status: 'approved', by: 'U2', at: new Date().toISOString() });
  await desk.ticketWhen(({ step, error }) => step === 'done' && error !== null);
  expect(desk.tracker.calls.filter((name) => name === 'supplement')).toHaveLength(1);
});

it('is gone on with after a crash, also of a ticket that is decided', async () => {
  const desk = aDesk();
  // Beside the announcement, and after it.
  for (let tries = 0; tries < 2; tries += 1) {
    desk.tracker.failNext('supplement', new AppError('unauthorized', 'The login is refused.'));
  }
  await filed(desk, ['description', 'rest']);
  await desk.ticketWhen(({ error }) => error?.code === 'unauthorized');
  await desk.service.stop();
  const next = desk.restart();
  await next.resume();
  await desk.ticketWhen(({ supplements, error }) => supplements.length === 0 && error === null);
  expect(desk.tracker.issues[0]?.added).toEqual(['description', 'rest']);
});

it('nothing is added any more to a ticket that a person discards', async () => {
  const desk = aDesk();
  // Beside the announcement, and after it.
  for (let tries = 0; tries < 2; tries += 1) {
    desk.tracker.failNext('supplement', new AppError('unauthorized', 'The login is refused.'));
  }
  await filed(desk, ['description']);
  await desk.ticketWhen(({ error }) => error?.code === 'unauthorized');
  await desk.service.discard(requestId);
  expect(await desk.log.resumable()).toEqual([]);
});

describe('the files of a message', () => {
  const file: SlackFile = { id: 'F1', name: 'F1', size: null, url: null, link: null };
  const withFile = { ...request, files: [file] };
  const described = { ...file, name: 'real.pdf', url: 'https://files.slack.com/1' };
  const source: FileSource = { describe: async () => described, fetch: (_file, _most, use) => use(new Blob(['x'])) };

  it('are attached once the issue is there, and after a create whose answer was lost', async () => {
    for (const moment of ['before', 'after'] as const) {
      const desk = aDesk({ files: source });
      if (moment === 'after') desk.tracker.failNext('createIssue', new AppError('unconfirmed', 'No answer.'), 'after');
      await desk.service.receive(withFile);
      desk.service.enqueue(requestId);
      await desk.ticketWhen(({ step, supplements }) => step === 'announced' && supplements.length === 0);
      expect(desk.tracker.issues.map(({ added }) => added.filter((part) => part === 'F1'))).toEqual([['F1']]);
    }
  });

  it('are told to the tracker as Slack knows them by then', async () => {
    const desk = aDesk({ files: source });
    const names: string[][] = [];
    const { createIssue } = desk.tracker;
    desk.tracker.createIssue = async (draft) => {
      names.push(draft.files.map(({ name }) => name));
      return createIssue(draft);
    };
    await desk.service.receive(withFile);
    desk.service.enqueue(requestId);
    await desk.ticketWhen(({ step }) => step === 'announced');
    expect(names).toEqual([['real.pdf']]);
  });

  it('that stay in Slack are a note on the ticket and its message, and nothing that needs a person', async () => {
    const desk = aDesk({ files: source });
    desk.tracker.attachFiles = async () => 'Not attached to KAN-1: “F1”.';
    await desk.service.receive(withFile);
    desk.service.enqueue(requestId);
    const ticket = await desk.ticketWhen(({ step, note }) => step === 'announced' && note !== null);
    expect(ticket).toMatchObject({ note: 'Not attached to KAN-1: “F1”.', error: null, supplements: [] });
    expect(desk.errors).toEqual([]);
  });

  it('wait for Slack where it is away, and hold up nothing', async () => {
    const desk = aDesk({ files: source });
    desk.tracker.failNext('attachFiles', new AppError('unavailable', 'Slack cannot be reached.'));
    await desk.service.receive(withFile);
    desk.service.enqueue(requestId);
    await desk.ticketWhen(({ step, supplements }) => step === 'announced' && supplements.length === 0);
    expect(desk.tracker.issues[0]?.added).toEqual(['F1']);
  });
});
