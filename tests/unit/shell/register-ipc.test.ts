import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Asking, registerIpc } from '../../../electron/shell/register-ipc.ts';
import { AppError } from '../../../shared/errors.ts';
import { type IpcHandlers, ipc, type Result } from '../../../shared/ipc.ts';
import { inFieldWords } from '../../../shared/setting-labels.ts';

const ui = { name: 'our window' };
const page = 'ticket-agent://window/index.html';
const top = { parent: null, url: page };
const ours: Asking = { sender: ui, senderFrame: top };

/** The channels as they are registered, over handlers of which most are never called. */
function answering(handlers: Partial<IpcHandlers>, window: object | null = ui) {
  const channels = new Map<string, (event: Asking, raw: unknown) => Promise<Result<unknown>>>();
  const errors: AppError[] = [];
  registerIpc({
    ipcMain: { handle: (channel, listener) => void channels.set(channel, listener) },
    handlers: handlers as IpcHandlers,
    ui: () => window,
    inFieldWords: (words) => inFieldWords(words, (name) => name === 'JIRA_EMAIL'),
    onError: (error) => void errors.push(error),
  });
  const ask = (channel: string, raw: unknown, event = ours) => channels.get(channel)?.(event, raw);
  return { channels, errors, ask };
}

it('answers every channel of the contract', () => {
  expect([...answering({}).channels.keys()]).toEqual(Object.keys(ipc));
});

describe('who is answered', () => {
  it.each<[string, boolean, Asking, object | null]>([
    ['our page', true, ours, ui],
    ['our page at one of its places', true, { sender: ui, senderFrame: { parent: null, url: `${page}#there` } }, ui],
    ['another window', false, { sender: {}, senderFrame: top }, ui],
    ['anybody while there is no window', false, { sender: null, senderFrame: top }, null],
    ['a frame in our page', false, { sender: ui, senderFrame: { parent: top, url: page } }, ui],
    ['a frame that is gone', false, { sender: ui, senderFrame: null }, ui],
    ['a page from elsewhere', false, { sender: ui, senderFrame: { parent: null, url: 'https://x.example' } }, ui],
    ['a file', false, { sender: ui, senderFrame: { parent: null, url: 'file:///app/dist/renderer/index.html' } }, ui],
    ['another file of our page', false, { sender: ui, senderFrame: { parent: null, url: `${page}.js` } }, ui],
    ['a blank page in our window', false, { sender: ui, senderFrame: { parent: null, url: 'about:blank' } }, ui],
  ])('%s: %s', async (_, isAnswered, event, window) => {
    const wanted: unknown[] = [];
    const desk = answering({ 'page:open': async (request) => void wanted.push(request) }, window);
    const answer = await desk.ask('page:open', { page: 'slack_apps' }, event);
    expect(answer?.ok).toBe(isAnswered);
    expect(wanted).toHaveLength(isAnswered ? 1 : 0);
    expect(desk.errors.map(({ code }) => code)).toEqual(isAnswered ? [] : ['forbidden']);
  });
});

describe('an answer', () => {
  it('is refused to a request that is not in its form, before anybody acts on it', async () => {
    const wanted: unknown[] = [];
    const { ask } = answering({ 'page:open': async (request) => void wanted.push(request) });
    expect(await ask('page:open', { page: 'https://x.example' })).toEqual({
      ok: false,
      error: { code: 'invalid_input', message: 'page:open: malformed request.' },
    });
    expect(wanted).toEqual([]);
  });

  it.each(['downloads:pause', 'downloads:resume', 'downloads:discard'] as const)(
    'is refused on %s to an id that is none of a download: it names a folder',
    async (channel) => {
      const wanted: string[] = [];
      const handler: IpcHandlers[typeof channel] = async ({ id }) => {
        wanted.push(id);
        return { downloads: [], curated: [], freeBytes: null };
      };
      const { ask } = answering({ [channel]: handler });
      for (const id of ['..', '../..', '.', '', 'a/b', '/', 'ed13ba6b-6f5d-4fc7-a0cd-0a2b1a2fd9a9/..']) {
        expect(await ask(channel, { id })).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
      }
      const id = randomUUID();
      expect(await ask(channel, { id })).toMatchObject({ ok: true });
      expect(wanted).toEqual([id]);
    },
  );

  it('holds nothing that the contract does not name', async () => {
    const exported = { file: '/a.csv', rows: 1, secret: 'of nobody' };
    const { ask } = answering({ 'tickets:export': async () => exported });
    const filter = { view: 'all', search: '', label: null, channel: null, user: null };
    expect(await ask('tickets:export', { filter, format: 'csv' })).toEqual({
      ok: true,
      value: { file: '/a.csv', rows: 1 },
    });
  });

  it('is the code and the words of what went wrong, without its cause', async () => {
    const error = new AppError('forbidden', 'Not that one.', { cause: new Error('of nobody') });
    const { ask, errors } = answering({
      'page:open': async () => {
        throw error;
      },
    });
    expect(await ask('page:open', { page: 'slack_apps' })).toEqual({
      ok: false,
      error: { code: 'forbidden', message: 'Not that one.' },
    });
    expect(errors).toEqual([error]);
  });

  it('calls settings as the window’s fields are called, whatever was asked for', async () => {
    const error = new AppError('not_configured', 'Check JIRA_BASE_URL, JIRA_EMAIL and JIRA_API_TOKEN.');
    const { ask, errors } = answering({
      'tickets:form': () => Promise.reject(error),
      'issue:open': () => Promise.reject(error),
    });
    const answers = [
      await ask('tickets:form', { requestId: 'r1', project: null, issueType: null }),
      await ask('issue:open', { requestId: 'r1' }),
    ];
    const message = 'Check “Address of your site”, JIRA_EMAIL and “API token”.';
    for (const answer of answers) expect(answer).toEqual({ ok: false, error: { code: 'not_configured', message } });
    // The log file keeps the names that files and variables go by.
    expect(errors).toEqual([error, error]);
  });
});
