import { beginningOfText, lengthOfWords } from '../rich-text/beginning.ts';
import type { RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft } from '../tickets/ports/issue-tracker.ts';
import { emphasised, originOf, wordsOfRequest } from './description.ts';
import type { JiraApi } from './jira-api.ts';
import type { JiraRefusal } from './refusal.ts';

/** Characters that Jira takes in a text where nobody has set another limit. */
const usualLimit = 32_767;
/** Characters below which no limit of a text is meant: nothing would be left of it. */
export const leastLimit = 200;

/** The longest text that Jira takes, as far as is known: what it said once is believed from then on. */
export interface TextLimit {
  known(): number;
  /** Jira said that it takes no more than that. */
  learn(limit: number): void;
}

export function createTextLimit(): TextLimit {
  let least = usualLimit;
  return {
    known: () => least,
    learn: (limit) => {
      least = Math.min(least, limit);
    },
  };
}

/** The description of an issue; `isCut`: the whole text has to be attached. */
export interface FittedDescription {
  text: RichText;
  isCut: boolean;
}

/** Name of the file with the whole text of a request. */
export function fileOfRequest(requestId: string): string {
  return `request-${requestId.slice(0, 12)}.txt`;
}

/**
 * The description of a new issue: the request's words, then who asked, where, and who classified. What is longer than
 * `limit`, as Jira counts, is cut, and says so.
 */
export async function fitDescription(
  draft: IssueDraft,
  limit: number,
  api: Pick<JiraApi, 'lengthOf'>,
): Promise<FittedDescription> {
  const origin = originOf(draft);
  // What does not fit in any case is not even looked at; Slack's escapes take up to five characters for one.
  const { words, isWhole } = wordsOfRequest(draft, 5 * Math.max(limit, leastLimit));
  const whole = [...words, ...origin];
  if (isWhole && (await api.lengthOf(whole)) <= limit) return { text: whole, isCut: false };
  const length = isWhole && draft.markup === null ? lengthOfWords(words) : draft.text.length;
  const note = `Cut here: the request has ${length} characters, more than Jira takes. All of it is attached as ${fileOfRequest(draft.requestId)}.`;
  const cut = (characters: number) => [...beginningOfText(words, characters), emphasised(note), ...origin];
  let [fits, tooLong] = [0, Math.min(limit, lengthOfWords(words)) + 1];
  while (fits + 1 < tooLong) {
    const middle = Math.floor((fits + tooLong) / 2);
    if ((await api.lengthOf(cut(middle))) <= limit) fits = middle;
    else tooLong = middle;
  }
  return { text: cut(fits), isCut: true };
}

/**
 * Length that a text may have that Jira refused with so many characters; null where it did not refuse it for that. Jira
 * names its limit in the account's language, so the number alone counts.
 */
export function shorterLimit(
  refusal: JiraRefusal,
  { field, length, limit: known }: { field: 'description' | 'comment'; length: number; limit: TextLimit },
): number | null {
  const half = Math.floor(length / 2);
  if (half < leastLimit) return null;
  // From Jira, or a proxy before it.
  if (refusal.status === 413) return half;
  if (refusal.status !== 400) return null;
  const onField = refusal.fields[field];
  const said = onField !== undefined ? [onField] : Object.keys(refusal.fields).length === 0 ? refusal.messages : [];
  const limit = said.map(numberIn).find((number) => number !== null && number >= leastLimit);
  if (limit === undefined || limit === null) return null;
  // Where it counts what we do not, it is tried with less.
  if (limit >= length) return half;
  known.learn(limit);
  return limit;
}

/** The number in a sentence, however its thousands are grouped: 32,767, 32.767, 32 767, 32’767. */
function numberIn(sentence: string): number | null {
  const found = /\d{1,3}(?:[.,'’ \u00A0\u202F]\d{3})+(?!\d)|\d{3,9}/.exec(sentence)?.[0];
  return found === undefined ? null : Number(found.replace(/\D/g, ''));
}
