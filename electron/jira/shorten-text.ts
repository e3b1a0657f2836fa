import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';
import type { JiraApi } from './api/jira-api.ts';
import type { JiraRefusal } from './api/refusal.ts';
import { type FittedDescription, fitDescription } from './fit-description.ts';
import { shorterText } from './text-limit.ts';

/** A ticket's text on its way to Jira, as short as refusals have made it. */
export interface TriedText extends FittedDescription {
  /** Limit of a text that Jira named, to be believed once it takes a text that keeps it. */
  namedLimit: number | null;
  /** The text before it was shortened after this refusal, which may have been about something else; null: it was not. */
  guess: { refusal: JiraRefusal; whole: FittedDescription } | null;
}

/** The text before anything refused it. */
export async function firstText(draft: IssueDraft, limit: number, api: Pick<JiraApi, 'lengthOf'>): Promise<TriedText> {
  return { ...(await fitDescription(draft, limit, api)), namedLimit: null, guess: null };
}

/** A shorter text, where Jira refused this one for its length, or may have; else null. */
export async function shortened(
  refusal: JiraRefusal,
  { tried, field, draft }: { tried: TriedText; field: 'description' | 'comment'; draft: IssueDraft },
  api: Pick<JiraApi, 'lengthOf'>,
): Promise<TriedText | null> {
  const shorter = shorterText(refusal, { field, length: await api.lengthOf(tried.text) });
  if (shorter === null || (shorter.isGuess && tried.guess !== null)) return null;
  return {
    ...(await fitDescription(draft, shorter.most, api)),
    namedLimit: shorter.isNamed ? shorter.most : tried.namedLimit,
    guess: shorter.isGuess ? { refusal, whole: tried } : tried.guess,
  };
}
