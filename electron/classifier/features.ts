/** Hash buckets of a ticket's features; a power of two. Changing it, or anything below, needs `npm run train`. */
export const bucketCount = 2 ** 15;
/** What a ticket is about stands at its beginning; more would only cost time. */
const longestText = 3_000;

/** Words say more than their parts, which help with typos and unknown forms. The squares sum to 1. */
const wordWeight = Math.sqrt(0.8);
const partWeight = Math.sqrt(0.2);

/** A ticket as hashed features: bucket to value, of length 1 (L2); empty for a text without words. */
export type Features = ReadonlyMap<number, number>;

/** Word 1- and 2-grams and the words' 3- to 5-letter parts, hashed, damped by 1 + ln(count). */
export function featurise(text: string): Features {
  const words = wordsOf(text);
  const wordCounts = new Map<number, number>();
  const partCounts = new Map<number, number>();
  for (const [index, word] of words.entries()) {
    count(wordCounts, `w ${word}`);
    // The first word has its own bigram: a ticket that opens with a verb or a question word says much by that.
    count(wordCounts, `b ${words[index - 1] ?? '^'} ${word}`);
    for (const part of partsOf(word)) count(partCounts, `c ${part}`);
  }
  const features = new Map<number, number>();
  addNormalised(features, wordCounts, wordWeight);
  addNormalised(features, partCounts, partWeight);
  return features;
}

function count(counts: Map<number, number>, feature: string): void {
  const bucket = hash(feature) % bucketCount;
  counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
}

/** Lower case, addresses and numbers made alike, question and exclamation marks kept as words of their own. */
export function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, longestText)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/https?:\/\/\S+/g, ' url ')
    .replace(/\p{N}+/gu, '0');
  return plain.match(/[\p{L}\p{M}0_']+|[?!]/gu) ?? [];
}

function partsOf(word: string): string[] {
  const padded = `<${word.slice(0, 24)}>`;
  const parts: string[] = [];
  for (let length = 3; length <= 5; length += 1) {
    for (let at = 0; at + length <= padded.length; at += 1) parts.push(padded.slice(at, at + length));
  }
  return parts;
}

/** Damps the counts, makes them `length` long together, and adds them to `features`. */
function addNormalised(features: Map<number, number>, counts: ReadonlyMap<number, number>, length: number): void {
  const damped = [...counts].map(([bucket, times]) => [bucket, 1 + Math.log(times)] as const);
  const norm = Math.sqrt(damped.reduce((sum, [, value]) => sum + value * value, 0));
  for (const [bucket, value] of damped) features.set(bucket, (features.get(bucket) ?? 0) + (length * value) / norm);
}

/** FNV-1a, 32 bits, over UTF-16 units. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
