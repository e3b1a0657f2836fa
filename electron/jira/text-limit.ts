import type { JiraRefusal } from './api/refusal.ts';

/** Characters that Jira takes in a text where nobody has set another limit. */
const usualLimit = 32_767;
/** Characters below which no limit of a text is meant: nothing would be left of it. */
export const leastLimit = 200;
/** The same where a refusal does not say that it is about the text. */
const leastGuess = 1_000;

/** The longest text that Jira takes, as far as is known. */
export interface TextLimit {
  known(): number;
  /** Jira named that limit, and took a text that keeps it. */
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

/** How much shorter a text may be that Jira refused. */
export interface ShorterText {
  /** Characters to try. */
  most: number;
  /** Whether Jira named that number, so that it may be learned. */
  isNamed: boolean;
  /** Whether Jira may have refused something else: worth one try. */
  isGuess: boolean;
}

/**
 * Length to try after Jira refused a text with so many characters; null where it did not refuse it for that. Jira names its
 * limit in the account's language, so the number alone counts, but a 400 may name any number for any reason.
 */
export function shorterText(
  { status, fields, messages }: JiraRefusal,
  { field, length }: { field: 'description' | 'comment'; length: number },
): ShorterText | null {
  const middle = Math.floor(length / 2);
  const half = middle < leastLimit ? null : { most: middle, isNamed: false, isGuess: false };
  // From Jira, or a proxy before it.
  if (status === 413) return half;
  if (status !== 400) return null;
  const said = fields[field];
  if (said === undefined && Object.keys(fields).length > 0) return null;
  const sentences = said === undefined ? messages : [said];
  if (sentences.some((sentence) => sentence.includes('CONTENT_LIMIT_EXCEEDED'))) return half;
  const isGuess = said === undefined;
  const limits = sentences.flatMap(numbersIn).filter((number) => number >= (isGuess ? leastGuess : leastLimit));
  const most = limits.find((limit) => limit < length);
  if (most !== undefined) return { most, isNamed: true, isGuess };
  // Where it counts what we do not, it is tried with less.
  return !isGuess && limits.some((limit) => limit >= leastGuess) ? half : null;
}

/** Whether both refuse the same, whatever numbers are in it. */
export function isSameRefusal(one: JiraRefusal, other: JiraRefusal): boolean {
  const words = ({ messages, fields }: JiraRefusal) => JSON.stringify([messages, fields]).replace(/\d+/g, '0');
  return words(one) === words(other);
}

/**
 * A number as text, however its thousands are grouped (32,767, 32.767, 32 767, 32’767), but not a part of a date, an id
 * or a key. Languages without blanks have letters beside numbers, so only those of the others make it a part of a name.
 */
const count =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d_#/.,-])(?:\d{1,3}(?:[.,'’٬\p{Zs}]\d{3})+|\d{3,9})(?![\d_/\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]|[.,-]\d)/gu;

function numbersIn(sentence: string): number[] {
  return [...sentence.matchAll(count)].map(([number]) => Number(number.replace(/\D/g, '')));
}
