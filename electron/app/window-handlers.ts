import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Change, IpcHandlers } from '../../shared/ipc.ts';
import type { TicketFilter } from '../../shared/ticket-list.ts';
import type { StartHost } from '../classifier/gguf/host-calls.ts';
import { createDemoHandlers } from '../demo/demo-handlers.ts';
import type { DemoMode } from '../demo/demo-mode.ts';
import { mayOpen, newestIssuesPage } from '../jira/api/links.ts';
import { deleteDrafts, newDraft } from '../log/export-drafts.ts';
import { exportTickets } from '../log/export-tickets.ts';
import { createDownloads, curatedOrigins } from '../model-library/downloads.ts';
import { createMemoryEstimates } from '../model-library/memory-estimates.ts';
import { createModelFiles, type ModelFiles } from '../model-library/model-files.ts';
import { modelFolders } from '../model-library/model-folders.ts';
import { createModelHandlers } from '../model-library/model-handlers.ts';
import { createModelLibrary } from '../model-library/model-library.ts';
import type { SavedSettings } from '../settings/saved-settings.ts';
import { isFixedBy } from '../settings/settings-view.ts';
import { type Confirm, createConsent } from '../setup/consent.ts';
import { createSetup } from '../setup/create-setup.ts';
import { createOwner, type Owner } from '../setup/owner.ts';
import { createSettingsHandlers } from '../setup/settings-handlers.ts';
import { isPermalink } from '../slack/permalink.ts';
import type { TicketLog } from '../tickets/ports/ticket-log.ts';
import { createTicketHandlers } from '../tickets/ticket-handlers.ts';
import { createAppHandlers } from './app-handlers.ts';
import type { OldElectron } from './old-electron.ts';
import type { Program } from './program.ts';

export interface WindowHandlersDeps {
  program: Program;
  log: TicketLog;
  saved: SavedSettings;
  dataDir: string;
  /** The checkout that this program runs from, whose `models` is looked into, too; none unless given. */
  checkout?: string | null;
  /** Asks about files that a person chose; from this process unless given. */
  files?: ModelFiles;
  /** Absolute path of the Slack app's manifest. */
  manifestPath: string;
  /** null outside demo mode. */
  demo: DemoMode | null;
  onChange(change: Change): void;
  /** Starts a process for models: for estimating what one takes, and for downloads. */
  startHost(purpose: string): StartHost;
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
  const { program, log, saved, dataDir, demo, desktop, checkout = null, files = createModelFiles() } = deps;
  deleteDrafts(dataDir);
  const modelFolder = join(dataDir, 'models');
  const library = createModelLibrary({
    folder: modelFolder,
    ownFolders: () => modelFolders(dataDir, checkout),
    files,
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
    estimates: createMemoryEstimates({
      startHost: deps.startHost('memory estimate'),
      onNews: () => deps.onChange('status'),
    }),
  });
  const downloads = createDownloads({
    folder: modelFolder,
    recordFile: join(dataDir, 'downloads.json'),
    startHost: deps.startHost('download'),
    files,
    freeBytes: (folder) => files.freeBytes(folder).catch(() => null),
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
  async function exportView(filter: TicketFilter, format: 'csv' | 'json') {
    const day = new Date().toISOString().slice(0, 10);
    const file = await desktop.askForExportFile(`tickets-${filter.view}-${day}.${format}`, format);
    if (file === null) return null;
    const draft = newDraft(dataDir, format);
    try {
      const rows = await exportTickets({ log, filter, format, file: draft });
      await files.place(draft, file, deps.exportMode);
      return { file, rows };
    } catch (thrown) {
      const { message } = thrown instanceof Error ? thrown : toAppError(thrown);
      throw new AppError('storage_failed', `The file ${file} could not be written: ${message}`, { cause: thrown });
    } finally {
      await rm(draft, { force: true });
    }
  }

  const handlers: IpcHandlers = {
    ...createTicketHandlers({
      log,
      tickets: () => program.agent().tickets,
      owner: () => owner.current()?.user ?? null,
      links: {
        mayOpen: async (url) => mayOpen(url, (await program.load()).settings.jira.baseUrl),
        newestIssues: newestIssuesPage,
        isMessage: isPermalink,
      },
      inFieldWords: program.inFieldWords,
      openExternal: desktop.openExternal,
      exportTickets: exportView,
      onLoaded: () => deps.onChange('tickets'),
    }),
    ...createAppHandlers({
      program,
      desktop,
      files,
      folders: { data: dataDir, log: join(dataDir, 'logs', 'main.log'), models: modelFolder },
    }),
    ...createSettingsHandlers({
      program,
      consent,
      setup,
      owner,
      onOwner: () => deps.onChange('settings'),
      manifest: () => readFile(deps.manifestPath, 'utf8'),
      testTicket: (text) => program.agent().tickets.testTicket(text),
      openExternal: desktop.openExternal,
    }),
    ...createModelHandlers({ library, files, downloads, program, mayDownloadFrom: consent.toDownload, desktop }),
    ...createDemoHandlers({ mode: demo, start: desktop.startDemo }),
  };
  return { handlers, owner, stop: downloads.stop };
}
