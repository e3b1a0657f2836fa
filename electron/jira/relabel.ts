import type { Label } from '../../shared/labels.ts';
import type { CreateMeta } from './create-meta.ts';
import { chooseIssueType } from './issue-fields.ts';
import type { JiraApi } from './jira-api.ts';
import { refusalOf, refusalWords } from './refusal.ts';

/**
 * Gives an issue the type of a label, where the project has it and lets this account change it: a type with another
 * workflow or other fields is often refused. Gives the type that the issue has then.
 */
export async function changeType(
  { api, meta, labelToIssueType }: { api: JiraApi; meta: CreateMeta; labelToIssueType: Record<Label, string> },
  key: string,
  label: Label,
): Promise<{ issueType: string; note: string | null }> {
  const { issueType } = await api.getIssue(key);
  const wanted = labelToIssueType[label];
  const choice = chooseIssueType((await meta.issueTypes()) ?? [], wanted);
  if (choice === null || choice.id === null || choice.note !== null) {
    return isSameName(issueType, wanted)
      ? { issueType, note: null }
      : { issueType, note: `The project has no type ${wanted}, so ${key} stays a ${issueType}.` };
  }
  if (isSameName(issueType, choice.name)) return { issueType, note: null };
  try {
    await api.setIssueType(key, choice.id);
    return { issueType: choice.name, note: null };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === null || refusal.status === 429 || refusal.status === 401 || refusal.status >= 500) throw thrown;
    const words = refusalWords(refusal);
    const note = `Jira did not change the type of ${key} to ${choice.name}. ${words} Change it there.`;
    return { issueType, note: note.replace(/\s+/g, ' ') };
  }
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
