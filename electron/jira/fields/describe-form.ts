import type { FormField } from '../../../shared/issue-form.ts';
import type { AskedField, AskedForm, IssueDraft } from '../../tickets/ports/issue-tracker.ts';
import type { JiraApi, ScreenField } from '../api/jira-api.ts';
import type { CreateMeta } from './create-meta.ts';
import { asRestTakesIt, helpOf, inputOf, isKnownField } from './field-kinds.ts';
import { chooseIssueType, usableTypes } from './issue-types.ts';
import { isOwn, planFields } from './plan-fields.ts';

type FormDraft = Pick<IssueDraft, 'issueType' | 'labels' | 'defaultFields' | 'wantedFields'>;

/** What is asked for beside what an issue of this kind cannot be without. */
export interface More {
  /** Types by id or name, of which it is said what each becomes. */
  types: readonly string[];
  /** Ids of fields that are offered where the screen has them. */
  also: readonly string[];
}

/**
 * Asks what a person still has to give for an issue of this kind, as inputs, with the fields that a person was asked for
 * before where the screen has them.
 */
export async function describeForm(
  { api, meta }: { api: JiraApi; meta: CreateMeta },
  draft: FormDraft,
  more: More = { types: [], also: [] },
): Promise<AskedForm> {
  const asked = Object.keys(draft.wantedFields).filter((id) => !isOwn(id));
  // Where the type is known by its id, its screen need not wait for the list of types.
  const early = /^\d+$/.test(draft.issueType) ? meta.screen(draft.issueType) : null;
  early?.catch(() => {});
  const types = await meta.issueTypes();
  const untold = { issueTypeId: null, issueType: draft.issueType, types: [], typeNames: more.types.map(() => null) };
  if (types === null) return { ...untold, fields: asked.map(plainInput) };
  const offered = usableTypes(types).map(({ name }) => name);
  const typeNames = more.types.map((wanted) => chooseIssueType(types, wanted)?.name ?? null);
  const type = chooseIssueType(types, draft.issueType);
  if (type === null) return { issueTypeId: null, issueType: null, types: offered, typeNames, fields: [] };
  const form = { issueTypeId: type.id, issueType: type.name, types: offered, typeNames };
  const screen =
    type.id === null ? null : await (type.id === draft.issueType && early !== null ? early : meta.screen(type.id));
  if (screen === null) return { ...form, fields: asked.map(plainInput) };
  const plan = await planFields(draft, { screen, typeName: type.name }, api);
  const demanded = new Map(plan.asked.map(({ field, problem }) => [field.id, problem]));
  const shown = [...screen.values()].filter(
    ({ id }) => demanded.has(id) || asked.includes(id) || more.also.includes(id),
  );
  return {
    ...form,
    fields: shown.map((field) => ({
      ...toInput(field, demanded.has(field.id) || (field.required && !field.hasDefault)),
      isKnown: isKnownField(field),
      problem: demanded.get(field.id) ?? null,
    })),
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
function plainInput(id: string): AskedField {
  const help = `Jira does not tell what this field takes. ${asRestTakesIt}`;
  const plain = { id, name: id, kind: 'text', required: false, options: [], help } as const;
  return { ...plain, options: [], isKnown: false, problem: null };
}
