import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Classification } from '../../shared/ticket.ts';
import { modelFailed } from './check-gguf-file.ts';
import { type GgufModel, loadGgufModel } from './gguf-model.ts';
import { labelProbabilities, likeliest } from './label-scoring.ts';
import type { LabelSource } from './label-source.ts';
import type { ModelState } from './model-state.ts';

export interface GgufClassifier extends LabelSource {
  /** Begins to load the model unless it was begun; resolves when it is loaded or failed. Never rejects. */
  load(): Promise<void>;
  /** Waits for what is under way, then frees the memory. What waits in the queue is refused. */
  dispose(): Promise<void>;
}

/**
 * Classifies with the GGUF at `path`: loaded once, on the first call of `load` or `classify`, kept in memory, one
 * ticket at a time in the order of the calls. Every change of its state goes to `onState`.
 */
export function createGgufClassifier({
  path,
  onState = () => {},
  loadModel = loadGgufModel,
}: {
  path: string;
  onState?: (state: ModelState) => void;
  loadModel?: typeof loadGgufModel;
}): GgufClassifier {
  const file = basename(path);
  const disposal = new AbortController();
  let loading: Promise<GgufModel> | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  function model(): Promise<GgufModel> {
    loading ??= load();
    return loading;
  }

  async function load(): Promise<GgufModel> {
    onState({ state: 'loading', file });
    let lastLog = '';
    try {
      const loaded = await loadModel(path, {
        signal: disposal.signal,
        onLog: (line) => {
          // What follows the first line only repeats that loading failed.
          lastLog ||= line;
        },
      });
      onState({ state: 'loaded', file, device: loaded.device });
      return loaded;
    } catch (thrown) {
      // llama.cpp's lines on what went wrong may come a moment after the error.
      await new Promise((resolve) => setImmediate(resolve));
      const error = toModelFailure(path, thrown, lastLog);
      if (!disposal.signal.aborted) onState({ state: 'failed', file, error });
      throw error;
    }
  }

  async function classifyNow(text: string, signal: AbortSignal | undefined): Promise<Classification> {
    const loaded = await model();
    const stop = signal === undefined ? disposal.signal : AbortSignal.any([disposal.signal, signal]);
    const started = performance.now();
    try {
      stop.throwIfAborted();
      const { scores } = await loaded.score(text, stop);
      const probabilities = labelProbabilities(scores);
      const label = likeliest(probabilities);
      const ms = performance.now() - started;
      return { label, confidence: probabilities[label], probabilities, source: 'gguf', model: file, ms };
    } catch (thrown) {
      throw toModelFailure(path, thrown);
    }
  }

  return {
    load: () =>
      model().then(
        () => {},
        () => {},
      ),
    classify(text, signal) {
      const answer = queue.then(() => classifyNow(text, signal));
      queue = answer.catch(() => {});
      return answer;
    },
    async dispose() {
      disposal.abort(new AppError('model_failed', `The model ${file} was unloaded.`));
      await queue;
      const loaded = await loading?.catch(() => null);
      await loaded?.dispose();
    },
  };
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
