import { AppError } from '../../shared/errors.ts';
import { type IssueTracker, notSealable } from './ports/issue-tracker.ts';

/** Wait before what cannot be sealed yet is tried again, in milliseconds. */
const againMs = 5_000;

/**
 * The tracker, which is not asked for what people said before that can be sealed and proven: storing it is
 * `unavailable` then. That says nothing of Jira, neither good nor bad, so this stands before whatever watches Jira.
 */
export function onceSealable(tracker: IssueTracker, isSealable: () => boolean): IssueTracker {
  const wait =
    <Arguments extends unknown[], T>(call: (...given: Arguments) => Promise<T>) =>
    async (...given: Arguments): Promise<T> => {
      if (!isSealable()) throw new AppError('unavailable', notSealable, { isHeldBack: true, retryAfterMs: againMs });
      return call(...given);
    };
  return {
    ...tracker,
    recordDecision: wait(tracker.recordDecision),
    relabel: wait(tracker.relabel),
    readMarks: async (asked) => (isSealable() ? tracker.readMarks(asked) : new Map()),
  };
}
