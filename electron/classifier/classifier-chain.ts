import { AppError, toAppError } from '../../shared/errors.ts';
import type { Classification, Source } from '../../shared/ticket.ts';
import type { Classifier } from '../tickets/ports.ts';
import type { LabelSource } from './label-source.ts';

/** How long a ticket waits for the GGUF, loading included, in milliseconds. */
export const defaultGgufTimeLimitMs = 20_000;

export interface ClassifierChainParts {
  /** null where there is none. */
  gguf: LabelSource | null;
  /** null unless the user turned OpenAI on. */
  openai: LabelSource | null;
  builtin: LabelSource | null;
  ggufTimeLimitMs?: number;
  /** Told of every source that could not answer; the error never holds the ticket's text. */
  onFailure?: (source: Source, error: AppError) => void;
}

/**
 * The first source that answers decides: the GGUF on this machine; OpenAI, so that text leaves the machine only
 * where no GGUF could answer; the built-in model; else Task with source `none`.
 */
export function createClassifierChain({
  gguf,
  openai,
  builtin,
  ggufTimeLimitMs = defaultGgufTimeLimitMs,
  onFailure = () => {},
}: ClassifierChainParts): Classifier {
  const sources: [Source, (text: string) => Promise<Classification>][] = [];
  if (gguf) sources.push(['gguf', (text) => within(ggufTimeLimitMs, (signal) => gguf.classify(text, signal))]);
  if (openai) sources.push(['openai', (text) => openai.classify(text)]);
  if (builtin) sources.push(['builtin', (text) => builtin.classify(text)]);

  return {
    async classify(text) {
      for (const [source, classify] of sources) {
        try {
          return await classify(text);
        } catch (thrown) {
          onFailure(source, toAppError(thrown));
        }
      }
      return { label: 'Task', confidence: null, probabilities: null, source: 'none', model: null, ms: 0 };
    },
  };
}

/** Rejects when the time is up, and tells the work that nobody waits for it any more. */
function within<T>(limitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const late = new AppError('model_failed', `The model did not answer within ${limitMs / 1000} s.`);
      stop.abort(late);
      reject(late);
    }, limitMs);
    work(stop.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
