import builtinWeights from '../../models/builtin.json' with { type: 'json' };
import { AppError } from '../../shared/errors.ts';
import type { ModelMeasurements } from '../../shared/model-measurements.ts';
import type { Classification } from '../../shared/ticket.ts';
import { createAdaptiveClassifier } from '../classifier/adaptive-classifier.ts';
import { createBuiltinClassifier } from '../classifier/builtin/builtin-classifier.ts';
import { createClassifierChain } from '../classifier/classifier-chain.ts';
import { createHostedLoader } from '../classifier/gguf/hosted-model.ts';
import { knownExamples } from '../classifier/measuring/known-examples.ts';
import type { ModelState } from '../classifier/scoring/model-state.ts';
import { modelCheck } from '../model-library/check-model.ts';
import { createHostedFiles } from '../model-library/hosted-files.ts';
import type { StrategyName } from './evaluate-arguments.ts';
import { startNodeHost } from './start-node-host.ts';

/** A way to label a ticket, to be measured. */
export interface Strategy {
  classify(text: string): Promise<Classification>;
  dispose(): Promise<void>;
}

interface StrategyOptions {
  /** Where what is fitted on the model is kept, absolute. */
  cacheFolder: string;
  onMeasured?: (measurements: ModelMeasurements) => void;
}

/**
 * The first time a model is measured, its heads are fitted on our examples, which takes up to three minutes.
 * `model`: absolute path of a GGUF, or null. Where the GGUF cannot answer one ticket, the built-in model does, as in the app.
 * @throws AppError where the model cannot be used or measured
 */
export async function createStrategy(
  name: StrategyName,
  model: string | null,
  { cacheFolder, onMeasured = () => {} }: StrategyOptions,
): Promise<Strategy> {
  const builtin = createBuiltinClassifier(builtinWeights);
  if (name === 'builtin' || (name === 'auto' && model === null)) {
    return { classify: builtin.classify, dispose: async () => {} };
  }
  if (model === null) throw new AppError('not_configured', `The strategy ${name} needs a model.`);
  const states: ModelState[] = [];
  const files = createHostedFiles({ startHost: startNodeHost });
  const gguf = createAdaptiveClassifier({
    path: model,
    // A file on a share that does not answer is said to be one.
    loadModel: createHostedLoader(startNodeHost, modelCheck(files)),
    keyOf: files.key,
    builtin,
    examples: knownExamples,
    cacheFolder,
    strategy: name,
    onState: (state) => states.push(state),
    onMeasurements: onMeasured,
  });
  const dispose = async () => {
    await gguf.dispose();
    files.stop();
  };
  await gguf.load();
  const state = states.at(-1);
  if (state?.state === 'failed') {
    await dispose();
    throw state.error;
  }
  await gguf.settled();
  if (gguf.measurements()?.state !== 'measured') {
    await dispose();
    throw new AppError('model_failed', 'The model could not be measured, so nothing was fitted on it.');
  }
  const chain = createClassifierChain({ gguf, openai: null, builtin });
  return { classify: (text) => chain.classify(text, { mayUseCloud: false }), dispose };
}
