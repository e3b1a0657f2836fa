import { AppError } from '../../shared/errors.ts';
import type { StoredIssue } from './jira-api.ts';

/**
 * Issues by key, read one by one where the site cannot do so in bulk. Every key is asked for, however many before it are
 * absent: those that are, or that this account may not read, are left out.
 */
export async function readOneByOne(
  getIssue: (key: string) => Promise<StoredIssue>,
  keys: readonly string[],
): Promise<Map<string, StoredIssue>> {
  const issues = new Map<string, StoredIssue>();
  for (const key of keys) {
    const issue = await getIssue(key).catch(nullWhenAbsent);
    if (issue !== null) issues.set(key, issue);
  }
  return issues;
}

function nullWhenAbsent(thrown: unknown): null {
  if (thrown instanceof AppError && (thrown.code === 'not_found' || thrown.code === 'forbidden')) return null;
  throw thrown;
}
