import { AppError } from '../../shared/errors.ts';
import { type Label, labels } from '../../shared/labels.ts';
import type { JiraTypes } from '../../shared/settings-view.ts';
import type { IssueType, JiraApi } from './api/jira-api.ts';
import { createCreateMeta } from './fields/create-meta.ts';
import { chooseIssueType, describeTypes, usableTypes } from './fields/issue-types.ts';

/**
 * What a project offers and what each label becomes there, chosen as for a ticket. Throws what JiraApi throws, and
 * `invalid_input` where nothing can be filed in the project.
 *
 * @param project Project key or numeric id.
 */
export async function previewTypes(
  api: JiraApi,
  project: string,
  labelToIssueType: Record<Label, string>,
): Promise<JiraTypes> {
  const types = await createCreateMeta(api, project, Date.now).issueTypes();
  const usable = usableTypes(types ?? []);
  if (types !== null && usable.length === 0) throw new AppError('invalid_input', describeTypes(types, 'Task'));
  const preview = labels.map((label) => [label, become(types, labelToIssueType[label])]);
  return {
    types: usable.map(({ name }) => name),
    preview: Object.fromEntries(preview) as JiraTypes['preview'],
  };
}

function become(types: IssueType[] | null, wanted: string): JiraTypes['preview'][Label] {
  const untold = 'Jira does not tell which types the project has.';
  if (types === null) return { issueType: wanted, reason: null, note: untold };
  const choice = chooseIssueType(types, wanted);
  if (choice) return { issueType: choice.name, reason: choice.reason, note: choice.note };
  const note = `${describeTypes(types, wanted)} Choose one, else these tickets wait until a person chooses.`;
  return { issueType: null, reason: null, note };
}
