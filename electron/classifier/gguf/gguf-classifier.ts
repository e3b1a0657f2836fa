import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import type { Classification } from '../../../shared/ticket.ts';
import { type LabelScores, labelProbabilities, likeliest } from '../scoring/label-scoring.ts';
import type { LabelSource } from '../scoring/label-source.ts';
import type { ModelState } from '../scoring/model-state.ts';
import { aborted } from './aborted.ts';
import { modelFailed } from './check-gguf-file.ts';
import { type GgufModel, loadGgufModel, type Reading } from './gguf-model.ts';
import { busy, full, isCrash, restarting, stillLoading, toModelFailure, tooSlow } from './model-failures.ts';

export interface GgufClassifier extends LabelSource {
  /** `waitedMs`: how long the ticket has waited for something else already. */
  classify(text: string, waitedMs?: number): Promise<Classification>;
  /** Begins to load the model unless it was begun; resolves when it is loaded or failed. Never rejects. */
  load(): Promise<void>;
  /**
   * What the model gives for a text, and in how many milliseconds: for measuring it. Waits for its turn among the
   * tickets, however long. Rejects as `classify` does.
   */
  read(text: string): Promise<TimedReading>;
  /** Bytes that the model took when it was loaded; null until then. */
  memoryBytes(): number | null;
  /**
   * Frees the memory when the tickets in hand are answered, and ends a load that is under way; the next ticket loads it again.
   * Never rejects.
   */
  unload(): Promise<void>;
  /** Waits for what is under way, two seconds at most, then frees the memory. What waits in the queue is refused. */
  dispose(): Promise<void>;
}

interface TimedReading {
  reading: Reading;
  ms: number;
}

/** Milliseconds that a ticket waits at most for its answer. */
export const defaultTimeLimitMs = 20_000;
/** Tickets at most in the queue: more are refused at once. */
const queueLimit = 100;
/** Milliseconds for what is under way to end when the model is disposed of: a reading that hangs in llama.cpp never ends. */
const disposePatienceMs = 2_000;
/** Crashes without an answer in between after which a model is not loaded again. */
const mostCrashes = 3;

/**
 * Classifies with the GGUF at `path`: loaded on the first call of `load` or `classify`, kept in memory, one ticket at a
 * time in the order of the calls. Every change of its state goes to `onState`.
 *
 * No ticket waits longer than `timeLimitMs`, loading included. One that had to wait, for others or for the model to be
 * loaded, loaded again or disposed of, is refused with `unavailable`, for the model is only busy; one that had all the
 * time for itself with `model_failed`, for it is slow, and so is every one where the model cannot be used at all.
 * `idleMs`: after so long without a ticket the memory is freed; null: never.
 */
export function createGgufClassifier({
  path,
  onState = () => {},
  timeLimitMs = defaultTimeLimitMs,
  idleMs = null,
  judge = ({ scores }) => labelProbabilities(scores),
  loadModel = loadGgufModel,
  loadAfter = Promise.resolve(),
}: {
  path: string;
  onState?: (state: ModelState) => void;
  timeLimitMs?: number;
  idleMs?: number | null;
  /** Probabilities from what the model gave for the text; those of its answer unless given. */
  judge?: (reading: Reading, text: string) => LabelScores | Promise<LabelScores>;
  loadModel?: typeof loadGgufModel;
  /** Promise before which nothing is loaded: memory has no room for two models. */
  loadAfter?: Promise<unknown>;
}): GgufClassifier {
  const file = basename(path);
  const unloaded = new AppError('unavailable', `The model ${file} was unloaded.`);
  const disposal = new AbortController();
  let loading: Promise<GgufModel> | null = null;
  /** Promise that settles when the model is free. Never rejects. */
  let queue: Promise<void> = Promise.resolve();
  let turn: AbortController | null = null;
  let shown: ModelState['state'] = 'none';
  /** Whether the model is in memory, until it is unloaded or crashes. */
  let isInMemory = false;
  /** Tickets that have no answer yet. */
  let waiting = 0;
  let crashes = 0;
  let memory: number | null = null;
  /** Ends the load that is under way. */
  let stopLoading: ((reason: AppError) => void) | null = null;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;

  function show(state: ModelState): void {
    if (disposal.signal.aborted) return;
    shown = state.state;
    onState(state);
  }

  function model(): Promise<GgufModel> {
    loading ??= load();
    return loading;
  }

  async function load(): Promise<GgufModel> {
    show({ state: 'loading', file });
    let lastLog = '';
    const stop = new AbortController();
    const signal = AbortSignal.any([disposal.signal, stop.signal]);
    stopLoading = (reason) => stop.abort(reason);
    try {
      await Promise.race([loadAfter, aborted(signal)]);
      const loaded = await loadModel(path, {
        signal,
        onLog: (line) => {
          // What follows the first line only repeats that loading failed.
          lastLog ||= line;
        },
        onEnd: comeBack,
      });
      stopLoading = null;
      isInMemory = true;
      memory = loaded.memory === undefined ? loaded.memoryBytes : loaded.memory.ram + loaded.memory.vram;
      show(loadedState(file, loaded));
      restIfIdle();
      return loaded;
    } catch (thrown) {
      stopLoading = null;
      if (stop.signal.aborted) {
        loading = null;
        show({ state: 'unloaded', file });
        throw stop.signal.reason;
      }
      if (isCrash(thrown)) {
        crashes += 1;
        if (isLoadedAgain()) return load();
      }
      // llama.cpp's lines on what went wrong may come a moment after the error.
      await new Promise((resolve) => setImmediate(resolve));
      const error = toModelFailure(path, thrown, lastLog);
      show({ state: 'failed', file, error, isLoaded: false });
      throw error;
    }
  }

  /** Whether it is loaded again after a crash. */
  function isLoadedAgain(): boolean {
    return crashes < mostCrashes && !disposal.signal.aborted;
  }

  /** Loads it again after a crash. What it had in hand is answered by others, and so is what comes meanwhile. */
  function comeBack(error: AppError): void {
    loading = null;
    isInMemory = false;
    crashes += 1;
    show({ state: 'failed', file, error, isLoaded: false });
    if (isLoadedAgain()) void model().catch(() => {});
    else loading = rejected(error);
  }

  function restIfIdle(): void {
    clearTimeout(idleTimer);
    if (idleMs === null || waiting > 0 || disposal.signal.aborted) return;
    idleTimer = setTimeout(() => void unload(), idleMs);
    idleTimer.unref();
  }

  function unload(): Promise<void> {
    isInMemory = false;
    // It may never end, where its file lies on a share that hangs.
    stopLoading?.(unloaded);
    queue = queue.then(async () => {
      // A ticket that came before may have begun another.
      stopLoading?.(unloaded);
      const loaded = await loading?.catch(() => null);
      if (!loaded || disposal.signal.aborted) return;
      loading = null;
      await loaded.dispose();
      // Unless a ticket came meanwhile and loads it again.
      if (loading === null) show({ state: 'unloaded', file });
    });
    return queue;
  }

  async function readNow(text: string, stop: AbortSignal): Promise<TimedReading> {
    try {
      stop.throwIfAborted();
      const loaded = await Promise.race([model(), aborted(stop)]);
      const started = performance.now();
      const reading = await loaded.read(text, stop);
      // A damaged or badly quantized file gives NaN, which no label can be chosen by.
      if (Object.values(reading.scores).some(Number.isNaN)) throw modelFailed(path, 'its answer is not a number');
      crashes = 0;
      if (shown === 'failed' && !stop.aborted) show(loadedState(file, loaded));
      return { reading, ms: performance.now() - started };
    } catch (thrown) {
      // Not `model_failed`: the model is well, or will be, so its tickets must not go to OpenAI.
      if (disposal.signal.aborted) throw disposal.signal.reason;
      if (isCrash(thrown) && isLoadedAgain()) throw new AppError('unavailable', thrown.message);
      throw toModelFailure(path, thrown);
    }
  }

  async function toClassification(text: string, { reading, ms }: TimedReading): Promise<Classification> {
    const started = performance.now();
    const probabilities = await judge(reading, text);
    const label = likeliest(probabilities);
    const total = ms + performance.now() - started;
    return { label, confidence: probabilities[label], probabilities, source: 'gguf', model: file, ms: total };
  }

  /** Takes the text's turn. Settles when the model is free again, which may be after `stop`: it ends its chunk. */
  async function takeTurn(text: string, stop: AbortController, answer: (read: Promise<TimedReading>) => void) {
    turn = stop;
    if (disposal.signal.aborted) stop.abort(disposal.signal.reason);
    const read = readNow(text, stop.signal);
    await read.catch(() => {});
    answer(read);
  }

  function lateness(hadToWait: boolean): AppError {
    if (shown === 'loading') return stillLoading(file, timeLimitMs);
    return hadToWait ? busy(file, timeLimitMs) : tooSlow(file, timeLimitMs);
  }

  /** Reads a text in its turn. `limitMs` for waiting and reading together; null: none. */
  function readInTurn(text: string, limitMs: number | null): Promise<TimedReading> {
    const hadToWait = waiting > 0 || !isInMemory;
    const stop = new AbortController();
    waiting += 1;
    clearTimeout(idleTimer);
    return new Promise((answer, refuse) => {
      const giveUp = () => {
        const error = lateness(hadToWait);
        if (shown === 'loaded' && error.code === 'model_failed') show({ state: 'failed', file, error, isLoaded: true });
        stop.abort(error);
        refuse(error);
      };
      const timer = limitMs === null ? undefined : setTimeout(giveUp, limitMs);
      queue = queue.then(async () => {
        if (!stop.signal.aborted) await takeTurn(text, stop, answer);
        clearTimeout(timer);
        waiting -= 1;
        restIfIdle();
      });
    });
  }

  async function classify(text: string, waitedMs = 0): Promise<Classification> {
    if (crashes > 0 && shown === 'loading') throw restarting(file);
    if (waiting >= queueLimit) throw full(file, queueLimit);
    return toClassification(text, await readInTurn(text, Math.max(0, timeLimitMs - waitedMs)));
  }

  return {
    load: () =>
      model().then(
        () => {},
        () => {},
      ),
    classify,
    read: (text) => readInTurn(text, null),
    memoryBytes: () => memory,
    unload,
    async dispose() {
      clearTimeout(idleTimer);
      disposal.abort(unloaded);
      turn?.abort(unloaded);
      await Promise.race([queue, delay(disposePatienceMs, undefined, { ref: false })]);
      const loaded = await loading?.catch(() => null);
      await loaded?.dispose();
    },
  };
}

/** A rejected promise that nobody has to catch. */
function rejected(error: AppError): Promise<never> {
  const refusal = Promise.reject<never>(error);
  refusal.catch(() => {});
  return refusal;
}

function loadedState(file: string, { device, memory }: GgufModel): ModelState {
  return { state: 'loaded', file, device, ...(memory === undefined ? {} : { memory }) };
}
