import { AppError } from '../../shared/errors.ts';
import { projectKeyPattern } from '../../shared/issue-key.ts';
import type { IssueDraft } from '../tickets/ports.ts';
import { type JiraApi, type StoredIssue, ticketAgentMark } from './jira-api.ts';
import { readProperty } from './ticket-property.ts';

const pageSize = 100;
const mostPages = 5;
/** For clocks that differ and for Jira counting whole minutes. */
const slackMinutes = 15;
const mostKeysRead = 20;
/** Numbers are handed out in order, but deleted, moved and hidden issues leave gaps. */
const gapThatEndsTheWalk = 5;

/**
 * The issue that carries the request's id. Entity properties cannot be searched for, so our label narrows the
 * search and the property decides; issues made without the label are among the project's newest; and those that
 * the search does not know yet (its index lags by up to minutes) have the numbers after the newest it knows.
 */
export async function findCreated(
  { api, project, now }: { api: JiraApi; project: string; now: number },
  { requestId, receivedAt }: Pick<IssueDraft, 'requestId' | 'receivedAt'>,
): Promise<StoredIssue | null> {
  const isIt = (issue: StoredIssue) => readProperty(issue.property).requestId === requestId;
  const where = inProject(project);
  // Relative, since Jira reads an absolute time in the account's own time zone.
  const minutes = Math.max(0, Math.ceil((now - Date.parse(receivedAt)) / 60_000)) + slackMinutes;
  const labelled = `${where} AND labels = "${ticketAgentMark}" AND created >= -${minutes}m ORDER BY created DESC`;

  let from: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { issues, next } = await api.search(labelled, { size: pageSize, from });
    const found = issues.find(isIt);
    if (found) return found;
    if (next === null) break;
    from = next;
  }

  const newest = await api.search(`${where} ORDER BY created DESC`, { size: pageSize, from: null });
  return newest.issues.find(isIt) ?? (await walk(api, startOfWalk(newest.issues, project), isIt));
}

/** As a clause of JQL. */
export function inProject(project: string): string {
  return `project = ${/^\d+$/.test(project) ? project : `"${project}"`}`;
}

interface Start {
  prefix: string;
  number: number;
}

/** The highest number that the search knows; null in an empty project of which only the numeric id is known. */
function startOfWalk(newest: StoredIssue[], project: string): Start | null {
  const prefix = projectKeyPattern.test(project) ? project : newest[0]?.key.replace(/-\d+$/, '');
  if (prefix === undefined) return null;
  const numbers = newest.map(({ key }) => Number(key.slice(key.lastIndexOf('-') + 1)));
  return { prefix, number: Math.max(0, ...numbers) };
}

async function walk(
  api: JiraApi,
  start: Start | null,
  isIt: (issue: StoredIssue) => boolean,
): Promise<StoredIssue | null> {
  if (start === null) return null;
  let gap = 0;
  for (let read = 1; read <= mostKeysRead && gap < gapThatEndsTheWalk; read += 1) {
    const issue = await api.getIssue(`${start.prefix}-${start.number + read}`).catch(nullWhenAbsent);
    if (issue && isIt(issue)) return issue;
    gap = issue ? 0 : gap + 1;
  }
  return null;
}

function nullWhenAbsent(thrown: unknown): null {
  if (thrown instanceof AppError && thrown.code === 'not_found') return null;
  throw thrown;
}
