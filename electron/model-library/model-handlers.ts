import type { DownloadsView } from '../../shared/downloads.ts';
import type { HandlersOf } from '../../shared/ipc.ts';
import type { ModelView, Trial } from '../../shared/model-view.ts';

export interface ModelDeps {
  read(): Promise<ModelView>;
  try(text: string): Promise<Trial>;
  /** Saves the choice and starts to load it. Throws `forbidden` and `storage_failed`. */
  choose(path: string | null): Promise<void>;
  /** Asks the person for a GGUF file; null where they cancelled. */
  browse(): Promise<string | null>;
  /** Asks the person for a folder and adds it; nothing where they cancelled. Throws `forbidden` where it is fixed. */
  addFolder(): Promise<void>;
  removeFolder(path: string): Promise<void>;
  /** Shows a file in the file manager. Throws `forbidden` for one that is not listed. */
  reveal(path: string): Promise<void>;
  /** Deletes a file. Throws `forbidden` and `storage_failed`. */
  remove(path: string): Promise<void>;
  unload(): Promise<void>;
  cancelMeasuring(): void;
  downloads: {
    read(): Promise<DownloadsView>;
    /** Begins a download. Throws `invalid_input`, and `forbidden` where the person does not agree to download from there. */
    start(uri: string, sha256: string | null): Promise<void> | void;
    pause(id: string): Promise<void>;
    resume(id: string): void;
    discard(id: string): Promise<void>;
  };
}

export function createModelHandlers(deps: ModelDeps): HandlersOf<'model'> & HandlersOf<'downloads'> {
  const { downloads } = deps;
  /** Awaits the work, and answers with what is then to be seen. */
  async function thenRead(work: Promise<void> | void): Promise<ModelView> {
    await work;
    return deps.read();
  }
  async function thenDownloads(work: Promise<void> | void): Promise<DownloadsView> {
    await work;
    return downloads.read();
  }
  return {
    'model:read': () => deps.read(),
    'model:choose': ({ path }) => thenRead(deps.choose(path)),
    'model:add-folder': () => thenRead(deps.addFolder()),
    'model:remove-folder': ({ path }) => thenRead(deps.removeFolder(path)),
    'model:reveal': ({ path }) => deps.reveal(path),
    'model:delete': ({ path }) => thenRead(deps.remove(path)),
    'model:unload': () => thenRead(deps.unload()),
    'model:cancel-measuring': async () => thenRead(deps.cancelMeasuring()),
    'downloads:read': () => downloads.read(),
    'downloads:start': async ({ uri, sha256 }) => thenDownloads(downloads.start(uri, sha256)),
    'downloads:pause': ({ id }) => thenDownloads(downloads.pause(id)),
    'downloads:resume': async ({ id }) => thenDownloads(downloads.resume(id)),
    'downloads:discard': ({ id }) => thenDownloads(downloads.discard(id)),
    'model:browse': () => deps.browse(),
    'model:try': ({ text }) => deps.try(text),
  };
}
