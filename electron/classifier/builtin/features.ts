import { cues, folded } from './cues.ts';

/** Hash buckets of a ticket's words and their parts. Changing it, or anything below, needs `npm run train`. */
export const bucketCount = 2 ** 16;
/** Features in all: the buckets, then the cues in their order. */
export const featureCount = bucketCount + cues.length;
/** Characters that are looked at: what a ticket is about stands at its beginning. */
const longestText = 3_000;
/** Longest folded text: letters written as two, and signs that stand for a word, hardly ever make it twice as long. */
const longestFolded = 2 * longestText;

/** Length of each kind beside the others. Words say more than their parts, which help with typos and new forms. */
const lengths = { words: 0.9, parts: 0.45, titleWords: 0.4 };
/** What a cue that is there counts beside them. */
const cueValue = 0.4;

/** A ticket as numbers, the zeros left out: feature to value. Their squares sum to 1, but for an empty ticket's. */
export type Features = ReadonlyMap<number, number>;

/**
 * The words and pairs of words of a ticket, those of its first line once more, and the words' 3- to 5-letter parts, hashed
 * and damped by 1 + ln(count), beside the cues of cues.ts. All of one length, so that a long ticket makes nobody surer.
 */
export function featurise(text: string): Features {
  const start = folded(text.trim().slice(0, longestText)).slice(0, longestFolded);
  const title = start.split('\n', 1)[0] ?? '';
  const titleWords = wordsOf(title);
  const words = [...titleWords, ...wordsOf(start.slice(title.length))];
  const features = new Map<number, number>();
  addHashed(features, wordsAndPairs(words, 'w'), lengths.words);
  addHashed(features, wordsAndPairs(titleWords, 't'), lengths.titleWords);
  addHashed(features, words.flatMap(partsOf), lengths.parts);
  for (const [index, cue] of cues.entries()) {
    const strength = cue.strength(title, start);
    if (strength > 0) features.set(bucketCount + index, cueValue * strength);
  }
  const length = lengthOf(features.values());
  return new Map([...features].map(([feature, value]) => [feature, value / length]));
}

/** Lower case without accents, addresses and numbers made alike, question and exclamation marks kept as words of their own. */
export function wordsOf(text: string): string[] {
  const plain = folded(text)
    .toLowerCase()
    .replace(/https?:\/\/\S+/g, ' url ')
    .replace(/\p{N}+/gu, '0');
  return plain.match(/[\p{L}0_']+|[?!]/gu) ?? [];
}

/** The first word makes a pair too: a ticket that opens with a verb or a question word says much by that. */
function wordsAndPairs(words: readonly string[], kind: string): string[] {
  return words.flatMap((word, index) => [`${kind} ${word}`, `${kind} ${words[index - 1] ?? '^'} ${word}`]);
}

function partsOf(word: string): string[] {
  const padded = `<${word.slice(0, 24)}>`;
  const parts: string[] = [];
  for (let length = 3; length <= 5; length += 1) {
    for (let at = 0; at + length <= padded.length; at += 1) parts.push(`c ${padded.slice(at, at + length)}`);
  }
  return parts;
}

/** Counts and damps what is `found`, makes it `length` long together, and adds it to `features`. */
function addHashed(features: Map<number, number>, found: readonly string[], length: number): void {
  const counts = new Map<number, number>();
  for (const each of found) {
    const bucket = hash(each) % bucketCount;
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  const damped = [...counts].map(([bucket, times]) => [bucket, 1 + Math.log(times)] as const);
  const norm = lengthOf(damped.map(([, value]) => value));
  for (const [bucket, value] of damped) features.set(bucket, (features.get(bucket) ?? 0) + (length * value) / norm);
}

function lengthOf(values: Iterable<number>): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** FNV-1a, 32 bits, over UTF-16 units. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
