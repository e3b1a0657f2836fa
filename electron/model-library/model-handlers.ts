import { delimiter } from 'node:path';
import type { DownloadsView } from '../../shared/downloads.ts';
import { AppError } from '../../shared/errors.ts';
import type { HandlersOf, Request } from '../../shared/ipc.ts';
import type { ModelView } from '../../shared/model-view.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Downloads } from './downloads.ts';
import { modelOrigin } from './model-address.ts';
import type { ModelFiles } from './model-files.ts';
import type { ModelLibrary } from './model-library.ts';

export interface ModelHandlerDeps {
  library: ModelLibrary;
  files: Pick<ModelFiles, 'isFolder'>;
  downloads: Downloads;
  program: {
    load(): Promise<{ settings: Pick<Settings, 'model'> }>;
    /** Throws `forbidden` for what is fixed, `storage_failed`. */
    saveSettings(request: Request<'settings:save'>): Promise<void>;
    /** Finds out anew which model is used. */
    renewModel(): Promise<void>;
  };
  /** Throws `forbidden` where the person does not agree to download from there. */
  mayDownloadFrom(origin: string): Promise<void>;
  /** Dialogs of the system's, null where the person cancelled. */
  desktop: {
    askForModel(): Promise<string | null>;
    askForModelFolder(): Promise<string | null>;
    /** Throws `not_found`. */
    openFolder(path: string): Promise<void>;
  };
}

export function createModelHandlers({
  library,
  files,
  downloads,
  program,
  mayDownloadFrom,
  desktop,
}: ModelHandlerDeps): HandlersOf<'model' | 'downloads'> {
  /** Files that a person pointed at in this run: the window may choose these and those in the folders, no others. */
  const browsed = new Set<string>();

  async function thenRead(work: Promise<void> | void): Promise<ModelView> {
    await work;
    return library.read();
  }

  async function thenDownloads(work: Promise<void> | void): Promise<DownloadsView> {
    await work;
    return downloads.read();
  }

  async function choose(path: string | null): Promise<void> {
    const isOffered =
      path === null || browsed.has(path) || (await library.read()).files.some((file) => file.path === path);
    if (!isOffered) throw new AppError('forbidden', 'This file was not offered. Choose it with “Choose a file”.');
    await program.saveSettings({ change: { GGML_MODEL_PATH: path ?? '' }, allowPlainText: false });
  }

  async function browse(): Promise<string | null> {
    const path = await desktop.askForModel();
    if (path !== null) browsed.add(path);
    return path;
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

  async function addFolder(): Promise<void> {
    const path = await desktop.askForModelFolder();
    if (path !== null) await saveFolders((folders) => [...new Set([...folders, path])]);
  }

  async function remove(path: string): Promise<void> {
    await library.remove(path);
    const { settings } = await program.load();
    if (settings.model.path !== path) return program.renewModel();
    await program.saveSettings({ change: { GGML_MODEL_PATH: '' }, allowPlainText: false });
  }

  async function reveal(path: string): Promise<void> {
    await library.checkListed(path);
    // Throws where it does not answer: the file manager is not asked then, nor the system from this process.
    await files.isFolder(path);
    await desktop.openFolder(path);
  }

  async function download({ uri, sha256 }: Request<'downloads:start'>): Promise<void> {
    await mayDownloadFrom(modelOrigin(uri));
    downloads.start(uri, sha256);
  }

  return {
    'model:read': () => library.read(),
    'model:try': ({ text }) => library.try(text),
    'model:choose': ({ path }) => thenRead(choose(path)),
    'model:browse': browse,
    'model:add-folder': () => thenRead(addFolder()),
    'model:remove-folder': ({ path }) => thenRead(saveFolders((all) => all.filter((folder) => folder !== path))),
    'model:reveal': ({ path }) => reveal(path),
    'model:delete': ({ path }) => thenRead(remove(path)),
    'model:unload': () => thenRead(library.unload()),
    'model:cancel-measuring': async () => thenRead(library.cancelMeasuring()),
    'downloads:read': () => downloads.read(),
    'downloads:start': (request) => thenDownloads(download(request)),
    'downloads:pause': ({ id }) => thenDownloads(downloads.pause(id)),
    'downloads:resume': async ({ id }) => thenDownloads(downloads.resume(id)),
    'downloads:discard': ({ id }) => thenDownloads(downloads.discard(id)),
  };
}
