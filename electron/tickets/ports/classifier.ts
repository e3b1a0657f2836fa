import type { Classification } from '../../../shared/ticket.ts';

/** Where a text may go to be classified. */
export interface ClassifyLimits {
  /** false: no cloud model gets anything of this text, whatever the settings allow. */
  mayUseCloud: boolean;
}

/** Sorts a ticket's text into one of the five labels. Takes and gives serialisable values only. */
export interface Classifier {
  /** Classifies, and never rejects: where no model answers, the answer is Task with source `none`. */
  classify(text: string, limits: ClassifyLimits): Promise<Classification>;
}

/** Classification of a ticket whose label alone is known, but for that label. */
export const unknownSource = {
  confidence: null,
  probabilities: null,
  source: 'none',
  model: null,
  ms: 0,
} satisfies Partial<Classification>;
