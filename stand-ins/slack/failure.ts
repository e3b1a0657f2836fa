import type { Json } from '../record.ts';

/** Slack's `{ok: false, error}`, thrown by whatever refuses a call. */
export class SlackFailure extends Error {
  override readonly name = 'SlackFailure';
  readonly error: string;
  /** Further fields of the answer, such as `needed` and `provided`. */
  readonly details: Json;
  /** Seconds to wait, with 429 alone. */
  readonly retryAfterSeconds: number | undefined;

  constructor(error: string, details: Json = {}, retryAfterSeconds?: number) {
    super(error);
    this.error = error;
    this.details = details;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
