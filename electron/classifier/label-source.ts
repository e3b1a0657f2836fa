import type { Classification } from '../../shared/ticket.ts';

/** One of the chain's classifiers. Unlike the Classifier port it may fail. */
export interface LabelSource {
  /**
   * `signal`: nobody waits for the answer any more.
   * @throws AppError
   */
  classify(text: string, signal?: AbortSignal): Promise<Classification>;
}
