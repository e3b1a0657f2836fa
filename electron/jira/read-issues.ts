import { AppError } from '../../shared/errors.ts';
import type { StoredIssue } from './jira-api.ts';

/** In a row: what follows is taken for not there either. */
const gapThatEndsTheReading = 10;

/**
 * Issues by key, read one by one where the site cannot do so in bulk; those that are absent, or that this account may
 * not read, are left out, and so is what follows ten of them in a row.
 */
export async function readOneByOne(
  getIssue: (key: string) => Promise<StoredIssue>,
  keys: readonly string[],
): Promise<Map<string, StoredIssue>> {
  const issues = new Map<string, StoredIssue>();
  let gap = 0;
  for (const key of keys) {
    const issue = await getIssue(key).catch(nullWhenAbsent);
    if (issue !== null) issues.set(key, issue);
    gap = issue === null ? gap + 1 : 0;
    if (gap >= gapThatEndsTheReading) break;
  }
  return issues;
}

function nullWhenAbsent(thrown: unknown): null {
  if (thrown instanceof AppError && (thrown.code === 'not_found' || thrown.code === 'forbidden')) return null;
  throw thrown;
}
