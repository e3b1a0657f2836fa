import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Program } from '../../../electron/program.ts';
import { loadSettings } from '../../../electron/settings/load-settings.ts';
import { createWindowHandlers } from '../../../electron/window-handlers.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Request } from '../../../shared/ipc.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';

function aWindow({ folder = null as string | null } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'window-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
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
    classifier: () => null,
    load: async () => {
      const values = Object.assign({}, ...saved.map(({ change }) => change));
      return loadSettings({ dataDir, cwd: dataDir, env: {}, saved: values });
    },
    settings: refuse,
    saveSettings: async (request) => void saved.push(request),
    renewModel: refuse,
    pause: refuse,
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
    startHost: () => ({ post() {}, onMessage() {}, onExit() {}, kill() {} }),
    exportMode: 0o600,
    oldElectron: { refusal: () => null },
    desktop: {
      openExternal: refuse,
      openFolder: async (path) => void opened.push({ path, isThere: existsSync(path) }),
      writeClipboard: refuse,
      askForExportFile: refuse,
      askForModel: refuse,
      askForModelFolder: async () => folder,
      startDemo: refuse,
    },
  });
  return { dataDir, saved, opened, handlers };
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
