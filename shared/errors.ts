import { z } from 'zod';

/**
 * Every failure this program knows. Adapters translate into these once; callers branch on the code, never on
 * a message. `unavailable` never reached the other side, or it said that it took nothing, so the same request may
 * be repeated; `unconfirmed` may have taken effect, so that is looked for before anything is repeated.
 */
export const errorCodes = [
  'invalid_input',
  'not_configured',
  'unauthorized',
  'forbidden',
  'not_found',
  'rate_limited',
  'unavailable',
  'unconfirmed',
  'bad_response',
  'model_failed',
  'storage_failed',
  'bug',
] as const;
export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Longest wait for anybody, whatever they ask for, and longest timer, in milliseconds. */
export const longestPauseMs = 3_600_000;

interface ErrorDetails {
  cause?: unknown;
  retryAfterMs?: number | undefined;
  openForMs?: number | undefined;
  isHeldBack?: boolean | undefined;
  needsPerson?: boolean | undefined;
  othersAnsweredAt?: number | undefined;
  fields?: readonly string[] | undefined;
  mayAsk?: boolean | undefined;
}

/** A failure with its code; the message is one a person may read: what happened, why, what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  /**
   * How long the other side asked us to wait, in milliseconds: an hour at most. Such numbers come from outside, and what
   * was asked for is no number where it is undefined.
   */
  readonly retryAfterMs: number | undefined;
  /** How long a request whose answer is missing may still take effect, in milliseconds. */
  readonly openForMs: number | undefined;
  /** Whether the other side was not asked at all, because it is being spared. */
  readonly isHeldBack: boolean;
  /** Whether only a person may try again, because the program would make it worse: a captcha. */
  readonly needsPerson: boolean;
  /** When the other side last answered anybody at all, on performance.now()'s clock; undefined where nobody watches. */
  readonly othersAnsweredAt: number | undefined;
  /** Fields of the tracker, by id, whose values a person has to give or to correct; undefined where it is not about any. */
  readonly fields: readonly string[] | undefined;
  /** Whether who asked can give these fields: each has an input, and nothing else is wrong. */
  readonly mayAsk: boolean;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryAfterMs = pauseWithinBounds(details.retryAfterMs);
    this.openForMs = details.openForMs;
    this.isHeldBack = details.isHeldBack ?? false;
    this.needsPerson = details.needsPerson ?? false;
    this.othersAnsweredAt = details.othersAnsweredAt;
    this.fields = details.fields;
    this.mayAsk = details.mayAsk ?? false;
  }

  /** The same failure, but for these. */
  with(details: ErrorDetails & { code?: ErrorCode }): AppError {
    const { code = this.code, ...others } = details;
    return new AppError(code, this.message, { ...this, cause: this.cause, ...others });
  }
}

function pauseWithinBounds(asked: number | undefined): number | undefined {
  if (asked === undefined || Number.isNaN(asked)) return undefined;
  return Math.min(longestPauseMs, Math.max(0, asked));
}

/** Whatever was thrown, as an AppError; what nobody translated is a `bug`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('bug', `Something unexpected went wrong: ${reason}`, { cause: thrown });
}

/** What the program does with an error, without asking anybody. */
const reactions: Record<ErrorCode, 'retry' | 'park' | 'give_up'> = {
  invalid_input: 'give_up',
  not_configured: 'park',
  unauthorized: 'park',
  forbidden: 'give_up',
  not_found: 'give_up',
  rate_limited: 'retry',
  unavailable: 'retry',
  unconfirmed: 'retry',
  bad_response: 'retry',
  model_failed: 'give_up',
  storage_failed: 'retry',
  bug: 'give_up',
};

/**
 * `retry`: a moment's trouble, tried again later. `park`: nothing helps until the settings change, or the login is accepted.
 * `give_up`: it describes the request, not the moment, so a person must act.
 */
export function reactionTo(code: ErrorCode): 'retry' | 'park' | 'give_up' {
  return reactions[code];
}
