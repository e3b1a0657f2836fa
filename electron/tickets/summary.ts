import { withoutBidiControls } from '../../shared/bidi.ts';
import { firstLineWithWords } from '../rich-text/first-line.ts';
import { readMrkdwn } from '../rich-text/read-mrkdwn.ts';

/** Jira's limit on a summary, in UTF-16 code units. */
const summaryLimit = 255;
/** Characters of the line that are looked at: blanks between words are made one. */
const longestLine = 2_048;
const lineEnd = /\r\n|[\n\r\u2028\u2029]/;

/** Characters of a text's beginning in which its first words are looked for. */
const longestOpening = 8_192;

/** Code in fences, each as the reader pairs them. */
const fenced = /```([\s\S]+?)```/g;

/**
 * The summary of what a person wrote with Slack's marks: the first line in which there are words, without its marks. A
 * fence, a bullet, an emoji or the mark of a quotation alone is none.
 *
 * @param text The same as `summarise` takes it, for where there are no words.
 */
export function summariseMarkup(markup: string, text: string): string {
  // A fence within a line makes a block of its own, but the line goes on behind it.
  const opening = markup
    .trimStart()
    .slice(0, longestOpening)
    .replace(fenced, (fence, code: string) => (/[\n\r`]/.test(code) ? fence : `\`${code}\``));
  const line = firstLineWithWords(readMrkdwn(opening));
  return summarise(line) || summarise(text);
}

/**
 * The first line that says something, on one line and at most 255 characters, cut at a word where there is one. Nothing
 * in it turns the order of what stands beside it.
 *
 * @param text What the person typed; not blank.
 */
export function summarise(text: string): string {
  const first = withoutBidiControls(firstLine(text))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (first.length <= summaryLimit) return first;
  const room = first.slice(0, summaryLimit - 1);
  const lastSpace = room.lastIndexOf(' ');
  // A word as long as the line (a stack frame, a URL) is cut in the middle, but never inside a surrogate pair.
  const cut = lastSpace > summaryLimit / 2 ? room.slice(0, lastSpace) : room.replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.trimEnd()}…`;
}

/** The first line in which there is more than blanks and what nobody sees; empty where there is none. */
function firstLine(text: string): string {
  const at = text.search(/[^\s\p{Cc}\p{Cf}]/u);
  if (at < 0) return '';
  const before =
    text
      .slice(Math.max(0, at - summaryLimit), at)
      .split(lineEnd)
      .at(-1) ?? '';
  const [after = ''] = text.slice(at, at + longestLine).split(lineEnd, 1);
  return before + after;
}
