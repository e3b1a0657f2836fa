import type { ModelView, Trial } from '../../shared/model-view.ts';
import type { HandlersOf } from './handlers.ts';

export interface ModelDeps {
  read(): Promise<ModelView>;
  try(text: string): Promise<Trial>;
  /** Saves the choice and starts to load it. Throws `forbidden` and `storage_failed`. */
  choose(path: string | null): Promise<void>;
  /** Asks the person for a GGUF file; null where they cancelled. */
  browse(): Promise<string | null>;
}

export function createModelHandlers(deps: ModelDeps): HandlersOf<'model'> {
  return {
    'model:read': () => deps.read(),
    async 'model:choose'({ path }) {
      await deps.choose(path);
      return deps.read();
    },
    'model:browse': () => deps.browse(),
    'model:try': ({ text }) => deps.try(text),
  };
}
