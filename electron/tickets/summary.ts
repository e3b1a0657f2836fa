import { withoutBidiControls } from '../../shared/bidi.ts';

/** Jira's limit on a summary, in UTF-16 code units. */
const summaryLimit = 255;

/**
 * The first line that says something, on one line and at most 255 characters, cut at a word where there is one. Nothing
 * in it turns the order of what stands beside it.
 *
 * @param text What the person typed; not blank.
 */
export function summarise(text: string): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) =>
    withoutBidiControls(line)
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  );
  const first = lines.find((line) => /[^\s\p{Cc}\p{Cf}]/u.test(line)) ?? '';
  if (first.length <= summaryLimit) return first;
  const room = first.slice(0, summaryLimit - 1);
  const lastSpace = room.lastIndexOf(' ');
  // A word as long as the line (a stack frame, a URL) is cut in the middle, but never inside a surrogate pair.
  const cut = lastSpace > summaryLimit / 2 ? room.slice(0, lastSpace) : room.replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.trimEnd()}…`;
}
