import { AppError, toAppError } from '../../shared/errors.ts';
import type { RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';
import type { JiraApi } from './api/jira-api.ts';
import type { CreateMeta, Screen } from './fields/create-meta.ts';
import { missingFields } from './fields/describe-refusal.ts';
import { chooseIssueType, describeTypes, type TypeChoice } from './fields/issue-types.ts';
import { type FieldPlan, planFields } from './fields/plan-fields.ts';
import { buildFields } from './issue-fields.ts';
import { firstText, type TriedText } from './shorten-text.ts';
import type { TextLimit } from './text-limit.ts';

export interface CreateIssueDeps {
  api: JiraApi;
  meta: CreateMeta;
  limit: TextLimit;
}

/** What a create request is made of. */
export interface IssuePlan extends FieldPlan {
  type: TypeChoice;
  screen: Screen | null;
  /** The requester's account, or our own where Jira wants one; null where none is named. */
  reporter: { account: object; isOurs: boolean } | null;
  description: TriedText;
  /** Fields that Jira does not take, by id. */
  leftOut: ReadonlySet<string>;
  /** What was left out after a refusal, in a sentence by field id. */
  losses: ReadonlyMap<string, string>;
  /** Labels beside ours that Jira refused. */
  refusedLabels: readonly string[];
  /** The project's types and fields were asked for anew because Jira refused what was remembered. */
  refreshed: boolean;
}

/**
 * Plans a new issue. What is missing by what is remembered of the project may not be missing any more: then Jira is asked
 * anew. Throws as `completePlan` does.
 */
export async function firstPlan(deps: CreateIssueDeps, draft: IssueDraft): Promise<IssuePlan> {
  const isFresh = deps.meta.watch();
  try {
    return await completePlan(deps, draft);
  } catch (thrown) {
    if (toAppError(thrown).code !== 'invalid_input' || isFresh()) throw thrown;
    deps.meta.forget();
    return completePlan(deps, draft);
  }
}

/** Plans by what is known of the project. Throws `invalid_input` where a person has to give something or to choose a type. */
export async function completePlan(deps: CreateIssueDeps, draft: IssueDraft): Promise<IssuePlan> {
  const plan = await makePlan(deps, draft);
  demandComplete(plan, draft);
  return plan;
}

async function makePlan({ api, meta, limit }: CreateIssueDeps, draft: IssueDraft): Promise<IssuePlan> {
  const type = await chooseType(meta, draft.issueType);
  const screen = type.id === null ? null : await meta.screen(type.id);
  const fields = await planFields(draft, { screen, typeName: type.name }, api);
  const leftOut = new Set(['labels', 'description'].filter((id) => screen !== null && !screen.has(id)));
  if (leftOut.has('labels') && fields.labels.length > 0) {
    fields.notes.push(`Labels were left out: the form for ${type.name} has no such field in this project.`);
  }
  return {
    ...fields,
    type,
    screen,
    leftOut,
    losses: new Map(),
    refusedLabels: [],
    refreshed: false,
    reporter: await findReporter({ api, meta }, draft, screen),
    description: await firstText(draft, limit.known(), api),
  };
}

async function chooseType(meta: CreateMeta, wanted: string): Promise<TypeChoice> {
  const types = await meta.issueTypes();
  if (types === null) {
    const id = /^\d+$/.test(wanted) ? wanted : null;
    return { id, name: wanted, reason: null, note: null };
  }
  const choice = chooseIssueType(types, wanted);
  if (choice) return choice;
  const advice = 'Choose one with Fix and retry, or say in Settings which type each kind of ticket becomes.';
  throw new AppError('invalid_input', `${describeTypes(types, wanted)} ${advice}`);
}

/** The requester's account, where Jira lets another one than ours be the reporter; a courtesy that never fails. */
async function findReporter(
  { api, meta }: Pick<CreateIssueDeps, 'api' | 'meta'>,
  draft: IssueDraft,
  screen: Screen | null,
): Promise<IssuePlan['reporter']> {
  if (screen?.has('reporter') !== true || !meta.takesReporter()) return null;
  const account = await meta.reporter(draft.requester.id, async () => {
    const email = await draft.requesterEmail();
    return email === null ? null : api.findAccount(email).catch(() => null);
  });
  return account && { account, isOurs: false };
}

/** Throws where Jira would refuse the issue for what a person has not given yet, or not so that it can be understood. */
function demandComplete({ asked, notes, type, leftOut }: IssuePlan, { project }: IssueDraft): void {
  const open = asked.filter(({ field }) => !leftOut.has(field.id));
  if (open.length > 0) throw missingFields({ asked: open, notes }, { typeName: type.name, project });
}

/** Fields and texts of the request. */
export function partsOf(
  plan: IssuePlan,
  { project, summary }: Pick<IssueDraft, 'project' | 'summary'>,
  description: RichText = plan.description.text,
) {
  return buildFields({ ...plan, reporter: plan.reporter?.account ?? null, project, summary, description });
}
