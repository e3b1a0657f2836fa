import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { GgufFile, ModelView, Trial } from '../../shared/model-view.ts';
import type { Settings } from '../../shared/settings.ts';
import { builtinVersion, type ConfiguredClassifier } from '../classifier/classifier-from-settings.ts';
import { partsOf } from '../classifier/gguf/judge-model.ts';
import type { ModelMemory } from '../classifier/scoring/model-memory.ts';
import type { ModelState } from '../classifier/scoring/model-state.ts';
import { answering } from './answering.ts';
import { findModel } from './find-model.ts';
import type { MemoryEstimates } from './memory-estimates.ts';
import { createModelFiles, type ModelFiles } from './model-files.ts';
import { listModels } from './model-list.ts';

export interface ModelLibraryDeps {
  /** DATA/models, absolute. */
  folder: string;
  /** Where the program looks for models by itself; only there unless given. */
  ownFolders?: () => readonly string[];
  /** Asks about files; from this process unless given. */
  files?: ModelFiles;
  /** The settings as they are now. `isFixed`: GGML_MODEL_PATH comes from an `.env` file or the environment; so do the folders. */
  settings(): Promise<Pick<Settings, 'model' | 'openai'> & { isFixed: boolean; areFoldersFixed: boolean }>;
  /** The classifier that tickets go to; null while there is none, before the start and while one is exchanged for another. */
  classifier(): Pick<
    ConfiguredClassifier,
    | 'path'
    | 'state'
    | 'classifyWithReasons'
    | 'serving'
    | 'measurements'
    | 'builtinVersion'
    | 'unload'
    | 'cancelMeasuring'
  > | null;
  /** What files would take in memory; null: that is not estimated. */
  estimates?: MemoryEstimates | null;
}

/** What the page Model shows and does. */
export interface ModelLibrary {
  read(): Promise<ModelView>;
  /**
   * Classifies as a ticket would be, in turn with the tickets: where no GGUF answers and OpenAI is allowed, the text
   * goes there. Throws `unavailable` while there is no classifier.
   */
  try(text: string): Promise<Trial>;
  /** Frees the memory of the GGUF in use. */
  unload(): Promise<void>;
  cancelMeasuring(): void;
  /**
   * Deletes a listed file that lies in one of the folders, all its parts, unloaded before where it is in use. Throws
   * `forbidden` for any other file and where the environment fixes it, `storage_failed` where the system refuses.
   */
  remove(path: string): Promise<void>;
  /** Lets only listed files pass: throws `forbidden` for any other. */
  checkListed(path: string): Promise<void>;
}

export function createModelLibrary({
  folder,
  ownFolders = () => [folder],
  files = createModelFiles(),
  settings,
  classifier,
  estimates = null,
}: ModelLibraryDeps): ModelLibrary {
  /** Memory that each took when it was last seen loaded, by path. */
  const measured = new Map<string, ModelMemory>();

  const isFolder = (path: string) => files.isFolder(path).catch(() => true);

  /** The GGUF in use and how it is; the one that will be, where there is no classifier yet. */
  async function current(configured: string | null): Promise<{ path: string | null; state: ModelState }> {
    const made = classifier();
    if (made !== null) return { path: made.path, state: made.state() };
    const { path, ...why } = await findModel(configured, ownFolders(), files);
    const state: ModelState = path === null ? { state: 'none', ...why } : { state: 'loading', file: basename(path) };
    return { path, state };
  }

  async function read(): Promise<ModelView> {
    const { model, openai, isFixed, areFoldersFixed } = await settings();
    const { path, state } = await current(model.path);
    const builtin = classifier()?.builtinVersion() ?? builtinVersion;
    const serving = classifier()?.serving() ?? null;
    if (path !== null && state.state === 'loaded' && state.memory !== undefined) measured.set(path, state.memory);
    const listed = await listModels({ folders: [...ownFolders(), ...model.folders], chosen: path }, files);
    const withMemory = listed.files.map(async ({ stamp, ...file }) => ({
      ...file,
      estimate: file.problem === null && estimates !== null ? await estimates.of(file.path, stamp) : null,
      measured: measured.get(file.path) ?? null,
    }));
    const moreFolders: ModelView['moreFolders'] = [];
    for (const each of model.folders) {
      moreFolders.push({ path: each, isThere: listed.silent.has(each) || (await isFolder(each)) });
    }
    return {
      answering: answering({ state, serving, openai, seconds: model.waitSeconds, builtin }),
      state: stateView(state),
      chosen: model.path,
      isFixed,
      folder,
      moreFolders,
      ownFolders: ownFolders().filter((each) => each !== folder),
      silentFolders: [...listed.silent.values()],
      areFoldersFixed,
      idleMinutes: model.idleMinutes ?? 0,
      files: await Promise.all(withMemory),
      builtin,
      measurements: classifier()?.measurements() ?? null,
    };
  }

  async function listedFile(path: string): Promise<GgufFile> {
    const file = (await read()).files.find((each) => each.path === path);
    if (file === undefined) throw new AppError('forbidden', 'This file is none of those on the page Model.');
    return file;
  }

  return {
    read,
    unload: async () => classifier()?.unload(),
    cancelMeasuring: () => classifier()?.cancelMeasuring(),
    checkListed: async (path) => void (await listedFile(path)),

    async remove(path) {
      const file = await listedFile(path);
      if (file.folder === null) {
        throw new AppError('forbidden', 'This file lies outside the models folders. Delete it in the file manager.');
      }
      if (file.isChosen && (await settings()).isFixed) {
        throw new AppError('forbidden', 'GGML_MODEL_PATH fixes this file. Change it there before you delete the file.');
      }
      if (file.isChosen) await classifier()?.unload();
      try {
        await files.remove(partsOf(path));
      } catch (thrown) {
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        throw new AppError('storage_failed', `${file.name} could not be deleted (${reason}).`, { cause: thrown });
      }
    },

    async try(text) {
      const made = classifier();
      if (made !== null) return made.classifyWithReasons(text, { mayUseCloud: true });
      throw new AppError('unavailable', 'The model is just being exchanged for another. Try again in a moment.');
    },
  };
}

function stateView(state: ModelState): ModelView['state'] {
  const nothing = { file: null, device: null, message: null };
  switch (state.state) {
    case 'none':
      return { ...nothing, state: 'none', message: state.reason };
    case 'loading':
      return { ...nothing, state: 'loading', file: state.file };
    case 'loaded':
      return { ...nothing, state: 'loaded', file: state.file, device: state.device };
    case 'unloaded':
      return { ...nothing, state: 'unloaded', file: state.file };
    case 'failed':
      return { ...nothing, state: 'failed', file: state.file, message: state.error.message };
  }
}
