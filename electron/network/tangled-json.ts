import { randomInt } from 'node:crypto';

/** An answer's data are a few levels deep; each more costs stack wherever they are walked through. */
const deepest = 200;
/** Distinct names of members; an issue with all custom fields of a large site has some thousands. */
const mostNames = 20_000;
/** Bytes of one; libraries search names by patterns that take their length squared. */
const longestName = 1_000;
/** Where hashes of names start, so that nobody can prepare names that fall into each other's place. */
const start = randomInt(2 ** 32);

const [quote, backslash, colon, comma] = [34, 92, 58, 44];
const [openBrace, closeBrace, openBracket, closeBracket] = [123, 125, 91, 93];

/**
 * Whether this is JSON that takes long to parse for its size: `JSON.parse` builds something new for each name that it
 * has not met (110,000 names in 1 MB hold the event loop for 60 ms, ordinary data of that size for 7 ms). Or has more
 * than `mostValues` values, where somebody looks at each. Never true of other text. It takes 3 ms for 1 MB.
 */
export function isTangled(text: Uint8Array, mostValues = Number.POSITIVE_INFINITY): boolean {
  let at = afterSpace(text, hasByteOrderMark(text) ? 3 : 0);
  if (text[at] !== openBrace && text[at] !== openBracket) return false;
  const met = new Uint8Array(2 ** 16);
  let names = 0;
  let depth = 0;
  let values = 0;
  for (; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === openBrace || byte === openBracket) {
      depth += 1;
      values += 1;
      if (depth > deepest || values > mostValues) return true;
    } else if (byte === comma) {
      values += 1;
      if (values > mostValues) return true;
    } else if (byte === closeBrace || byte === closeBracket) depth -= 1;
    else if (byte === quote) {
      // FNV-1a over the string; `at` comes to stand on its closing quote.
      let hash = start;
      const from = at;
      for (at += 1; at < text.length && text[at] !== quote; at += 1) {
        hash = Math.imul(hash ^ (text[at] ?? 0), 0x01000193);
        if (text[at] === backslash) at += 1;
      }
      if (text[afterSpace(text, at + 1)] !== colon) continue;
      if (at - from > longestName) return true;
      const bucket = (hash ^ (hash >>> 16)) & 0xffff;
      if (met[bucket] !== 0) continue;
      met[bucket] = 1;
      names += 1;
      if (names > mostNames) return true;
    }
  }
  return false;
}

function afterSpace(text: Uint8Array, from: number): number {
  let at = from;
  while (text[at] === 32 || text[at] === 10 || text[at] === 13 || text[at] === 9) at += 1;
  return at;
}

/** Whoever reads text as UTF-8 leaves it out before the JSON is parsed. */
function hasByteOrderMark(text: Uint8Array): boolean {
  return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
}
