import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Classification } from '../../shared/ticket.ts';
import { modelFailed } from './check-gguf-file.ts';
import { type GgufModel, loadGgufModel, type Reading } from './gguf-model.ts';
import { type LabelScores, labelProbabilities, likeliest } from './label-scoring.ts';
import type { LabelSource } from './label-source.ts';
import type { ModelState } from './model-state.ts';

export interface GgufClassifier extends LabelSource {
  /** Begins to load the model unless it was begun; resolves when it is loaded or failed. Never rejects. */
  load(): Promise<void>;
  /**
   * What the model gives for a text, and in how many milliseconds: for measuring it. Waits for its turn among the
   * tickets, however long. Rejects as `classify` does.
   */
  read(text: string): Promise<{ reading: Reading; ms: number }>;
  /** Bytes by which the process grew with the model; null until it is loaded. */
  memoryBytes(): number | null;
  /** Waits for what is under way, then frees the memory. What waits in the queue is refused. */
  dispose(): Promise<void>;
}

/** What a ticket waits at most for its turn, and then for its answer. */
export const defaultTimeLimitMs = 20_000;

/**
 * Classifies with the GGUF at `path`: loaded once, on the first call of `load` or `classify`, kept in memory, one
 * ticket at a time in the order of the calls. Every change of its state goes to `onState`.
 *
 * `timeLimitMs` holds twice for a ticket: it waits no longer for its turn, else `unavailable`, for the model is only
 * busy; and its turn, what is left of loading included, takes no longer, else `model_failed`, for the model is slow.
 */
export function createGgufClassifier({
  path,
  onState = () => {},
  timeLimitMs = defaultTimeLimitMs,
  judge = ({ scores }) => labelProbabilities(scores),
  loadModel = loadGgufModel,
}: {
  path: string;
  onState?: (state: ModelState) => void;
  timeLimitMs?: number;
  /** Probabilities from what the model gave for the text; those of its answer unless given. */
  judge?: (reading: Reading, text: string) => LabelScores | Promise<LabelScores>;
  loadModel?: typeof loadGgufModel;
}): GgufClassifier {
  const file = basename(path);
  const disposal = new AbortController();
  let loading: Promise<GgufModel> | null = null;
  /** Settles when the model is free. Never rejects. */
  let queue: Promise<void> = Promise.resolve();
  let turn: AbortController | null = null;
  let memory: number | null = null;
  let shown: ModelState['state'] = 'none';

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
    try {
      const loaded = await loadModel(path, {
        signal: disposal.signal,
        onLog: (line) => {
          // What follows the first line only repeats that loading failed.
          lastLog ||= line;
        },
      });
      memory = loaded.memoryBytes;
      show({ state: 'loaded', file, device: loaded.device });
      return loaded;
    } catch (thrown) {
      // llama.cpp's lines on what went wrong may come a moment after the error.
      await new Promise((resolve) => setImmediate(resolve));
      const error = toModelFailure(path, thrown, lastLog);
      show({ state: 'failed', file, error, isLoaded: false });
      throw error;
    }
  }

  async function readNow(text: string, stop: AbortSignal): Promise<{ reading: Reading; ms: number }> {
    try {
      stop.throwIfAborted();
      const loaded = await Promise.race([model(), aborted(stop)]);
      const started = performance.now();
      const reading = await loaded.read(text, stop);
      if (shown === 'failed' && !stop.aborted) show({ state: 'loaded', file, device: loaded.device });
      return { reading, ms: performance.now() - started };
    } catch (thrown) {
      throw toModelFailure(path, thrown);
    }
  }

  async function toClassification(
    text: string,
    { reading, ms }: { reading: Reading; ms: number },
  ): Promise<Classification> {
    const started = performance.now();
    const probabilities = await judge(reading, text);
    const label = likeliest(probabilities);
    const total = ms + performance.now() - started;
    return { label, confidence: probabilities[label], probabilities, source: 'gguf', model: file, ms: total };
  }

  /** Reads the text within its time. Settles when the model is free again, which may be later: it ends its chunk. */
  async function takeTurn(text: string, answer: (read: ReturnType<typeof readNow>) => void): Promise<void> {
    const stop = new AbortController();
    turn = stop;
    if (disposal.signal.aborted) stop.abort(disposal.signal.reason);
    const timer = setTimeout(() => {
      const error = shown === 'loading' ? stillLoading(file, timeLimitMs) : tooSlow(file, timeLimitMs);
      if (shown === 'loaded') show({ state: 'failed', file, error, isLoaded: true });
      stop.abort(error);
      answer(Promise.reject(error));
    }, timeLimitMs);
    const read = readNow(text, stop.signal);
    await read.catch(() => {});
    clearTimeout(timer);
    answer(read);
  }

  /** `patienceMs`: how long the text waits for its turn. */
  function readInTurn(text: string, patienceMs: number | null): ReturnType<typeof readNow> {
    return new Promise((answer, refuse) => {
      let waiting = true;
      const patience =
        patienceMs === null
          ? null
          : setTimeout(() => {
              waiting = false;
              refuse(busy(file, patienceMs));
            }, patienceMs);
      queue = queue.then(() => {
        if (patience !== null) clearTimeout(patience);
        return waiting ? takeTurn(text, answer) : undefined;
      });
    });
  }

  return {
    load: () =>
      model().then(
        () => {},
        () => {},
      ),
    classify: async (text) => toClassification(text, await readInTurn(text, timeLimitMs)),
    read: (text) => readInTurn(text, null),
    memoryBytes: () => memory,
    async dispose() {
      // Not `model_failed`: the model is well, so its tickets must not go to OpenAI.
      const reason = new AppError('unavailable', `The model ${file} was unloaded.`);
      disposal.abort(reason);
      turn?.abort(reason);
      await queue;
      const loaded = await loading?.catch(() => null);
      await loaded?.dispose();
    },
  };
}

/** Rejects with the signal's reason. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function busy(file: string, limitMs: number): AppError {
  const message = `The model ${file} was busy with other tickets for ${limitMs / 1000} s, so it did not take this one.`;
  return new AppError('unavailable', message);
}

function stillLoading(file: string, limitMs: number): AppError {
  return new AppError('model_failed', `The model ${file} is still loading after ${limitMs / 1000} s.`);
}

function tooSlow(file: string, limitMs: number): AppError {
  const message = `The model ${file} is too slow: no answer within ${limitMs / 1000} s. Choose a smaller GGUF file.`;
  return new AppError('model_failed', message);
}

/** node-llama-cpp's errors in words; llama.cpp's own first error line says most where loading failed. */
function toModelFailure(path: string, thrown: unknown, log = ''): AppError {
  if (thrown instanceof AppError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const name = thrown instanceof Error ? thrown.constructor.name : '';
  if (name === 'InsufficientMemoryError') return modelFailed(path, 'there is not enough free memory for it', thrown);
  if (name === 'NoBinaryFoundError') {
    return new AppError('model_failed', 'llama.cpp does not run on this machine, so no GGUF can be used.', {
      cause: thrown,
    });
  }
  if (/not within the file bounds|failed to read/.test(log)) {
    return modelFailed(path, 'it is incomplete or damaged', thrown);
  }
  const reason = log.replace(/^\w+: (error loading model: )?/, '') || said;
  return modelFailed(path, reason.replace(/\.$/, ''), thrown);
}
