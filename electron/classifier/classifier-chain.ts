import { type AppError, toAppError } from '../../shared/errors.ts';
import type { Source } from '../../shared/ticket.ts';
import type { Classifier } from '../tickets/ports.ts';
import type { LabelSource } from './label-source.ts';

export interface ClassifierChainParts {
  /** null where there is none. */
  gguf: LabelSource | null;
  /** null unless the user turned OpenAI on. */
  openai: LabelSource | null;
  builtin: LabelSource | null;
  /** Told of every source that could not answer; the error never holds the ticket's text. */
  onFailure?: (source: Source, error: AppError) => void;
}

/**
 * The first source that answers decides: the GGUF on this machine; OpenAI, so that text leaves the machine only
 * where no GGUF could answer; the built-in model; else Task with source `none`. A GGUF that is only busy with other
 * tickets could have answered, so what does not get its turn goes to the built-in model at once.
 */
export function createClassifierChain({
  gguf,
  openai,
  builtin,
  onFailure = () => {},
}: ClassifierChainParts): Classifier {
  const sources: [Source, LabelSource | null][] = [
    ['gguf', gguf],
    ['openai', openai],
    ['builtin', builtin],
  ];

  return {
    async classify(text) {
      let ggufBusy = false;
      for (const [source, classifier] of sources) {
        if (classifier === null || (source === 'openai' && ggufBusy)) continue;
        try {
          return await classifier.classify(text);
        } catch (thrown) {
          const error = toAppError(thrown);
          ggufBusy ||= source === 'gguf' && error.code === 'unavailable';
          onFailure(source, error);
        }
      }
      return { label: 'Task', confidence: null, probabilities: null, source: 'none', model: null, ms: 0 };
    },
  };
}
