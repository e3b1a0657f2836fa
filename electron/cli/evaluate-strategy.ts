import builtinWeights from '../../models/builtin.json' with { type: 'json' };
import { AppError } from '../../shared/errors.ts';
import type { Classification } from '../../shared/ticket.ts';
import { createBuiltinClassifier } from '../classifier/builtin-classifier.ts';
import { createClassifierChain } from '../classifier/classifier-chain.ts';
import { createGgufClassifier } from '../classifier/gguf-classifier.ts';
import type { ModelState } from '../classifier/model-state.ts';
import type { StrategyName } from './evaluate-arguments.ts';

/** A way to label a ticket, to be measured. */
export interface Strategy {
  classify(text: string): Promise<Classification>;
  dispose(): Promise<void>;
}

/**
 * `model`: absolute path of a GGUF, or null. Where the GGUF cannot answer one ticket, the built-in model does, as in the app.
 * @throws AppError where the model cannot be used, or the strategy does not exist yet
 */
export async function createStrategy(name: StrategyName, model: string | null): Promise<Strategy> {
  const builtin = createBuiltinClassifier(builtinWeights);
  if (name === 'builtin' || (name === 'auto' && model === null)) {
    return { classify: builtin.classify, dispose: async () => {} };
  }
  if (name === 'prompt' && model !== null) {
    const states: ModelState[] = [];
    const gguf = createGgufClassifier({ path: model, onState: (state) => states.push(state) });
    await gguf.load();
    const state = states.at(-1);
    if (state?.state === 'failed') throw state.error;
    const { classify } = createClassifierChain({ gguf, openai: null, builtin });
    return { classify, dispose: gguf.dispose };
  }
  throw new AppError('not_configured', `The strategy ${name} is not available yet. Use builtin or prompt.`);
}
