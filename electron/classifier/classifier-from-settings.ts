import { basename } from 'node:path';
import builtinWeights from '../../models/builtin.json' with { type: 'json' };
import type { AppError } from '../../shared/errors.ts';
import type { Label } from '../../shared/labels.ts';
import type { Measurement, ModelMeasurements } from '../../shared/model-measurements.ts';
import type { Trial } from '../../shared/model-view.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Source } from '../../shared/ticket.ts';
import type { Classifier, ClassifyLimits } from '../tickets/ports/classifier.ts';
import { createAdaptiveClassifier } from './adaptive-classifier.ts';
import { createBuiltinClassifier } from './builtin/builtin-classifier.ts';
import type { CorrectedTicket } from './builtin/personal-model.ts';
import { createClassifierChain } from './classifier-chain.ts';
import { createGgufClassifier } from './gguf/gguf-classifier.ts';
import type { loadGgufModel } from './gguf/gguf-model.ts';
import { llamaLibrary } from './gguf/llama-library.ts';
import type { ggufKey } from './measuring/gguf-cache.ts';
import { knownExamples } from './measuring/known-examples.ts';
import { measureBuiltin } from './measuring/measured-builtin.ts';
import { createOpenAiClassifier } from './openai-classifier.ts';
import type { ModelState } from './scoring/model-state.ts';

export interface ClassifierOptions {
  openai: Settings['openai'];
  /** The GGUF, as `findModel` says. */
  model: { path: string | null; reason: string | null; isUndecided?: boolean };
  /** How long a ticket waits for the GGUF, and after how long without one its memory is freed (null: never). */
  waitMs?: number;
  idleMs?: number | null;
  /** Loads a GGUF; into this process unless given. */
  loadModel?: typeof loadGgufModel;
  /** Tells one GGUF file from another, for what was measured; from this process unless given. */
  keyOf?: typeof ggufKey;
  /** Promise before which the GGUF is not loaded; tickets wait for that as for its loading. */
  loadAfter?: Promise<unknown>;
  onModelState?: (state: ModelState) => void;
  onFailure?: (source: Source, error: AppError) => void;
  /** How the GGUF is measured and used; without it, it is asked for the label, and nothing is measured. */
  adaptive?: {
    /** Where what was measured is kept, absolute. */
    cacheFolder: string;
    corrections: readonly CorrectedTicket[];
    /** false: what was measured before is used, and else the GGUF is asked for the label. */
    measures: boolean;
    /** Called when `measurements` gives others. */
    onMeasurements?: () => void;
  };
  /** Called for a reply of OpenAI's that was not exactly a label. */
  onNormalised?: (label: Label) => void;
}

/** Version of the built-in model. */
export const builtinVersion: string = builtinWeights.version;
/** Confidence below which a label is unsure: at most 15 % of 1,199 tickets of other people are. */
export const defaultUnsureBelow: number = builtinWeights.unsureBelow;

export interface ConfiguredClassifier extends Classifier {
  /** Classifies, and tells which sources were asked before and why they could not answer. */
  classifyWithReasons(text: string, limits: ClassifyLimits): Promise<Trial>;
  /** State of the GGUF, which counts as loading until `load` was called. */
  state(): ModelState;
  /** Absolute path of the GGUF; null where there is none. */
  path: string | null;
  /** Which way a GGUF that works serves, and why; null where there is none. */
  serving(): ModelMeasurements['serving'] | null;
  /**
   * What was measured of the GGUF; where nothing was, of the built-in model alone, which is begun then: null until it
   * is done, and `onMeasurements` tells.
   */
  measurements(): ModelMeasurements | null;
  /** Version of the built-in model that answers, with the number of its corrections. */
  builtinVersion(): string;
  /** Ends measuring the GGUF; what answers then is what answered before. */
  cancelMeasuring(): void;
  /** Learns these corrections in place of the former ones, in the background. */
  correct(corrections: readonly CorrectedTicket[]): void;
  /** Imports what the GGUF needs, which holds the event loop for a moment; at once where there is none. */
  prepare(): Promise<void>;
  /** Loads the GGUF ahead of the first ticket; resolves when it is loaded or failed. Never rejects. */
  load(): Promise<void>;
  /** Frees the GGUF's memory; the next ticket loads it again. Never rejects. */
  unload(): Promise<void>;
  dispose(): Promise<void>;
}

const nothingMeasured: ModelMeasurements = {
  state: 'measured',
  progress: 1,
  file: null,
  serving: { strategy: 'builtin', why: 'The built-in model comes with the program and needs no file.' },
  chosen: [],
  builtin: [],
};

/** The whole chain as the settings want it. When they change, dispose of it and build another. */
export function createClassifier(options: ClassifierOptions): ConfiguredClassifier {
  const { openai, model, adaptive, onModelState = () => {}, onNormalised = () => {}, ...rest } = options;
  const { waitMs, idleMs, loadModel, keyOf, loadAfter, ...chain } = rest;
  const { path, isUndecided = false } = model;
  let state: ModelState =
    path === null ? { state: 'none', reason: model.reason, isUndecided } : { state: 'loading', file: basename(path) };
  const builtin = createBuiltinClassifier(builtinWeights);
  const common = {
    onState: show,
    ...(waitMs === undefined ? {} : { timeLimitMs: waitMs }),
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(loadModel === undefined ? {} : { loadModel }),
    ...(loadAfter === undefined ? {} : { loadAfter }),
  };
  const measured =
    path === null || adaptive === undefined
      ? null
      : createAdaptiveClassifier({
          path,
          builtin,
          shipped: builtin.shipped,
          examples: knownExamples,
          ...common,
          ...(keyOf === undefined ? {} : { keyOf }),
          ...adaptive,
        });
  const gguf = measured ?? (path === null ? null : createGgufClassifier({ path, ...common }));
  if (gguf === null) onModelState(state);

  function show(next: ModelState): void {
    state = next;
    onModelState(next);
  }

  void builtin.correct(adaptive?.corrections ?? []);
  let builtinAlone: Measurement | null = null;
  let isMeasuringBuiltin = false;

  async function measureAlone(): Promise<void> {
    if (isMeasuringBuiltin) return;
    isMeasuringBuiltin = true;
    builtinAlone = await measureBuiltin(await knownExamples(), builtin);
    adaptive?.onMeasurements?.();
  }

  function measurements(): ModelMeasurements | null {
    const own = measured?.measurements() ?? null;
    if (adaptive === undefined || (own !== null && own.builtin.length > 0)) return own;
    if (builtinAlone === null) {
      void measureAlone();
      return own;
    }
    return { ...(own ?? nothingMeasured), builtin: [builtinAlone] };
  }

  const { apiKey } = openai;
  // Of several GGUFs one is still to be chosen, or a folder does not answer: that is no reason to send text away.
  const allowed = openai.allowed && !isUndecided;
  const { classify, classifyWithReasons } = createClassifierChain({
    ...chain,
    gguf,
    openai: allowed && apiKey ? createOpenAiClassifier({ ...openai, apiKey, onNormalised }) : null,
    builtin,
  });
  return {
    classify,
    classifyWithReasons,
    state: () => state,
    path,
    serving: () => measured?.serving() ?? null,
    measurements,
    builtinVersion: builtin.version,
    cancelMeasuring: () => measured?.cancel(),
    correct(corrections) {
      void builtin.correct(corrections);
      measured?.correct(corrections);
    },
    prepare: async () => {
      // With a process of its own nothing of it is imported here.
      if (gguf !== null && loadModel === undefined) await llamaLibrary().catch(() => {});
    },
    load: async () => gguf?.load(),
    unload: async () => gguf?.unload(),
    dispose: async () => gguf?.dispose(),
  };
}
