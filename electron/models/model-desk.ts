import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { ModelView, Trial } from '../../shared/model-view.ts';
import type { Settings } from '../../shared/settings.ts';
import { builtinVersion, type ConfiguredClassifier } from '../classifier/classifier-from-settings.ts';
import type { ModelState } from '../classifier/model-state.ts';
import { answering } from './answering.ts';
import { findModel } from './find-model.ts';
import { createModelList } from './model-list.ts';

export interface ModelDeskDeps {
  /** DATA/models, absolute. */
  folder: string;
  /** As they are now. `isFixed`: GGML_MODEL_PATH comes from an `.env` file or the environment. */
  settings(): Promise<Pick<Settings, 'model' | 'openai'> & { isFixed: boolean }>;
  /** The one that tickets go to; null while there is none, before the start and while one is exchanged for another. */
  classifier(): Pick<ConfiguredClassifier, 'path' | 'state' | 'classifyWithReasons'> | null;
}

/** What the page Model shows and does. */
export interface ModelDesk {
  read(): Promise<ModelView>;
  /**
   * Classifies as a ticket would be, in turn with the tickets: where no GGUF answers and OpenAI is allowed, the text
   * goes there. Throws `unavailable` while there is no classifier.
   */
  try(text: string): Promise<Trial>;
}

export function createModelDesk({ folder, settings, classifier }: ModelDeskDeps): ModelDesk {
  const listModels = createModelList();

  /** The GGUF in use and how it is; the one that will be, where there is no classifier yet. */
  async function current(configured: string | null): Promise<{ path: string | null; state: ModelState }> {
    const made = classifier();
    if (made !== null) return { path: made.path, state: made.state() };
    const { path, reason } = await findModel(configured, folder);
    const state: ModelState = path === null ? { state: 'none', reason } : { state: 'loading', file: basename(path) };
    return { path, state };
  }

  return {
    async read() {
      const { model, openai, isFixed } = await settings();
      const { path, state } = await current(model.path);
      return {
        answering: answering(state, openai),
        state: stateView(state),
        chosen: model.path,
        isFixed,
        folder,
        files: await listModels({ folder, chosen: path }),
        builtin: builtinVersion,
      };
    },

    async try(text) {
      const made = classifier();
      if (made !== null) return made.classifyWithReasons(text);
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
    case 'failed':
      return { ...nothing, state: 'failed', file: state.file, message: state.error.message };
  }
}
