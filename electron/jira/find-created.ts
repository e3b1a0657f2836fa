import { reactionTo, toAppError } from '../../shared/errors.ts';
import { projectKeyPattern } from '../../shared/issue-key.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';
import { type JiraApi, type StoredIssue, ticketAgentMark } from './jira-api.ts';
import { inProject, keyOf, numberOf, prefixOf } from './project-keys.ts';
import { requestIdIn } from './ticket-property.ts';

const pageSize = 100;
const mostPages = 5;
/** Minutes allowed for clocks that differ and for Jira counting whole minutes. */
const slackMinutes = 15;
/** Numbers are handed out in order, but deleted, moved and hidden issues leave gaps. */
const keysAtOnce = 50;
const mostWindows = 20;

export interface LookUp {
  api: JiraApi;
  /** Key or id of the project. */
  project: string;
  /** The newest key that was known before the create, `KAN-0` in an empty project; null where none was known. */
  anchorKey: string | null;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * The issue that carries the request's id. First the keys that follow the one that was the newest before the create:
 * reading them needs no index, which lags by up to minutes. Then a search for our label, because entity properties
 * cannot be searched for, and where no key was known before, the newest of the project.
 *
 * `isCertain`: without an issue, whether there certainly is none. There is none where no later key exists, or where
 * every later one could be read: a key that cannot be read below one that can may be ours, hidden. Where nothing of the
 * project was ever read, all of it may be hidden, so Jira is asked whether it is empty.
 */
export async function findCreated(
  { api, project, anchorKey, now }: LookUp,
  { requestId, receivedAt }: Pick<IssueDraft, 'requestId' | 'receivedAt'>,
): Promise<{ issue: StoredIssue | null; isCertain: boolean }> {
  const isIt = (issue: StoredIssue) => requestIdIn(issue.property) === requestId;
  // Where no anchor is known, the walk can only begin behind what the index knows, and proves nothing.
  const newest = anchorKey === null ? await newestIssues(api, project) : [];
  const known = newest.find(isIt);
  if (known !== undefined) return { issue: known, isCertain: true };
  const start = anchorKey ?? newestKey(newest, project);

  const walkNow = async () => (start === null ? nothingWalked : walk(api, start, isIt));
  const walked = await walkNow();
  if (walked.found !== null) return { issue: walked.found, isCertain: true };
  const labelled = await searchLabelled(api, { project, receivedAt, now }, isIt);
  if (labelled.found !== null) return { issue: labelled.found, isCertain: true };
  const isProven = anchorKey !== null && !labelled.isRefused;
  if (!isProven || walked.sawAny) return { issue: null, isCertain: isProven && walked.isWhole };
  const empty = await isEmpty(api, anchorKey);
  if (empty !== false) return { issue: null, isCertain: walked.isWhole && empty === true };
  // Somebody may have filed the first one since: then it can be seen now.
  const again = await walkNow();
  return { issue: again.found, isCertain: again.found !== null || (again.sawAny && again.isWhole) };
}

const nothingWalked = { found: null, isWhole: false, sawAny: false };

async function isEmpty(api: JiraApi, anchorKey: string): Promise<boolean | null> {
  try {
    return await api.isEmpty(prefixOf(anchorKey));
  } catch (thrown) {
    if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
    return null;
  }
}

/** The newest issues of the project that the index knows. */
export async function newestIssues(api: JiraApi, project: string): Promise<StoredIssue[]> {
  const jql = `${inProject(project)} ORDER BY created DESC`;
  const { issues } = await api.search(jql, { size: pageSize, from: null });
  return issues;
}

/** The key with the highest number; where there is none, `KAN-0`, or null where the project is known by id only. */
export function newestKey(issues: readonly StoredIssue[], project: string): string | null {
  const prefix = (issues[0] && prefixOf(issues[0].key)) ?? (projectKeyPattern.test(project) ? project : null);
  if (prefix === null) return null;
  // Issues that were moved in have younger numbers and older dates.
  const ours = issues.filter(({ key }) => key.startsWith(`${prefix}-`));
  return keyOf(prefix, Math.max(0, ...ours.map(({ key }) => numberOf(key))));
}

/**
 * Reads the keys from `start` on. `isWhole`: none of them, up to the last one there is, escaped the reading. `sawAny`:
 * one could be read.
 */
async function walk(
  api: JiraApi,
  start: string,
  isIt: (issue: StoredIssue) => boolean,
): Promise<{ found: StoredIssue | null; isWhole: boolean; sawAny: boolean }> {
  const prefix = prefixOf(start);
  let unread = 0;
  let isWhole = true;
  let sawAny = false;
  // Beginning with the one that was known: where it cannot be read, neither could its successor be.
  let number = Math.max(1, numberOf(start));
  for (let window = 0; window < mostWindows; window += 1) {
    const keys = Array.from({ length: keysAtOnce }, (_, index) => keyOf(prefix, number + index));
    const issues = await api.readIssues(keys);
    const found = [...issues.values()].find(isIt);
    if (found !== undefined) return { found, isWhole, sawAny: true };
    if (window === 0 && numberOf(start) > 0 && !issues.has(start)) isWhole = false;
    for (const key of keys) {
      if (!issues.has(key)) unread += 1;
      else {
        if (unread > 0) isWhole = false;
        unread = 0;
      }
    }
    if (issues.size === 0) return { found: null, isWhole, sawAny };
    sawAny = true;
    number += keysAtOnce;
  }
  // A thousand issues later, and more behind them.
  return { found: null, isWhole: false, sawAny };
}

async function searchLabelled(
  api: JiraApi,
  { project, receivedAt, now }: { project: string; receivedAt: string; now: number },
  isIt: (issue: StoredIssue) => boolean,
): Promise<{ found: StoredIssue | null; isRefused: boolean }> {
  // Relative, since Jira reads an absolute time in the account's own time zone.
  const minutes = Math.max(0, Math.ceil((now - Date.parse(receivedAt)) / 60_000)) + slackMinutes;
  const ours = `${inProject(project)} AND labels = "${ticketAgentMark}"`;
  const since = `created >= -${minutes}m ORDER BY created DESC`;
  // Where an automation sets the reporter, or the account may not be asked for, the rest narrows enough.
  for (const jql of [`${ours} AND reporter = currentUser() AND ${since}`, `${ours} AND ${since}`]) {
    try {
      return { found: await searchPages(api, jql, isIt), isRefused: false };
    } catch (thrown) {
      if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
    }
  }
  return { found: null, isRefused: true };
}

async function searchPages(
  api: JiraApi,
  jql: string,
  isIt: (issue: StoredIssue) => boolean,
): Promise<StoredIssue | null> {
  let from: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { issues, next } = await api.search(jql, { size: pageSize, from });
    const found = issues.find(isIt);
    if (found) return found;
    if (next === null) return null;
    from = next;
  }
  return null;
}
