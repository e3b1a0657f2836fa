import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Program } from '../../../electron/app/program.ts';
import { createWindowHandlers } from '../../../electron/app/window-handlers.ts';
import { applyChange } from '../../../electron/settings/apply-change.ts';
import { loadSettings } from '../../../electron/settings/load-settings.ts';
import { settingsView } from '../../../electron/settings/settings-view.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Request } from '../../../shared/ipc.ts';
import { secretNames } from '../../../shared/settings.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

interface WindowOptions {
  folder?: string | null;
  /** What is set before the window asks for anything. */
  settings?: Record<string, unknown>;
  /** Whether the person agrees to what they are asked. */
  agrees?: () => boolean | Promise<boolean>;
  dataDir?: string;
}

function aWindow({ folder = null, settings = {}, agrees, dataDir = aTemporaryFolder() }: WindowOptions = {}) {
  const questions: string[] = [];
  const started: unknown[] = [];
  const saved: Request<'settings:save'>[] = [];
  const opened: { path: string; isThere: boolean }[] = [];
  const refuse = () => {
    throw new AppError('bug', 'not asked for in this test');
  };
  const program: Program = {
    start: refuse,
    status: refuse,
    agent: refuse,
    team: () => null,
    inFieldWords: (words) => words,
    classifier: () => null,
    load: async (change = {}) => {
      const values = saved.reduce((all, each) => applyChange(all, each.change), applyChange(settings, {}));
      const entered = secretNames.filter((name) => name in change);
      return loadSettings({ dataDir, cwd: dataDir, env: {}, saved: applyChange(values, change), entered });
    },
    settings: async () => settingsView(await program.load(), { protection: 'plain_text', trustsFormerToken: false }),
    saveSettings: async (request) => void saved.push(request),
    bindSecrets: refuse,
    allowAddress: refuse,
    renewModel: refuse,
    pause: refuse,
    tryNow: refuse,
    sleep: refuse,
    wake: refuse,
    stop: refuse,
  };
  const { handlers } = createWindowHandlers({
    program,
    log: createFakeTicketLog(),
    saved: { read: refuse, readPlain: () => ({}), write: refuse },
    dataDir,
    manifestPath: '',
    demo: null,
    onChange() {},
    startHost: () => () => ({ post: (message) => void started.push(message), onMessage() {}, onExit() {}, kill() {} }),
    exportMode: 0o600,
    oldElectron: { refusal: () => null },
    desktop: {
      openExternal: refuse,
      openFolder: async (path) => void opened.push({ path, isThere: existsSync(path) }),
      writeClipboard: refuse,
      askForExportFile: refuse,
      askForModel: refuse,
      askForModelFolder: async () => folder,
      async confirm({ detail }) {
        questions.push(detail);
        return agrees === undefined ? refuse() : agrees();
      },
      startDemo: refuse,
    },
  });
  const save = (change: Request<'settings:save'>['change']) =>
    handlers['settings:save']({ change, allowPlainText: true });
  return { dataDir, saved, opened, handlers, save, questions, started };
}

it('opens the models folder where there was none yet, twice', async () => {
  const { dataDir, opened, handlers } = aWindow();
  const models = { path: join(dataDir, 'models'), isThere: true };
  await handlers['folder:open']({ what: 'models' });
  await handlers['folder:open']({ what: 'models' });
  expect(opened).toEqual([models, models]);
});

it('saves a model file that was offered, and no other', async () => {
  const { dataDir, saved, handlers } = aWindow();
  const elsewhere = join(dataDir, 'other.gguf');
  writeFileSync(elsewhere, '');
  await expect(handlers['model:choose']({ path: elsewhere })).rejects.toMatchObject({ code: 'forbidden' });
  const bySettings = { change: { GGML_MODEL_PATH: elsewhere }, allowPlainText: false };
  await expect(handlers['settings:save'](bySettings)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(saved).toEqual([]);
  await handlers['folder:open']({ what: 'models' });
  const offered = join(dataDir, 'models', 'tiny.gguf');
  writeFileSync(offered, '');
  await handlers['model:choose']({ path: offered });
  expect(saved).toEqual([{ change: { GGML_MODEL_PATH: offered }, allowPlainText: false }]);
});

it('adds a folder that the person picked in the dialog, and no other', async () => {
  const { saved, handlers } = aWindow({ folder: '/picked' });
  const bySettings = { change: { MODEL_FOLDERS: '/etc' }, allowPlainText: false };
  await expect(handlers['settings:save'](bySettings)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(saved).toEqual([]);
  expect((await handlers['model:add-folder']()).moreFolders).toEqual([{ path: '/picked', isThere: false }]);
  await handlers['model:add-folder']();
  expect(saved.at(-1)).toEqual({ change: { MODEL_FOLDERS: '/picked' }, allowPlainText: false });
  expect((await handlers['model:remove-folder']({ path: '/picked' })).moreFolders).toEqual([]);
  const cancelled = aWindow();
  await cancelled.handlers['model:add-folder']();
  expect(cancelled.saved).toEqual([]);
});

it('shows and deletes listed files only', async () => {
  const { dataDir, opened, handlers } = aWindow();
  await handlers['folder:open']({ what: 'models' });
  const path = join(dataDir, 'models', 'tiny.gguf');
  writeFileSync(path, '');
  await handlers['model:reveal']({ path });
  expect(opened.at(-1)).toEqual({ path, isThere: true });
  for (const channel of ['model:reveal', 'model:delete'] as const) {
    await expect(handlers[channel]({ path: join(dataDir, 'config.yml') })).rejects.toMatchObject({ code: 'forbidden' });
  }
});

const everything = {
  SLACK_BOT_TOKEN: 'xoxb-1-1-ours',
  SLACK_APP_TOKEN: 'xapp-1-A1-1-ours',
  JIRA_BASE_URL: 'https://ours.atlassian.net',
  JIRA_EMAIL: 'ann@example.com',
  JIRA_API_TOKEN: 'ours',
  OPENAI_API_KEY: 'sk-ours',
};
/** Each token was saved for another address, so that none is in use. */
const elsewhere = {
  SLACK_BOT_TOKEN: 'https://former.example',
  SLACK_APP_TOKEN: 'https://former.example',
  JIRA_API_TOKEN: 'https://former.example',
};
const gateway = 'https://api.atlassian.com/ex/jira/';
const ownModel = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_ALLOWED: 'true' };

describe('what sends data elsewhere, or lets others in', () => {
  it.each([
    ['another Jira site', { JIRA_BASE_URL: 'https://theirs.example', JIRA_API_TOKEN: 'theirs' }, {}],
    [
      'another site of the gateway',
      { JIRA_BASE_URL: `${gateway}b`, JIRA_API_TOKEN: 'x' },
      { JIRA_BASE_URL: `${gateway}a` },
    ],
    ['another bot token', { SLACK_BOT_TOKEN: 'xoxb-1-1-theirs' }, {}],
    ['another app token', { SLACK_APP_TOKEN: 'xapp-1-A1-1-theirs' }, {}],
    ['OpenAI at another address', { OPENAI_BASE_URL: 'https://theirs.example/v1', OPENAI_API_KEY: 'x' }, {}],
    ['another path of the same host', { OPENAI_BASE_URL: 'http://127.0.0.1:1/theirs', OPENAI_API_KEY: 'x' }, ownModel],
    ['OpenAI instead of a server of our own', { OPENAI_BASE_URL: '', OPENAI_API_KEY: '' }, ownModel],
    ['OpenAI turned on', { OPENAI_ALLOWED: 'true' }, {}],
    ['OpenAI turned on in other letters', { OPENAI_ALLOWED: ' YES ' }, {}],
    ['another key where OpenAI is on', { OPENAI_API_KEY: 'sk-theirs' }, ownModel],
    ['people of other workspaces deciding', { EXTERNAL_MAY_DECIDE: 'true' }, {}],
    ['more projects', { STATUS_PROJECTS: 'KAN, HR' }, { STATUS_PROJECTS: 'KAN' }],
    ['every project', { STATUS_PROJECTS: '*' }, { STATUS_PROJECTS: 'KAN' }],
  ] as const)('is saved once a person has agreed: %s', async (_, change, more) => {
    const refusing = aWindow({ settings: { ...everything, ...more }, agrees: () => false });
    await expect(refusing.save(change)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Nothing was saved'),
    });
    expect(refusing.questions).toHaveLength(1);
    expect(refusing.saved).toEqual([]);
    const agreeing = aWindow({ settings: { ...everything, ...more }, agrees: () => true });
    await agreeing.save(change);
    expect(agreeing.saved).toHaveLength(1);
  });

  it.each([
    ['everything for the first time', everything, {}],
    ['OpenAI for the first time', { ...ownModel, OPENAI_ALLOWED: 'false', OPENAI_API_KEY: 'sk-new' }, {}],
    ['the same again', { JIRA_BASE_URL: 'https://ours.atlassian.net/', SLACK_BOT_TOKEN: 'xoxb-1-1-ours' }, everything],
    ['another login of the same site', { JIRA_EMAIL: 'bob@example.com', JIRA_API_TOKEN: 'new' }, everything],
    ['another key while OpenAI is off', { OPENAI_API_KEY: 'sk-new' }, everything],
    ['OpenAI turned off', { OPENAI_ALLOWED: 'false' }, { ...everything, ...ownModel }],
    ['fewer projects', { STATUS_PROJECTS: 'KAN' }, { STATUS_PROJECTS: '*' }],
    ['what is forgotten', { SLACK_BOT_TOKEN: '', JIRA_BASE_URL: '', JIRA_API_TOKEN: '' }, everything],
  ])('needs no question: %s', async (_, change, settings) => {
    const { save, saved } = aWindow({ settings });
    await save(change);
    expect(saved).toHaveLength(1);
  });

  it.each([
    ['forgotten', ''],
    ['made unusable', 'not usable'],
  ])('is no first entry where it was %s before, also after a restart', async (_, nothing) => {
    const first = aWindow({ settings: everything });
    await first.save({ JIRA_BASE_URL: nothing, JIRA_API_TOKEN: nothing, SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '' });
    const again = aWindow({ dataDir: first.dataDir, agrees: () => false });
    for (const change of [
      { JIRA_BASE_URL: 'https://theirs.example', JIRA_API_TOKEN: 'theirs' },
      { SLACK_BOT_TOKEN: 'xoxb-1-1-theirs' },
      { SLACK_APP_TOKEN: 'xapp-1-A1-1-theirs' },
    ]) {
      await expect(again.save(change)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await again.save({ JIRA_BASE_URL: 'https://ours.atlassian.net', JIRA_API_TOKEN: 'ours' });
    expect(again.saved).toHaveLength(1);
  });

  it('is no first entry either where what is set cannot be used, forgotten first or not', async () => {
    const unusable = { JIRA_BASE_URL: 'http://jira.corp', SLACK_BOT_TOKEN: 'xapp-swapped', OPENAI_API_KEY: 'a\nb' };
    const change = { JIRA_BASE_URL: 'https://theirs.example', JIRA_API_TOKEN: 'theirs' };
    for (const settings of [unusable, { ...everything, secret_origins: elsewhere }]) {
      for (const isForgotten of [false, true]) {
        const window = aWindow({ settings, agrees: () => false });
        if (isForgotten) await window.save({ SLACK_BOT_TOKEN: '', JIRA_BASE_URL: '', JIRA_API_TOKEN: '' });
        await expect(window.save(change)).rejects.toMatchObject({ code: 'forbidden' });
        await expect(window.save({ SLACK_BOT_TOKEN: 'xoxb-1-1-theirs' })).rejects.toMatchObject({ code: 'forbidden' });
      }
    }
  });

  it('is asked about one question at a time, and nothing goes past the open one', async () => {
    let answer = (_: boolean) => {};
    const asked: string[] = [];
    const window = aWindow({
      settings: everything,
      agrees() {
        asked.push('asked');
        return new Promise<boolean>((resolve) => {
          answer = resolve;
        });
      },
    });
    const change = { JIRA_BASE_URL: 'https://theirs.example', JIRA_API_TOKEN: 'theirs' };
    const first = window.save(change);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await expect(window.save({ NOTIFY_APPROVAL: 'true' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(window.questions).toHaveLength(1);
    answer(false);
    await expect(first).rejects.toMatchObject({ code: 'forbidden' });
    expect(window.saved).toEqual([]);
  });

  it('is not tried either: nothing of what is entered goes to another address', async () => {
    const { handlers, questions } = aWindow({ settings: everything, agrees: () => false });
    const change = { JIRA_BASE_URL: 'https://theirs.example', JIRA_API_TOKEN: 'theirs' };
    const openai = { OPENAI_BASE_URL: 'https://theirs.example/v1', OPENAI_API_KEY: 'theirs' };
    for (const asked of [
      handlers['settings:test']({ target: 'jira', change }),
      handlers['settings:test']({ target: 'openai', change: openai }),
      handlers['jira:projects']({ change }),
      handlers['jira:types']({ change }),
    ]) {
      await expect(asked).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('Nothing was sent'),
      });
    }
    expect(questions).toHaveLength(4);
  });
});

it('asks another address which Jira it is only once a person has agreed', async () => {
  const change = { JIRA_BASE_URL: 'theirs' };
  const { handlers, questions } = aWindow({ settings: everything, agrees: () => true });
  const unasked = { deployment: null, finding: null, needsPerson: true };
  expect(await handlers['jira:detect']({ change, byPerson: false })).toEqual(unasked);
  expect(questions).toEqual([]);
  const found = { deployment: 'cloud', needsPerson: false };
  expect(await handlers['jira:detect']({ change, byPerson: true })).toMatchObject(found);
  expect(await handlers['jira:detect']({ change, byPerson: false })).toMatchObject(found);
  expect(questions).toHaveLength(1);
  // The Jira that is set, and the first one.
  expect(await handlers['jira:detect']({ change: {}, byPerson: false })).toMatchObject(found);
  const first = aWindow();
  expect(await first.handlers['jira:detect']({ change, byPerson: false })).toMatchObject(found);
  const refusing = aWindow({ settings: everything, agrees: () => false });
  for (const channel of ['jira:detect', 'jira:open-tokens'] as const) {
    const asked = refusing.handlers[channel]({ change, byPerson: true });
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
  }
});

describe('a download', () => {
  const theirs = 'https://theirs.example/tiny.gguf';

  it('from a place that is not in the list begins once a person has agreed, and is then known there', async () => {
    const refusing = aWindow({ agrees: () => false });
    await expect(refusing.handlers['downloads:start']({ uri: theirs, sha256: null })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await refusing.handlers['downloads:read']()).toMatchObject({ downloads: [] });

    const agreeing = aWindow({ agrees: () => true });
    await agreeing.handlers['downloads:start']({ uri: theirs, sha256: null });
    await agreeing.handlers['downloads:start']({ uri: `${theirs}?2`, sha256: null });
    expect(agreeing.questions).toEqual([expect.stringContaining('https://theirs.example is not among')]);
    const again = aWindow({ dataDir: agreeing.dataDir });
    await again.handlers['downloads:start']({ uri: theirs, sha256: null });
    const elsewhere = { uri: 'https://theirs.example:444/tiny.gguf', sha256: null };
    await expect(again.handlers['downloads:start'](elsewhere)).rejects.toMatchObject({ code: 'bug' });
  });

  it.each(['hf:ggml-org/gemma-3-1b-it-GGUF:Q4_K_M', 'https://huggingface.co/a/b/resolve/main/c.gguf'])(
    'from where the models of the list come needs no question: %s',
    async (uri) => {
      const { handlers } = aWindow();
      expect((await handlers['downloads:start']({ uri, sha256: null })).downloads).toHaveLength(1);
    },
  );
});

it('deletes what an export left behind when the program crashed, and nothing else', () => {
  const dataDir = aTemporaryFolder();
  const leftover = 'export-2f1b7c9e-1111-4222-8333-444455556666.csv';
  for (const name of [leftover, `${leftover}.part`, 'export-of-mine.csv']) writeFileSync(join(dataDir, name), '');
  aWindow({ dataDir });
  expect(readdirSync(dataDir)).toEqual(['export-of-mine.csv']);
});
