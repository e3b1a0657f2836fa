import { issueKeyPattern, projectKeyPattern } from './issue-key.ts';

/** Words behind which a path names a project by its key. */
const beforeKey = new Set(['projects', 'browse', 'project-config']);

/** The key of the project that an address of Jira's names: that of its issue, else its own; null where it names none. `segments`: of its path. */
export function projectIn(segments: string[], params: URLSearchParams): string | null {
  const issue = [params.get('selectedIssue'), ...segments.toReversed()].map(projectOfIssue).find((key) => key !== null);
  if (issue !== undefined) return issue;
  const named = segments.find((segment, at) => beforeKey.has(segments[at - 1] ?? '') && asProject(segment) !== null);
  const asked = named ?? params.get('projectKey') ?? '';
  return asProject(asked) ?? projectInJql(params.get('jql') ?? '') ?? projectBehindLogin(params);
}

/** A login page says in its address which page was wanted. */
function projectBehindLogin(params: URLSearchParams): string | null {
  const wanted = params.get('os_destination');
  if (wanted === null || !URL.canParse(wanted, 'https://jira.invalid')) return null;
  const { pathname, searchParams } = new URL(wanted, 'https://jira.invalid');
  searchParams.delete('os_destination');
  return projectIn(pathname.split('/').filter(Boolean), searchParams);
}

/** The only project that a search is about. */
function projectInJql(jql: string): string | null {
  const named = [
    ...jql.matchAll(/\bproject\s*(?:=|\bin\s*\()\s*["']?([a-z][a-z0-9_]+)["']?(?=\s*(?:[)]|$|\b(?:and|or|order)\b))/gi),
  ];
  const keys = new Set(named.map(([, key = '']) => asProject(key)));
  return keys.size === 1 ? ([...keys][0] ?? null) : null;
}

/** The project of an issue, by the issue's key; null where that is none. */
export function projectOfIssue(text: string | null): string | null {
  const key = text?.toUpperCase() ?? '';
  return /^[a-z0-9_-]+$/i.test(text ?? '') && issueKeyPattern.test(key) ? key.replace(/-\d+$/, '') : null;
}

/** The key in its normal form; null where it is none. */
export function asProject(text: string): string | null {
  const key = text.toUpperCase();
  return /^[a-z0-9_]+$/i.test(text) && projectKeyPattern.test(key) ? key : null;
}
