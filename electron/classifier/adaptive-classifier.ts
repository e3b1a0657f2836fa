import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ModelMeasurements, Strategy } from '../../shared/model-measurements.ts';
import type { CorrectedTicket } from './builtin/personal-model.ts';
import { createGgufClassifier, defaultTimeLimitMs, type GgufClassifier } from './gguf/gguf-classifier.ts';
import type { loadGgufModel } from './gguf/gguf-model.ts';
import { stillLoading } from './gguf/model-failures.ts';
import type { ggufKey } from './measuring/gguf-cache.ts';
import { type GgufPlan, opinionsOf } from './measuring/gguf-plan.ts';
import type { KnownTicket } from './measuring/measure-gguf.ts';
import { knownCorrections, lookUpPlan, measurePlan, type ToMeasure } from './measuring/measure-plan.ts';
import { eachLabel, type LabelScores, labelProbabilities } from './scoring/label-scoring.ts';
import type { LabelSource } from './scoring/label-source.ts';
import type { ModelState } from './scoring/model-state.ts';

const defaultBudgetMs = 150_000;
/** Milliseconds for what is being measured or read to end. */
const disposePatienceMs = 2_000;

export interface AdaptiveClassifier extends GgufClassifier {
  /** Which way serves, and why. */
  serving(): ModelMeasurements['serving'];
  /** What was measured so far; null before anything was. */
  measurements(): ModelMeasurements | null;
  /** Resolves when nothing is being measured any more: done, cancelled or failed. Never rejects. */
  settled(): Promise<void>;
  /** Ends measuring. What was read is kept, and `correct` or the next start goes on from there. */
  cancel(): void;
  /** Fits everything again with these corrections instead of the former ones, in the background. */
  correct(corrections: readonly CorrectedTicket[]): void;
}

export interface AdaptiveOptions {
  /** Absolute path of the GGUF. */
  path: string;
  builtin: LabelSource;
  /** Whose opinion counts where both answer together, so without corrections; `builtin` unless given. */
  shipped?: LabelSource;
  /** Our own examples; asked for when they are needed. */
  examples(): Promise<readonly KnownTicket[]>;
  corrections?: readonly CorrectedTicket[];
  /** Where what was measured is kept, absolute; need not exist. */
  cacheFolder: string;
  /** false: a plan that was made before serves, whatever it was made for; else the GGUF is asked for the label. */
  measures?: boolean;
  /** `auto`: as measured, and the built-in model until then. */
  strategy?: Strategy | 'auto';
  onState?: (state: ModelState) => void;
  onMeasurements?: (measurements: ModelMeasurements) => void;
  /** Milliseconds for reading the examples. Fitting comes after it. */
  budgetMs?: number;
  timeLimitMs?: number;
  idleMs?: number | null;
  loadModel?: typeof loadGgufModel;
  keyOf?: typeof ggufKey;
  loadAfter?: Promise<unknown>;
}

/**
 * Classifies with a GGUF in the way that was measured to be best for it, which may be the built-in model alone. A file
 * that is new is measured in the background when it is loaded, and the built-in model answers meanwhile. A file that
 * cannot be used fails every ticket, as with `createGgufClassifier`.
 */
export function createAdaptiveClassifier(options: AdaptiveOptions): AdaptiveClassifier {
  const { path, builtin, shipped = builtin, cacheFolder } = options;
  const { strategy: wanted = 'auto', budgetMs = defaultBudgetMs } = options;
  const {
    measures = true,
    onState = () => {},
    onMeasurements = () => {},
    timeLimitMs = defaultTimeLimitMs,
    idleMs,
    loadModel,
    keyOf,
    loadAfter,
  } = options;
  const file = basename(path);
  let corrections = options.corrections ?? [];
  let plan: GgufPlan | null = null;
  let shown: ModelMeasurements | null = null;
  let hasFailed = false;
  let isUnloaded = false;
  let stop = new AbortController();
  let work: Promise<void> | null = null;
  let isDisposed = false;
  /** Promise that settles when the cache was looked into: tickets wait for it, which is a moment. */
  let firstLook: Promise<void> | null = null;
  /** Why the built-in model answers while there is no plan. */
  let unmeasured = `The built-in model answers until ${file} is measured.`;

  const gguf = createGgufClassifier({
    path,
    onState(state) {
      hasFailed = state.state === 'failed' && !state.isLoaded;
      isUnloaded = state.state === 'unloaded';
      onState(state);
    },
    judge: async (reading, text) =>
      plan === null
        ? labelProbabilities(reading.scores)
        : opinionsOf(plan, reading, await builtinProbabilities(text))[strategy()],
    timeLimitMs,
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(loadModel === undefined ? {} : { loadModel }),
    ...(loadAfter === undefined ? {} : { loadAfter }),
  });

  function strategy(): Strategy {
    return wanted === 'auto' ? (plan?.serving.strategy ?? (measures ? 'builtin' : 'prompt')) : wanted;
  }

  function serving(): ModelMeasurements['serving'] {
    const why = strategy() === 'builtin' ? unmeasured : `${file} is asked for the label.`;
    return { strategy: strategy(), why: plan?.serving.why ?? why };
  }

  async function builtinProbabilities(text: string): Promise<LabelScores> {
    return (await shipped.classify(text)).probabilities ?? eachLabel(() => 0.2);
  }

  function show(state: ModelMeasurements['state'], progress: number): void {
    if (isDisposed) return;
    const all = plan?.measurements ?? [];
    shown = {
      state,
      progress,
      file,
      serving: serving(),
      chosen: all.filter(({ strategy }) => strategy !== 'builtin'),
      builtin: all.filter(({ strategy }) => strategy === 'builtin'),
    };
    onMeasurements(shown);
  }

  async function knownTickets(): Promise<KnownTicket[]> {
    return [...(await knownCorrections(corrections, builtinProbabilities)), ...(await options.examples())];
  }

  /** Takes the plan from the cache, where these texts were measured before; else gives what there is to measure. */
  async function lookUp(): Promise<ToMeasure | null> {
    const found = await lookUpPlan({
      path,
      cacheFolder,
      tickets: measures ? knownTickets : null,
      ...(keyOf === undefined ? {} : { keyOf }),
    });
    if (found.plan !== null) {
      plan = found.plan;
      show('measured', 1);
    }
    return found.toMeasure;
  }

  /** Reads and fits, once the model is loaded. */
  async function measure(found: ToMeasure, signal: AbortSignal): Promise<void> {
    await gguf.load();
    if (hasFailed) return;
    signal.throwIfAborted();
    if (isUnloaded) {
      // Somebody wanted it unloaded instead: it is measured when a ticket loads it.
      work = null;
      return;
    }
    unmeasured = `${file} is being measured, and the built-in model answers meanwhile.`;
    show('measuring', 0);
    const onProgress = (progress: number) => show('measuring', progress);
    const fitted = await measurePlan(found, { gguf, builtin: shipped, budgetMs, signal, onProgress });
    if (fitted === null) {
      unmeasured = `${file} is too slow to be measured, so the built-in model answers.`;
      return show('cancelled', shown?.progress ?? 0);
    }
    signal.throwIfAborted();
    plan = fitted;
    await found.cache.savePlan(found.madeFor, fitted);
    show('measured', 1);
  }

  function start(): Promise<void> {
    const { signal } = stop;
    const before = work ?? Promise.resolve();
    const looked = before.then(lookUp);
    firstLook ??= looked.then(
      () => {},
      () => {},
    );
    work = looked
      .then((found) => (found === null ? undefined : measure(found, signal)))
      .catch(() => {
        if (hasFailed && shown === null) return;
        unmeasured = `The measuring of ${file} was stopped, so the built-in model answers.`;
        show('cancelled', shown?.progress ?? 0);
      });
    return work;
  }

  function cancel(): void {
    stop.abort(new Error('Measuring was cancelled.'));
    stop = new AbortController();
  }

  return {
    async load() {
      if (work === null) void start();
      await gguf.load();
    },
    read: gguf.read,
    memoryBytes: gguf.memoryBytes,
    unload: gguf.unload,
    async classify(text) {
      if (work === null) void start();
      const started = performance.now();
      const late = delay(timeLimitMs, 'late', { ref: false });
      if ((await Promise.race([firstLook, late])) === 'late') throw stillLoading(file, timeLimitMs);
      if (strategy() === 'builtin' && !hasFailed) return builtin.classify(text);
      return gguf.classify(text, performance.now() - started);
    },
    serving,
    measurements: () => shown,
    settled: async () => work ?? undefined,
    cancel,
    correct(next) {
      corrections = next;
      cancel();
      void start();
    },
    async dispose() {
      isDisposed = true;
      cancel();
      // A file on a share that hangs is still being read.
      await Promise.all([gguf.dispose(), Promise.race([work, delay(disposePatienceMs, undefined, { ref: false })])]);
    },
  };
}
