import { type AppError, type ErrorCode, reactionTo } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';

/** What becomes of a ticket whose step has failed. */
export interface Verdict {
  reaction: ReturnType<typeof reactionTo>;
  /** Failures in a row, this one included where it counts. */
  attempts: number;
  /** Wait before the next try, in milliseconds. */
  delayMs: number;
  /** What happened and why, in words for a person. */
  message: string;
  /** Whether so many tries failed that a person must act, whatever the error says. */
  isExhausted: boolean;
}

/** Counts the failures of each ticket, and says what follows from one. */
export interface FailureJudge {
  judge(ticket: Ticket, error: AppError): Verdict;
  /** Whether the ticket's last try was made and failed, and not held back. */
  hasFailed(requestId: string): boolean;
  /** Forgets the failures of a ticket whose run has ended well. */
  forget(requestId: string): void;
}

/**
 * Tries that failed in a row after which a ticket needs a person. The service is not to blame then: while it answers
 * nobody, it is spared, and nothing is tried.
 */
const mostTries: Partial<Record<ErrorCode, number>> = { unavailable: 10, unconfirmed: 10 };
/** Tries after which something on the way that answers in the service's place is taken at its word. */
const mostRefusals = 4;
/** Rounds of retries that such an answer skips: its first retry comes as late as the usual fourth one. */
const refusalRound = 3;

/** `retryDelayMs`: wait before the next try of what failed `attempt` times before, in milliseconds. */
export function createFailureJudge(retryDelayMs: (attempt: number) => number): FailureJudge {
  /** How often something else than the service has refused a ticket, by request id. */
  const refusals = new Map<string, number>();
  /** When a ticket failed last, on performance.now()'s clock; of those that were asked for, not held back. */
  const failedAt = new Map<string, number>();

  /** Failures in a row, this one included; `over`: why there were enough, else null. */
  function count(ticket: Ticket, error: AppError): { attempts: number; over: string | null } {
    const { requestId, issueKey, step } = ticket;
    // A create counts where it was sent, and a look is no try.
    const isNoTry = error.isHeldBack || (step === 'creating' && error.code === 'unconfirmed');
    if (isNoTry || (mostTries[error.code] === undefined && error.code !== 'bad_response')) {
      return { attempts: ticket.attempts, over: null };
    }
    // Where nobody at all was answered since it failed last, it is not about this ticket.
    const answeredAt = error.othersAnsweredAt ?? performance.now();
    if (answeredAt <= (failedAt.get(requestId) ?? 0)) return { attempts: ticket.attempts, over: null };
    const attempts = ticket.attempts + 1;
    if (error.code !== 'bad_response') {
      return { attempts, over: attempts < (mostTries[error.code] ?? 0) ? null : triedWords(attempts) };
    }
    // Of those before a restart only the row knows, which counts all failures in a row.
    const refusedBefore = ticket.error?.code === 'bad_response' ? ticket.attempts : 0;
    const refused = (refusals.get(requestId) ?? refusedBefore) + 1;
    refusals.set(requestId, refused);
    if (refused < mostRefusals) return { attempts, over: null };
    // What tells of a decision or a type has none of the ticket's words in it.
    const hasWords = issueKey === null || step === 'created';
    return { attempts, over: hasWords ? `${triedWords(refused)} ${firewallWords}` : triedWords(refused) };
  }

  function delayAfter(error: AppError, attempts: number): number {
    const isRefused = error.code === 'bad_response';
    const ownMs = retryDelayMs(Math.max(0, attempts - 1) + (isRefused ? refusalRound : 0));
    // As the other side asks, to the second; for longer where that does not help.
    return error.retryAfterMs === undefined
      ? ownMs
      : Math.max(error.retryAfterMs, Math.min(ownMs, Math.max(1, attempts) * 1_000));
  }

  return {
    judge(ticket, error) {
      const { requestId } = ticket;
      const { attempts, over } = count(ticket, error);
      if (error.isHeldBack) failedAt.delete(requestId);
      else failedAt.set(requestId, performance.now());
      const delayMs = delayAfter(error, attempts);
      if (over === null) {
        return { reaction: reactionTo(error.code), attempts, delayMs, message: error.message, isExhausted: false };
      }
      refusals.delete(requestId);
      return { reaction: 'give_up', attempts, delayMs, message: `${error.message} ${over}`, isExhausted: true };
    },

    hasFailed: (requestId) => failedAt.has(requestId),

    forget(requestId) {
      refusals.delete(requestId);
      failedAt.delete(requestId);
    },
  };
}

function triedWords(times: number): string {
  return `This was tried ${times} times in a row, while other requests got through.`;
}

const firewallWords =
  'So it is about this ticket: something on the way, such as a web firewall, may object to its words. ' +
  'Try it again with other words, or ask who runs that.';
