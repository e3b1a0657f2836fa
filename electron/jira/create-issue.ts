import type { TextSupplement } from '../../shared/ticket.ts';
import type { CreatedIssue, IssueDraft } from '../tickets/ports/issue-tracker.ts';
import { refusalOf } from './api/refusal.ts';
import { describeRefusal } from './fields/describe-refusal.ts';
import { buildProperty } from './issue-fields.ts';
import { mendPlan } from './mend-plan.ts';
import { type CreateIssueDeps, firstPlan, type IssuePlan, partsOf } from './plan-issue.ts';

/** Labels (twice), description, reporter, the type, and a few configured fields: each is a reason to ask again once. */
const mostTries = 8;

/**
 * Files one issue. A request that Jira definitely refused is sent again without what it objected to; one whose
 * answer is missing never is. `beforeUnmarked` is awaited before one that may carry no mark of its request although the
 * form has Labels. Throws `invalid_input` with `fields` where a person must give or correct some.
 */
export async function createIssue(
  deps: CreateIssueDeps,
  draft: IssueDraft,
  beforeUnmarked?: () => Promise<void>,
): Promise<Omit<CreatedIssue, 'url'>> {
  const property = buildProperty(draft);
  let plan = await firstPlan(deps, draft);
  const hadLabels = !plan.leftOut.has('labels');
  for (let tries = 1; ; tries += 1) {
    const parts = partsOf(plan, draft);
    try {
      const created = await deps.api.createIssue({
        ...parts,
        property,
        beforeUnmarked: hadLabels ? beforeUnmarked : undefined,
      });
      const { namedLimit } = plan.description;
      if (namedLimit !== null) deps.limit.learn(namedLimit);
      return { ...created, issueType: plan.type.name, note: noteOf(plan), due: [...created.due, ...dueOf(plan)] };
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal?.status !== 400 && refusal?.status !== 413) throw thrown;
      const next = tries < mostTries ? await mendPlan(refusal, plan, deps, draft) : null;
      if (next === null && refusal.status === 413) throw thrown;
      if (next === null) throw describeRefusal(refusal, plan, parts, draft);
      plan = next;
    }
  }
}

/** Parts of the issue that have to follow it. */
function dueOf({ leftOut, description }: IssuePlan): TextSupplement[] {
  return [
    ...(leftOut.has('description') ? (['description'] as const) : []),
    ...(description.isCut ? (['rest'] as const) : []),
  ];
}

function noteOf({ type, leftOut, notes, losses }: IssuePlan): string | null {
  const lost = leftOut.has('description')
    ? 'The project has no description field for this type, so the text is a comment on the issue.'
    : null;
  const said = [type.note, lost, ...notes, ...losses.values()].filter((note) => note !== null);
  return said.length === 0 ? null : said.join(' ');
}
