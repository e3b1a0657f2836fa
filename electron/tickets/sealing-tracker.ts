import { AppError } from '../../shared/errors.ts';
import { type IssueTracker, notSealable } from './ports.ts';

/**
 * The tracker, which is not asked to store what people said before that can be sealed: `unavailable` then, which says
 * nothing of Jira, so it stands before whatever watches Jira.
 */
export function onceSealable(tracker: IssueTracker, isSealable: () => boolean): IssueTracker {
  const wait =
    <Arguments extends unknown[], T>(call: (...given: Arguments) => Promise<T>) =>
    async (...given: Arguments): Promise<T> => {
      if (!isSealable()) throw new AppError('unavailable', notSealable);
      return call(...given);
    };
  return { ...tracker, recordDecision: wait(tracker.recordDecision), relabel: wait(tracker.relabel) };
}
