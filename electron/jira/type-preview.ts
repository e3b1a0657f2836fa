import { AppError } from '../../shared/errors.ts';
import { type Label, labels } from '../../shared/labels.ts';
import type { JiraTypes } from '../../shared/settings-view.ts';
import { createCreateMeta } from './create-meta.ts';
import { chooseIssueType } from './issue-fields.ts';
import type { IssueType, JiraApi } from './jira-api.ts';

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
  const usable = (types ?? []).filter(({ subtask }) => !subtask);
  const preview = labels.map((label) => [label, become(types, labelToIssueType[label])]);
  return {
    types: usable.toSorted((a, b) => Number(b.standard) - Number(a.standard)).map(({ name }) => name),
    preview: Object.fromEntries(preview) as JiraTypes['preview'],
  };
}

function become(types: IssueType[] | null, wanted: string): JiraTypes['preview'][Label] {
  if (types === null) return { issueType: wanted, note: 'Jira does not tell which types the project has.' };
  const choice = chooseIssueType(types, wanted);
  if (choice) return { issueType: choice.name, note: choice.note };
  throw new AppError('invalid_input', 'The project has sub-task types only, so nothing can be filed in it.');
}
