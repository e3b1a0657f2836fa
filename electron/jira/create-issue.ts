import { isDeepStrictEqual } from 'node:util';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Supplement } from '../../shared/ticket.ts';
import type { RichText } from '../rich-text/rich-text.ts';
import type { CreatedIssue, IssueDraft } from '../tickets/ports/issue-tracker.ts';
import type { CreateMeta, Screen } from './create-meta.ts';
import { describeRefusal, missingFields } from './describe-refusal.ts';
import { type FittedDescription, fitDescription, shorterLimit, type TextLimit } from './fit-description.ts';
import { buildFields, buildProperty } from './issue-fields.ts';
import { chooseIssueType, describeTypes, missingTypeNote, type TypeChoice } from './issue-types.ts';
import type { JiraApi } from './jira-api.ts';
import { type FieldPlan, planFields } from './plan-fields.ts';
import { type JiraRefusal, refusalOf } from './refusal.ts';

export interface CreateIssueDeps {
  api: JiraApi;
  meta: CreateMeta;
  limit: TextLimit;
}

interface Plan extends FieldPlan {
  type: TypeChoice;
  screen: Screen | null;
  /** The requester's account; null where none is named. */
  reporter: object | null;
  description: FittedDescription;
  /** Fields that Jira does not take, by id. */
  leftOut: ReadonlySet<string>;
  /** The project's types and fields were asked for anew because Jira refused what was remembered. */
  refreshed: boolean;
}

/** Labels, description, reporter, the type, and a few configured fields: each is a reason to ask again once. */
const mostTries = 8;

/**
 * Files one issue. A request that Jira definitely refused is sent again without what it objected to; one whose
 * answer is missing never is. Throws `invalid_input` with `fields` where a person must give or correct some.
 */
export async function createIssue(deps: CreateIssueDeps, draft: IssueDraft): Promise<Omit<CreatedIssue, 'url'>> {
  const property = buildProperty(draft);
  let plan = await firstPlan(deps, draft);
  for (let tries = 1; ; tries += 1) {
    const parts = partsOf(plan, draft, plan.description.text);
    try {
      const created = await deps.api.createIssue({ ...parts, property });
      return { ...created, issueType: plan.type.name, note: noteOf(plan), due: [...created.due, ...dueOf(plan)] };
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal?.status !== 400 && refusal?.status !== 413) throw thrown;
      const next = tries < mostTries ? await mend(refusal, plan, deps, draft) : null;
      if (next === null) throw describeRefusal(refusal, { screen: plan.screen, sent: parts }, draft);
      plan = next;
    }
  }
}

/** What is missing by what is remembered of the project may not be missing any more: then Jira is asked anew. */
async function firstPlan(deps: CreateIssueDeps, draft: IssueDraft): Promise<Plan> {
  try {
    return await completePlan(deps, draft);
  } catch (thrown) {
    if (toAppError(thrown).code !== 'invalid_input' || deps.meta.isFresh()) throw thrown;
    deps.meta.forget();
    return completePlan(deps, draft);
  }
}

async function completePlan(deps: CreateIssueDeps, draft: IssueDraft): Promise<Plan> {
  const plan = await makePlan(deps, draft);
  demandComplete(plan, draft);
  return plan;
}

async function makePlan({ api, meta, limit }: CreateIssueDeps, draft: IssueDraft): Promise<Plan> {
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
    refreshed: false,
    reporter: await findReporter({ api, meta }, draft, screen),
    description: await fitDescription(draft, limit.known(), api),
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
): Promise<object | null> {
  if (screen?.has('reporter') !== true || !meta.takesReporter()) return null;
  const email = await draft.requesterEmail();
  return email === null ? null : api.findAccount(email).catch(() => null);
}

/** Throws where Jira would refuse the issue for what a person has not given yet, or not so that it can be understood. */
function demandComplete({ asked, type, leftOut }: Plan, { project }: IssueDraft): void {
  const open = asked.filter(({ field }) => !leftOut.has(field.id));
  if (open.length > 0) throw missingFields(open, { typeName: type.name, project });
}

function partsOf(plan: Plan, { project, summary }: IssueDraft, description: RichText) {
  return buildFields({ ...plan, project, summary, description });
}

/** What to change after a definite refusal; null where a person must act. */
async function mend(refusal: JiraRefusal, plan: Plan, deps: CreateIssueDeps, draft: IssueDraft): Promise<Plan | null> {
  const without = (id: string): Plan => ({ ...plan, leftOut: new Set([...plan.leftOut, id]) });
  const isSent = (id: string) => !plan.leftOut.has(id);
  const shorter = isSent('description') ? await shortened(refusal, plan, deps, draft) : null;
  if (shorter !== null) return { ...plan, description: shorter };
  for (const id of ['labels', 'description'])
    if (isSent(id) && lacksField(refusal, id, plan.screen)) return without(id);
  if (plan.reporter !== null && isNamed(refusal, 'reporter')) {
    deps.meta.refusedReporter();
    return { ...plan, reporter: null };
  }
  const unknown = [...Object.keys(plan.fields), ...Object.keys(plan.texts)].find(
    (id) => isSent(id) && isOffScreen(refusal, id),
  );
  if (unknown !== undefined) {
    const name = plan.screen?.get(unknown)?.name ?? unknown;
    return { ...without(unknown), notes: [...plan.notes, `${name} was left out: Jira does not take it here.`] };
  }
  return plan.refreshed ? null : refresh(refusal, plan, deps, draft);
}

/** A shorter description, where Jira refused this one for its length; else null. */
async function shortened(
  refusal: JiraRefusal,
  { description }: Plan,
  { api, limit }: CreateIssueDeps,
  draft: IssueDraft,
): Promise<FittedDescription | null> {
  if (isOffScreen(refusal, 'description')) return null;
  const length = await api.lengthOf(description.text);
  const most = shorterLimit(refusal, { field: 'description', length, limit });
  if (most === null) return null;
  return fitDescription(draft, most, api);
}

/** What follows from asking the project anew; null where that is the same. Throws where a person must give more now. */
async function refresh(
  refusal: JiraRefusal,
  plan: Plan,
  deps: CreateIssueDeps,
  draft: IssueDraft,
): Promise<Plan | null> {
  deps.meta.forget();
  const fresh = await completePlan(deps, draft);
  const again = {
    ...fresh,
    reporter: plan.reporter,
    leftOut: new Set([...plan.leftOut, ...fresh.leftOut]),
    refreshed: true,
  };
  if (again.type.id === null) {
    if (draft.issueType === 'Task' || !isNamed(refusal, 'issuetype')) return null;
    return { ...again, type: { ...again.type, name: 'Task', note: missingTypeNote(draft.issueType, 'Task') } };
  }
  return isDeepStrictEqual(partsOf(again, draft, []), partsOf(plan, draft, [])) ? null : again;
}

const notOnScreen = /cannot be set|not on the appropriate screen/i;

/** Whether the refusal is about that field: Jira words this in the account's language, but says its id where it can. */
function isNamed({ fields, messages }: JiraRefusal, id: string): boolean {
  const said = messages.flatMap((message) => message.toLowerCase().split(/[^a-z0-9_]+/));
  return id in fields || said.includes(id) || (id === 'issuetype' && /issue type/i.test(messages.join(' ')));
}

function isOffScreen(refusal: JiraRefusal, id: string): boolean {
  const { fields, messages } = refusal;
  if (id in fields) return notOnScreen.test(fields[id] ?? '');
  return messages.some((message) => notOnScreen.test(message)) && isNamed(refusal, id);
}

/** A description known to be on the screen was refused for what it says, and is not thrown away. */
function lacksField(refusal: JiraRefusal, id: string, screen: Screen | null): boolean {
  return isOffScreen(refusal, id) || (id in refusal.fields && (id === 'labels' || screen === null));
}

/** Parts of the issue that have to follow it. */
function dueOf({ leftOut, description }: Plan): Supplement[] {
  return [
    ...(leftOut.has('description') ? (['description'] as const) : []),
    ...(description.isCut ? (['rest'] as const) : []),
  ];
}

function noteOf({ type, leftOut, notes }: Plan): string | null {
  const lost = leftOut.has('description')
    ? 'The project has no description field for this type, so the text is a comment on the issue.'
    : null;
  const said = [type.note, lost, ...notes].filter((note) => note !== null);
  return said.length === 0 ? null : said.join(' ');
}
