import { mkdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Change, IpcHandlers } from '../../shared/ipc.ts';
import type { TicketFilter } from '../../shared/ticket-list.ts';
import type { StartHost } from '../classifier/gguf/host-calls.ts';
import type { DemoMode } from '../demo/demo-mode.ts';
import { freeBytes } from '../files/free-bytes.ts';
import { mayOpen, newestIssuesPage } from '../jira/external-link.ts';
import { exportTickets } from '../log/export-tickets.ts';
import { createDownloads, curatedOrigins } from '../model-library/downloads.ts';
import { createMemoryEstimates } from '../model-library/memory-estimates.ts';
import { modelOrigin } from '../model-library/model-address.ts';
import { createModelLibrary } from '../model-library/model-library.ts';
import type { SavedSettings } from '../settings/saved-settings.ts';
import { isFixedBy } from '../settings/settings-view.ts';
import { type Confirm, createConsent } from '../setup/consent.ts';
import { createSetup } from '../setup/create-setup.ts';
import { createOwner, type Owner } from '../setup/owner.ts';
import { isPermalink } from '../slack/permalink.ts';
import type { TicketLog } from '../tickets/ports.ts';
import { createHandlers } from './handlers.ts';
import type { OldElectron } from './old-electron.ts';
import type { Program } from './program.ts';

export interface WindowHandlersDeps {
  program: Program;
  log: TicketLog;
  saved: SavedSettings;
  dataDir: string;
  /** Absolute path of the Slack app's manifest. */
  manifestPath: string;
  /** null outside demo mode. */
  demo: DemoMode | null;
  onChange(change: Change): void;
  /** Starts a process for models: for reckoning what one takes, and for downloads. */
  startHost: StartHost;
  /** Permissions of an exported file. */
  exportMode: number;
  oldElectron: Pick<OldElectron, 'refusal'>;
  /** What only the desktop can do. */
  desktop: {
    openExternal(url: string): Promise<void>;
    /** Throws `not_found` and `unavailable`. */
    openFolder(path: string): Promise<void>;
    writeClipboard(text: string): void;
    /** null where the person cancelled. */
    askForExportFile(defaultName: string, format: 'csv' | 'json'): Promise<string | null>;
    askForModel(): Promise<string | null>;
    askForModelFolder(): Promise<string | null>;
    /** Asks the person in a dialog that the window's page cannot answer. */
    confirm: Confirm;
    startDemo(): Promise<void>;
  };
}

/** Everything that the window may ask for, and the person whose desktop this is. */
export function createWindowHandlers(deps: WindowHandlersDeps): {
  handlers: IpcHandlers;
  owner: Owner;
  /** Pauses the downloads, at the end of the program. */
  stop(): Promise<void>;
} {
  const { program, log, saved, dataDir, demo, desktop } = deps;
  const modelFolder = join(dataDir, 'models');
  const model = createModelLibrary({
    folder: modelFolder,
    async settings() {
      const { settings, origins } = await program.load();
      return {
        model: settings.model,
        openai: settings.openai,
        isFixed: isFixedBy(origins.GGML_MODEL_PATH),
        areFoldersFixed: isFixedBy(origins.MODEL_FOLDERS),
      };
    },
    classifier: () => program.classifier(),
    estimates: createMemoryEstimates({ startHost: deps.startHost, onNews: () => deps.onChange('status') }),
  });
  const downloads = createDownloads({
    folder: modelFolder,
    recordFile: join(dataDir, 'downloads.json'),
    startHost: deps.startHost,
    freeBytes,
    onChange: () => deps.onChange('downloads'),
    // Where it is the only one, it is the one that is used.
    onDone: () => void program.renewModel().then(() => deps.onChange('status')),
  });
  const owner = createOwner({
    saved,
    sendCode: (user, code) => program.agent().messenger().sendCode(user, code),
    candidates: async () => (await log.overview()).people,
    team: () => program.team(),
  });
  const consent = createConsent({
    confirm: desktop.confirm,
    load: program.load,
    file: join(dataDir, 'consents.json'),
    knownOrigins: curatedOrigins,
  });
  const setup = createSetup({
    load: (change) => program.load(change),
    bind: (uses) => program.bindSecrets(uses),
    refusal: deps.oldElectron.refusal,
  });
  /** Files that a person pointed at in this run: the window may choose these and those in the folder, no others. */
  const browsed = new Set<string>();

  async function chooseModel(path: string | null): Promise<void> {
    const isOffered =
      path === null || browsed.has(path) || (await model.read()).files.some((file) => file.path === path);
    if (!isOffered) throw new AppError('forbidden', 'This file was not offered. Choose it with “Choose a file”.');
    await program.saveSettings({ change: { GGML_MODEL_PATH: path ?? '' }, allowPlainText: false });
  }

  async function saveFolders(change: (folders: string[]) => string[]): Promise<void> {
    const { settings } = await program.load();
    const folders = change(settings.model.folders).join(delimiter);
    await program.saveSettings({ change: { MODEL_FOLDERS: folders }, allowPlainText: false });
    const kept = (await program.load()).settings.model.folders.join(delimiter);
    // What is saved as empty is not saved, so config.yml comes through.
    if (kept !== folders)
      throw new AppError('forbidden', 'MODEL_FOLDERS stands in config.yml. Take the folder out there.');
  }

  async function removeModel(path: string): Promise<void> {
    await model.remove(path);
    const { settings } = await program.load();
    if (settings.model.path !== path) return program.renewModel();
    await program.saveSettings({ change: { GGML_MODEL_PATH: '' }, allowPlainText: false });
  }

  async function exportView(filter: TicketFilter, format: 'csv' | 'json') {
    const day = new Date().toISOString().slice(0, 10);
    const file = await desktop.askForExportFile(`tickets-${filter.view}-${day}.${format}`, format);
    return file === null
      ? null
      : { file, rows: await exportTickets({ log, filter, format, file, mode: deps.exportMode }) };
  }

  const folders = { data: dataDir, log: join(dataDir, 'logs', 'main.log'), models: modelFolder };
  const handlers = createHandlers({
    tickets: {
      log,
      tickets: () => program.agent().tickets,
      owner: () => owner.current()?.user ?? null,
      links: {
        mayOpen: async (url) => mayOpen(url, (await program.load()).settings.jira.baseUrl),
        newestIssues: newestIssuesPage,
        isMessage: isPermalink,
      },
      openExternal: desktop.openExternal,
      exportTickets: exportView,
      onLoaded: () => deps.onChange('tickets'),
    },
    desk: {
      status: () => program.status(),
      pause: (paused) => program.pause(paused),
      async openFolder(what) {
        // Where nobody has put a model there yet.
        if (what === 'models') await mkdir(modelFolder, { recursive: true });
        await desktop.openFolder(folders[what]);
      },
      openExternal: desktop.openExternal,
      writeClipboard: desktop.writeClipboard,
    },
    settings: {
      read: () => program.settings(),
      save: (request) => consent.toSave(request.change, () => program.saveSettings(request)),
      allowAddress: (request) => program.allowAddress(request),
      setup: {
        async test(target, change) {
          const address = { jira: 'JIRA_BASE_URL', openai: 'OPENAI_BASE_URL' } as const;
          if (target === 'jira' || target === 'openai') await consent.toTest(change, address[target]);
          return setup.test(target, change);
        },
        async projects(change) {
          await consent.toTest(change, 'JIRA_BASE_URL');
          return setup.projects(change);
        },
        async types(change, labelToIssueType) {
          await consent.toTest(change, 'JIRA_BASE_URL');
          return setup.types(change, labelToIssueType);
        },
      },
      owner: announced(owner, () => deps.onChange('settings')),
      manifest: () => readFile(deps.manifestPath, 'utf8'),
      testTicket: (text) => program.agent().tickets.testTicket(text),
    },
    model: {
      read: () => model.read(),
      try: (text) => model.try(text),
      choose: chooseModel,
      async browse() {
        const path = await desktop.askForModel();
        if (path !== null) browsed.add(path);
        return path;
      },
      async addFolder() {
        const path = await desktop.askForModelFolder();
        if (path !== null) await saveFolders((folders) => [...new Set([...folders, path])]);
      },
      removeFolder: (path) => saveFolders((folders) => folders.filter((folder) => folder !== path)),
      async reveal(path) {
        await model.checkListed(path);
        await desktop.openFolder(path);
      },
      remove: removeModel,
      unload: () => model.unload(),
      cancelMeasuring: () => model.cancelMeasuring(),
      downloads: {
        ...downloads,
        async start(uri, sha256) {
          await consent.toDownload(modelOrigin(uri));
          downloads.start(uri, sha256);
        },
      },
    },
    demo: { mode: demo, start: desktop.startDemo },
  });
  return { handlers, owner, stop: downloads.stop };
}

/** The owner, with word of every change. */
function announced(owner: Owner, onChange: () => void): Owner {
  async function noted<T>(work: Promise<T>): Promise<T> {
    const view = await work;
    onChange();
    return view;
  }
  return {
    current: owner.current,
    read: owner.read,
    ask: (user) => noted(owner.ask(user)),
    confirm: (code) => noted(owner.confirm(code)),
    forget: () => noted(owner.forget()),
  };
}
