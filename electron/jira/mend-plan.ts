import { isDeepStrictEqual } from 'node:util';
import { isolated } from '../../shared/bidi.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';
import type { JiraRefusal } from './api/refusal.ts';
import type { Screen } from './fields/create-meta.ts';
import { fieldsInWords } from './fields/fields-in-words.ts';
import { missingTypeNote } from './fields/issue-types.ts';
import { type CreateIssueDeps, completePlan, type IssuePlan, partsOf } from './plan-issue.ts';
import { shortened } from './shorten-text.ts';
import { isSameRefusal } from './text-limit.ts';

/** What to change after a definite refusal; null where a person must act. */
export async function mendPlan(
  refusal: JiraRefusal,
  refused: IssuePlan,
  deps: CreateIssueDeps,
  draft: IssueDraft,
): Promise<IssuePlan | null> {
  const plan = withoutWrongGuess(refusal, refused);
  const without = (id: string): IssuePlan => ({ ...plan, leftOut: new Set([...plan.leftOut, id]) });
  const isSent = (id: string) => !plan.leftOut.has(id);
  if (isSent('description') && !isOffScreen(refusal, 'description')) {
    const tried = { tried: plan.description, field: 'description' as const, draft };
    const description = await shortened(refusal, tried, deps.api);
    if (description !== null) return { ...plan, description };
  }
  if (refusal.status === 413) return null;
  if (isSent('description') && lacksField(refusal, 'description', plan.screen)) return without('description');
  if (isSent('labels') && lacksField(refusal, 'labels', plan.screen)) return withFewerLabels(refusal, plan);
  const namesReporter =
    isNamed(refusal, 'reporter') || fieldsInWords(refusal.messages, plan.screen).includes('reporter');
  const other = namesReporter ? await withOtherReporter(plan, deps) : null;
  if (other !== null) return other;
  const unknown = [...Object.keys(plan.fields), ...Object.keys(plan.texts)].find(
    (id) => isSent(id) && (isOffScreen(refusal, id) || isUnwanted(refusal, id, plan.screen, draft)),
  );
  if (unknown !== undefined) return noted(without(unknown), unknown);
  return plan.refreshed ? null : refresh(refusal, plan, deps, draft);
}

/** Names nobody where Jira does not take the requester, then us; null where that was tried, or where it was configured. */
async function withOtherReporter(plan: IssuePlan, { api, meta }: CreateIssueDeps): Promise<IssuePlan | null> {
  if ('reporter' in plan.fields || plan.reporter?.isOurs === true) return null;
  if (plan.reporter !== null) {
    meta.refusedReporter();
    return { ...plan, reporter: null };
  }
  const account = await api.ownAccount().catch(() => null);
  return account && { ...plan, reporter: { account, isOurs: true } };
}

/** Says of something configured that it does not come along. */
function noted(plan: IssuePlan, id: string): IssuePlan {
  const name = isolated(plan.screen?.get(id)?.name ?? id);
  return { ...plan, losses: new Map([...plan.losses, [id, `${name} was left out: Jira does not take it here.`]]) };
}

/** The plan without others' labels, of which one may be wrong; without ours, too, where it is the field that is not taken. */
function withFewerLabels(refusal: JiraRefusal, plan: IssuePlan): IssuePlan {
  const { labels } = plan;
  const fewer = { ...plan, labels: [], refusedLabels: [...plan.refusedLabels, ...labels] };
  const without = { ...fewer, leftOut: new Set([...plan.leftOut, 'labels']) };
  if (labels.length === 0) return without;
  if (isOffScreen(refusal, 'labels')) return noted(without, 'labels');
  const words = labels.map(isolated).join(', ');
  const loss = `Labels were left out: Jira does not take all of ${words}.`;
  return { ...fewer, losses: new Map([...plan.losses, ['labels', loss]]) };
}

/** The whole text again, where the shorter one was refused in the same words. */
function withoutWrongGuess(refusal: JiraRefusal, plan: IssuePlan): IssuePlan {
  const { guess } = plan.description;
  if (guess === null || !isSameRefusal(refusal, guess.refusal)) return plan;
  return { ...plan, description: { ...guess.whole, namedLimit: null, guess } };
}

/** What follows from asking the project anew; null where that is the same. Throws where a person must give more now. */
async function refresh(
  refusal: JiraRefusal,
  plan: IssuePlan,
  deps: CreateIssueDeps,
  draft: IssueDraft,
): Promise<IssuePlan | null> {
  deps.meta.forget();
  const fresh = await completePlan(deps, draft);
  const again = {
    ...fresh,
    labels: fresh.labels.filter((label) => !plan.refusedLabels.includes(label)),
    refusedLabels: plan.refusedLabels,
    losses: plan.losses,
    reporter: plan.reporter,
    description: plan.description,
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

/**
 * Whether Jira objects, in whatever language, to a value of the settings that nobody gave for this ticket, where it does
 * not say which fields there are. Where it cannot do without, it says so of the next create.
 */
function isUnwanted(
  { fields }: JiraRefusal,
  id: string,
  screen: Screen | null,
  { defaultFields, wantedFields }: IssueDraft,
): boolean {
  return screen === null && id in fields && id in defaultFields && !(id in wantedFields);
}

/** A description known to be on the screen was refused for what it says, and is not thrown away. */
function lacksField(refusal: JiraRefusal, id: string, screen: Screen | null): boolean {
  return isOffScreen(refusal, id) || (id in refusal.fields && (id === 'labels' || screen === null));
}
