import { AppError, type ErrorCode, toAppError } from '../../shared/errors.ts';
import type { IssueTracker } from './ports.ts';

/** Codes that say something of a ticket or an issue, not of Jira as a whole. */
const aboutOneRequest: ReadonlySet<ErrorCode> = new Set(['invalid_input', 'not_found', 'forbidden', 'bug']);

/** Does a call, or refuses it where the service is not to be asked now. */
type Guard = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * The tracker behind a guard, with what each call for a ticket tells of Jira as a whole: null where it succeeded, the
 * error where the trouble is Jira's and not the ticket's.
 */
export function watchTracker(
  tracker: IssueTracker,
  guard: Guard,
  onOutcome: (error: AppError | null) => void,
): IssueTracker {
  const watch =
    <Arguments extends unknown[], T>(call: (...given: Arguments) => Promise<T>) =>
    async (...given: Arguments): Promise<T> => {
      try {
        const answer = await guard(() => call(...given));
        onOutcome(null);
        return answer;
      } catch (thrown) {
        const error = toAppError(thrown);
        if (!aboutOneRequest.has(error.code)) onOutcome(error);
        throw thrown;
      }
    };
  return {
    beforeCreate: watch(tracker.beforeCreate),
    createIssue: watch(tracker.createIssue),
    findCreated: watch(tracker.findCreated),
    getIssue: watch(tracker.getIssue),
    recordDecision: watch(tracker.recordDecision),
    readMarks: watch(tracker.readMarks),
    relabel: watch(tracker.relabel),
    listIssues: watch(tracker.listIssues),
    clearTest: watch(tracker.clearTest),
    // Mostly known without asking.
    projectKey: tracker.projectKey,
    isOwnAddress: tracker.isOwnAddress,
    check: tracker.check,
  };
}

/** A tracker that answers every call with `not_configured`, so that tickets wait until the settings change. */
export function unusableTracker(message: string): IssueTracker {
  const refuse = async () => {
    throw new AppError('not_configured', message);
  };
  return {
    beforeCreate: refuse,
    createIssue: refuse,
    findCreated: refuse,
    getIssue: refuse,
    recordDecision: refuse,
    readMarks: refuse,
    relabel: refuse,
    projectKey: refuse,
    isOwnAddress: refuse,
    check: refuse,
    listIssues: refuse,
    clearTest: refuse,
  };
}
