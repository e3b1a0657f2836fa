import { type AppError, toAppError } from '../../shared/errors.ts';
import type { Trial } from '../../shared/model-view.ts';
import type { Classification, CloudUse, Source } from '../../shared/ticket.ts';
import type { Classifier, ClassifyLimits } from '../tickets/ports/classifier.ts';
import type { CloudSource, LabelSource } from './scoring/label-source.ts';

export interface ClassifierChainParts {
  /** The GGUF; null where there is none. */
  gguf: LabelSource | null;
  /** OpenAI; null unless the user turned it on. */
  openai: CloudSource | null;
  builtin: LabelSource | null;
  /** Called for every source that could not answer; the error never holds the ticket's text. */
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
}: ClassifierChainParts): Classifier & {
  /** Classifies, and tells which sources were asked before and why they could not answer. */
  classifyWithReasons(text: string, limits: ClassifyLimits): Promise<Trial>;
} {
  const sources: [Source, LabelSource | null][] = [
    ['gguf', gguf],
    ['openai', openai],
    ['builtin', builtin],
  ];

  async function classifyWithReasons(text: string, { mayUseCloud }: ClassifyLimits): Promise<Trial> {
    const passedOver: Trial['passedOver'] = [];
    let ggufBusy = false;
    let cloud: { cloud?: CloudUse } = {};
    for (const [source, classifier] of sources) {
      if (classifier === null || (source === 'openai' && (ggufBusy || !mayUseCloud))) continue;
      const use = source === 'openai' && openai !== null ? { cloud: openai.whatIsSent(text) } : {};
      try {
        return { classification: { ...(await classifier.classify(text)), ...cloud, ...use }, passedOver };
      } catch (thrown) {
        const error = toAppError(thrown);
        // Whatever it answered, it was sent, unless OpenAI was never reached.
        if (error.code !== 'unavailable') cloud = { ...cloud, ...use };
        ggufBusy ||= source === 'gguf' && error.code === 'unavailable';
        passedOver.push({ source, message: error.message });
        onFailure(source, error);
      }
    }
    return { classification: { ...nobodysAnswer, ...cloud }, passedOver };
  }

  return {
    classifyWithReasons,
    classify: async (text, limits) => (await classifyWithReasons(text, limits)).classification,
  };
}

const nobodysAnswer: Classification = {
  label: 'Task',
  confidence: null,
  probabilities: null,
  source: 'none',
  model: null,
  ms: 0,
};
