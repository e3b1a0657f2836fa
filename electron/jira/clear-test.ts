import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { IssueTracker } from '../tickets/ports/issue-tracker.ts';
import type { JiraApi } from './jira-api.ts';

/** Clears an issue that was only a test: deletes it, else closes it, else labels it `test`. */
export async function clearTest(api: JiraApi, key: string): ReturnType<IssueTracker['clearTest']> {
  if (await attempt(api.deleteIssue(key))) return 'deleted';
  const transitions = await attempt(api.closingTransitions(key));
  // A transition may demand fields that are not known here, so each is tried.
  for (const id of transitions?.answer ?? []) if (await attempt(api.transition(key, id))) return 'closed';
  return (await attempt(api.addLabel(key, 'test'))) ? 'labelled' : 'left';
}

/** `unauthorized` too: the gateway for scoped tokens says so where only a scope is missing. */
const refusals: ReadonlySet<ErrorCode> = new Set(['forbidden', 'not_found', 'invalid_input', 'unauthorized']);

/** What Jira answered; null where it refused. */
async function attempt<T>(work: Promise<T>): Promise<{ answer: T } | null> {
  try {
    return { answer: await work };
  } catch (thrown) {
    if (thrown instanceof AppError && refusals.has(thrown.code)) return null;
    throw thrown;
  }
}
