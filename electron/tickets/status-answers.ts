import { type AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { IssueReference } from '../../shared/issue-key.ts';
import type { IssueTracker, IssueView } from './ports/issue-tracker.ts';

/** Keys of the projects whose issues anybody may read with `/ticket_status`. */
export type ShownProjects = '*' | readonly string[];

/** Answer to `/ticket_status`. `not_shown` says neither that there is such an issue nor that there is none. */
export type StatusAnswer =
  | { outcome: 'shown'; issue: IssueView }
  | { outcome: 'not_found'; key: string }
  /** An issue of ours, as the log knows. */
  | { outcome: 'deleted'; key: string }
  | { outcome: 'not_shown'; key: string; projects: readonly string[] }
  | { outcome: 'other_site'; host: string }
  | { outcome: 'no_key' };

/** Whether somebody may read this issue: by the key that the tracker answered with, since issues move. */
export function mayShow({ key, isOurs }: Pick<IssueView, 'key' | 'isOurs'>, projects: ShownProjects): boolean {
  return isOurs || isIn(key, projects);
}

function isIn(key: string, projects: ShownProjects): boolean {
  return projects === '*' || projects.includes(projectOf(key));
}

const projectOf = (key: string) => key.replace(/-\d+$/, '');

export interface StatusAnswerDeps {
  tracker: Pick<IssueTracker, 'getIssue' | 'isOwnAddress' | 'projectKey' | 'currentKey'>;
  /** The configured projects, by key or id. */
  projects: readonly string[];
  /** Projects beside it; asked each time. */
  moreProjects(): ShownProjects;
}

/**
 * Answers `/ticket_status`. The account in whose name we ask often sees more than whoever asks, so only our projects,
 * our own issues and what the settings allow are shown; the rest is answered as if it were not there.
 *
 * @throws AppError as the tracker does, but for what it says of an issue that is not to be shown.
 */
export async function answerStatus(reference: IssueReference, deps: StatusAnswerDeps): Promise<StatusAnswer> {
  const { tracker } = deps;
  const { key, address } = reference;
  if (address !== null && !(await tracker.isOwnAddress(address))) {
    return { outcome: 'other_site', host: new URL(address).host };
  }
  if (key === null) return { outcome: 'no_key' };
  const more = deps.moreProjects();
  const projects = more === '*' ? more : [...(await keysOfProjects(deps)), ...more];
  const issue = await tracker.getIssue(key).catch((thrown) => {
    if (isAbsent(toAppError(thrown), isIn(key, projects))) return null;
    throw thrown;
  });
  if (
    issue !== null &&
    (mayShow(issue, projects) || (isIn(key, projects) && (await isRenamed(key, issue.key, tracker))))
  )
    return { outcome: 'shown', issue };
  if (projects === '*' || isIn(key, projects)) return { outcome: 'not_found', key };
  return { outcome: 'not_shown', key, projects };
}

/** Keys of the configured projects; those are left out that Jira does not tell. */
async function keysOfProjects({ tracker, projects }: StatusAnswerDeps): Promise<string[]> {
  const keys = await Promise.all(projects.map((project) => orNull(tracker.projectKey(project))));
  return [...new Set(keys.filter((key) => key !== null))];
}

/** Whether an issue has another key than was asked for only because its project has. */
async function isRenamed(asked: string, answered: string, tracker: StatusAnswerDeps['tracker']): Promise<boolean> {
  return (await orNull(tracker.currentKey(projectOf(asked)))) === projectOf(answered);
}

/** The key, or null where Jira refuses to say it. */
async function orNull(key: Promise<string>): Promise<string | null> {
  return key.catch((thrown) => {
    if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
    return null;
  });
}

/** Whether an issue counts as absent: of one that is not to be shown, no refusal may tell that it is there. */
function isAbsent({ code }: AppError, isShown: boolean): boolean {
  if (code === 'not_found') return true;
  return !isShown && (reactionTo(code) === 'give_up' || code === 'bad_response');
}
