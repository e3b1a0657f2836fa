import type { Classification, CloudUse } from '../../../shared/ticket.ts';

/** One of the chain's classifiers. Unlike the Classifier port it may fail. */
export interface LabelSource {
  /** @throws AppError; `unavailable` where the source works but could not take this text, for now */
  classify(text: string): Promise<Classification>;
}

/** One that sends the text away. Its `unavailable` means that nothing was sent. */
export interface CloudSource extends LabelSource {
  /** What `classify` would send now, and to whom. */
  whatIsSent(text: string): CloudUse;
}
