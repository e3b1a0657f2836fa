import type { FormField, IssueForm } from '../../../shared/issue-form.ts';
import type { IssueDraft } from '../../tickets/ports/issue-tracker.ts';
import type { JiraApi, ScreenField } from '../api/jira-api.ts';
import type { CreateMeta } from './create-meta.ts';
import { asRestTakesIt, helpOf, inputOf } from './field-kinds.ts';
import { chooseIssueType, usableTypes } from './issue-types.ts';
import { isOwn, planFields } from './plan-fields.ts';

/**
 * Asks what a person still has to give for an issue of this kind, as inputs, with the fields that a person was asked for
 * before where the screen has them.
 */
export async function describeForm(
  { api, meta }: { api: JiraApi; meta: CreateMeta },
  draft: Pick<IssueDraft, 'issueType' | 'labels' | 'defaultFields' | 'wantedFields'>,
): Promise<IssueForm> {
  const asked = Object.keys(draft.wantedFields).filter((id) => !isOwn(id));
  const types = await meta.issueTypes();
  if (types === null) return { issueType: draft.issueType, types: [], fields: asked.map(plainInput) };
  const offered = usableTypes(types).map(({ name }) => name);
  const type = chooseIssueType(types, draft.issueType);
  if (type === null) return { issueType: null, types: offered, fields: [] };
  const screen = type.id === null ? null : await meta.screen(type.id);
  if (screen === null) return { issueType: type.name, types: offered, fields: asked.map(plainInput) };
  const plan = await planFields(draft, { screen, typeName: type.name }, api);
  const demanded = new Set(plan.asked.map(({ field }) => field.id));
  const shown = [...screen.values()].filter(({ id }) => demanded.has(id) || asked.includes(id));
  return {
    issueType: type.name,
    types: offered,
    fields: shown.map((field) => toInput(field, demanded.has(field.id) || (field.required && !field.hasDefault))),
  };
}

function toInput(field: ScreenField, required: boolean): FormField {
  const { id, name, options } = field;
  return { id, name, kind: inputOf(field), required, options: toOptions(options), help: helpOf(field) };
}

function toOptions(options: ScreenField['options']): FormField['options'] {
  return (options ?? []).map(({ id, name, children }) => ({
    id,
    name,
    children: children.map((child) => ({ id: child.id, name: child.name })),
  }));
}

/** A field of which Jira tells nothing but that it misses it. */
function plainInput(id: string): FormField {
  const help = `Jira does not tell what this field takes. ${asRestTakesIt}`;
  return { id, name: id, kind: 'text', required: false, options: [], help };
}
