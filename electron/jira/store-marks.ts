import { standsAgainst } from '../../shared/decision-order.ts';
import { AppError } from '../../shared/errors.ts';
import type { IssueMarks } from '../tickets/ports/issue-tracker.ts';
import type { JiraApi, StoredIssue } from './api/jira-api.ts';
import { lacksResource } from './api/refusal.ts';
import { type MarkSeal, notSealable } from './marks/mark-seal.ts';
import { marksIn, requestIdIn, withMarks } from './marks/ticket-property.ts';

type Correction = IssueMarks['correction'];

/** Each desktop with a word on the ticket writes at most once or twice; more is no race any more. */
const mostWrites = 3;

/**
 * Stores what a person said on an issue, unless what stands against it is there: the earlier decision, the later
 * correction. Jira cannot compare before it writes, so what was read once and is gone after a write, because another
 * desktop wrote between, is stored again. All that stands is sealed anew; what is there and proves nothing neither stands
 * nor stays. Gives what stands, and the issue. Throws `not_found` where the issue is another request's or none, `unavailable` where nothing can be sealed yet,
 * and what `set` throws.
 */
export async function storeMarks(
  { api, seal }: { api: JiraApi; seal: MarkSeal },
  key: string,
  ours: { requestId: string } & IssueMarks,
  set: (value: Record<string, unknown>) => Promise<void>,
): Promise<IssueMarks & { issue: StoredIssue }> {
  const { requestId } = ours;
  if (!seal.isReady()) throw notSealable();
  const issue = await api.getIssue(key);
  const place = { requestId, issueId: issue.id };
  let stands: IssueMarks = ours;
  for (let write = 1; ; write += 1) {
    const property = await api.getProperty(key);
    const there = marksIn(property, place, seal);
    const owner = requestIdIn(property);
    if (owner !== null && owner !== requestId) {
      // Another site's issues, or restored ones, may have the same keys.
      const message = `${key} is another ticket’s issue now, so nothing was stored there.`;
      throw new AppError('not_found', message);
    }
    stands = {
      decision: standing(stands.decision, there.decision, standsAgainst),
      correction: standing(stands.correction, there.correction, isLater),
    };
    const isStored = stands.decision === there.decision && stands.correction === there.correction;
    if (isStored || write > mostWrites) return { ...stands, issue };
    try {
      await set(withMarks(property, stands, place, seal));
    } catch (thrown) {
      if (!lacksResource(thrown)) throw thrown;
      // A server without properties: while the issue is there, what was said stays in Slack and in the log.
      return { ...stands, issue: await api.getIssue(key) };
    }
  }
}

/** The one that stands: what is there, unless what is known stands against it. */
function standing<T>(known: T | null, there: T | null, isStronger: (one: T, other: T) => boolean): T | null {
  return there === null || (known !== null && isStronger(known, there)) ? known : there;
}

/** Whether a correction is the later one. In the same millisecond the order is arbitrary, but the same everywhere. */
function isLater(one: NonNullable<Correction>, other: NonNullable<Correction>): boolean {
  const after = Date.parse(one.at) - Date.parse(other.at);
  return after === 0 ? `${one.by} ${one.label}` < `${other.by} ${other.label}` : after > 0;
}
