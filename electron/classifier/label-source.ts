import type { Classification } from '../../shared/ticket.ts';

/** One of the chain's classifiers. Unlike the Classifier port it may fail. */
export interface LabelSource {
  /** @throws AppError; `unavailable` where the source works but could not take this text, for now */
  classify(text: string): Promise<Classification>;
}
