import { reactionTo, toAppError } from '../../shared/errors.ts';
import { projectKeyPattern } from '../../shared/issue-key.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';
import { type JiraApi, requestLabel, type StoredIssue } from './api/jira-api.ts';
import { inProject, keyOf, numberOf, prefixOf } from './api/project-keys.ts';
import { cleanSummary } from './description.ts';
import { requestIdIn } from './marks/ticket-property.ts';
import { nothingWalked, type Walked, walkKeys } from './walk-keys.ts';

const pageSize = 100;
const mostPages = 5;
/** Minutes allowed for clocks that differ and for Jira counting whole minutes. */
const slackMinutes = 15;
export interface LookUp {
  api: JiraApi;
  /** Key or id of the project. */
  project: string;
  /** The newest key that was known before the create, `KAN-0` in an empty project; null where none was known. */
  anchorKey: string | null;
  /** Numbers in keys of the project's issues that this program made for other requests. */
  made: ReadonlySet<number>;
  /** Whether the create may take effect yet: then there is nothing to be certain of, and few keys are read. */
  isOpen: boolean;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * The issue of the request, by its property, or by its own label where no property says otherwise: clones have the labels
 * of what they were made from. Found in any project by a search for labels, which comes first where one names the request;
 * but the index lags by up to minutes, so the keys are read that follow the one that was the newest before the create, and
 * where no key was known before, the newest of the project.
 *
 * `isCertain`: without an issue, whether there certainly is none. Only reading keys proves that. There is none where no
 * later key exists, or where every later one could be read and is known not to be ours: a key that cannot be read below
 * one that can may be ours, hidden, and where a create carries no mark, so may one that says nothing of a request, as may
 * anywhere one that says nothing and has our summary. Where nothing of the project was ever read, all of it may be hidden,
 * so Jira is asked whether it is empty. The keys are those that the project has now: not every Jira knows an issue by a key
 * that its project had before the issue was made.
 */
export async function findCreated(
  { api, project, anchorKey, made, isOpen, now }: LookUp,
  { requestId, receivedAt, summary }: Pick<IssueDraft, 'requestId' | 'receivedAt'> & { summary?: string | undefined },
): Promise<{ issue: StoredIssue | null; isCertain: boolean }> {
  const pick = (issues: readonly StoredIssue[]) => issueOf(requestId, issues);
  // Relative, since Jira reads an absolute time in the account's own time zone.
  const minutes = Math.max(0, Math.ceil((now - Date.parse(receivedAt)) / 60_000)) + slackMinutes;
  const { jql, isOfRequest } = await api.requestClause(requestId, minutes);
  const search = () => searchLabelled(api, jql, pick);
  // One that fails in passing is made again where the keys do not tell.
  const early = isOfRequest ? await search().catch(() => null) : null;
  if (early !== null && early.found !== null) return { issue: early.found, isCertain: true };
  // Where no anchor is known, the walk can only begin behind what the index knows, and proves nothing.
  const newest = anchorKey === null ? await newestIssues(api, project, { withProperty: true }) : [];
  const known = pick(newest);
  if (known !== null) return { issue: known, isCertain: true };
  const start = anchorKey ?? newestKey(newest, project);

  const walkFrom = async (from: string | null) =>
    from === null ? nothingWalked : walkKeys(api, from, { pick, isOpen, made });
  const title = summary === undefined ? null : cleanSummary(summary);
  /** Whether none of the keys that were read can be ours. */
  const isTold = async ({ unknown }: Walked) => {
    if (unknown.some((issue) => cleanSummary(issue.summary) === title)) return false;
    return unknown.length === 0 || (await api.marksCreates(project));
  };
  const walked = await walkFrom(start);
  if (walked.found !== null) return { issue: walked.found, isCertain: true };
  const labelled = early ?? (await search());
  if (labelled.found !== null) return { issue: labelled.found, isCertain: true };
  const isProven = anchorKey !== null && !labelled.isRefused && !isOpen;
  if (!isProven) return { issue: null, isCertain: false };
  const current = keyOf((await currentKey(api, project)) ?? prefixOf(anchorKey), numberOf(anchorKey));
  const last = current === anchorKey ? walked : await walkFrom(current);
  if (last.found !== null) return { issue: last.found, isCertain: true };
  if (last.sawAny) return { issue: null, isCertain: last.isWhole && (await isTold(last)) };
  const empty = await isEmpty(api, prefixOf(current));
  if (empty !== false) return { issue: null, isCertain: last.isWhole && empty === true };
  // Somebody may have filed the first one since: then it can be seen now.
  const again = await walkFrom(current);
  if (again.found !== null) return { issue: again.found, isCertain: true };
  return { issue: null, isCertain: again.sawAny && again.isWhole && (await isTold(again)) };
}

/** The request's issue among others. What the property says beats labels; of two that only have the label, the first. */
function issueOf(requestId: string, issues: readonly StoredIssue[]): StoredIssue | null {
  const label = requestLabel(requestId);
  return (
    issues.find(({ property }) => requestIdIn(property) === requestId) ??
    issues.find(({ property, labels }) => requestIdIn(property) === null && labels.includes(label)) ??
    null
  );
}

/** The key that the project has now; null where Jira does not tell. */
async function currentKey(api: JiraApi, project: string): Promise<string | null> {
  try {
    return await api.projectKey(project);
  } catch (thrown) {
    const { code } = toAppError(thrown);
    // Keys could be read with this login: where it is refused for this alone, a scope is missing.
    if (reactionTo(code) !== 'give_up' && code !== 'bad_response' && code !== 'unauthorized') throw thrown;
    return null;
  }
}

async function isEmpty(api: JiraApi, project: string): Promise<boolean | null> {
  try {
    return await api.isEmpty(project);
  } catch (thrown) {
    if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
    return null;
  }
}

/** The newest issues of the project that the index knows. */
export async function newestIssues(
  api: JiraApi,
  project: string,
  { withProperty }: { withProperty: boolean },
): Promise<StoredIssue[]> {
  const jql = `${inProject(project)} ORDER BY created DESC`;
  const { issues } = await api.search(jql, { size: pageSize, from: null, withProperty });
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

async function searchLabelled(
  api: JiraApi,
  jql: string,
  pick: (issues: readonly StoredIssue[]) => StoredIssue | null,
): Promise<{ found: StoredIssue | null; isRefused: boolean }> {
  try {
    // The first ones first: it was made soon after it was received.
    return { found: await searchPages(api, `${jql} ORDER BY created ASC`, pick), isRefused: false };
  } catch (thrown) {
    if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
    return { found: null, isRefused: true };
  }
}

async function searchPages(
  api: JiraApi,
  jql: string,
  pick: (issues: readonly StoredIssue[]) => StoredIssue | null,
): Promise<StoredIssue | null> {
  let from: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { issues, next } = await api.search(jql, { size: pageSize, from, withProperty: true });
    const found = pick(issues);
    if (found !== null) return found;
    if (next === null) return null;
    from = next;
  }
  return null;
}
