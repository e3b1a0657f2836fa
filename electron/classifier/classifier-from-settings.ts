import builtinWeights from '../../models/builtin.json' with { type: 'json' };
import type { AppError } from '../../shared/errors.ts';
import type { Label } from '../../shared/labels.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Source } from '../../shared/ticket.ts';
import type { Classifier } from '../tickets/ports.ts';
import { createBuiltinClassifier } from './builtin-classifier.ts';
import { createClassifierChain } from './classifier-chain.ts';
import { createGgufClassifier } from './gguf-classifier.ts';
import type { ModelState } from './model-state.ts';
import { createOpenAiClassifier } from './openai-classifier.ts';

export interface ClassifierOptions {
  openai: Settings['openai'];
  /** Which GGUF, as `findModel` says. */
  model: { path: string | null; reason: string | null };
  onModelState?: (state: ModelState) => void;
  onFailure?: (source: Source, error: AppError) => void;
  /** A reply of OpenAI's that was not exactly a label. */
  onNormalised?: (label: Label) => void;
}

/** The whole chain as the settings want it. When they change, dispose of it and build another. */
export function createClassifier(options: ClassifierOptions): Classifier & {
  /** Imports what the GGUF needs, which holds the event loop for a moment; at once where there is none. */
  prepare(): Promise<void>;
  /** Loads the GGUF ahead of the first ticket; resolves when it is loaded or failed. Never rejects. */
  load(): Promise<void>;
  dispose(): Promise<void>;
} {
  const { openai, model, onModelState = () => {}, onNormalised = () => {}, ...chain } = options;
  const gguf = model.path === null ? null : createGgufClassifier({ path: model.path, onState: onModelState });
  if (gguf === null) onModelState({ state: 'none', reason: model.reason });
  const { allowed, apiKey } = openai;
  const { classify } = createClassifierChain({
    ...chain,
    gguf,
    openai: allowed && apiKey ? createOpenAiClassifier({ ...openai, apiKey, onNormalised }) : null,
    builtin: createBuiltinClassifier(builtinWeights),
  });
  return {
    classify,
    prepare: async () => {
      if (gguf !== null) await import('node-llama-cpp').catch(() => {});
    },
    load: async () => gguf?.load(),
    dispose: async () => gguf?.dispose(),
  };
}
