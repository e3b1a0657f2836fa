import type { AppError } from '../../shared/errors.ts';
import type { IssueTracker } from './ports/issue-tracker.ts';

/** A tracker that answers every call with this error: tickets wait until the settings change. */
export function unusableTracker(reason: AppError): IssueTracker {
  const refuse = async () => {
    throw reason;
  };
  return {
    beforeCreate: refuse,
    formFor: refuse,
    askedFor: refuse,
    createIssue: refuse,
    findCreated: refuse,
    supplement: refuse,
    attachFiles: refuse,
    getIssue: refuse,
    recordDecision: refuse,
    marksAtOnce: refuse,
    readMarks: refuse,
    relabel: refuse,
    projectKey: refuse,
    currentKey: refuse,
    isGone: refuse,
    isOwnAddress: refuse,
    check: refuse,
    listIssues: refuse,
    clearTest: refuse,
  };
}
