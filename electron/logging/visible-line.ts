/** Ends of lines, everything else that a terminal obeys (C0, C1, escape sequences begin with one), and bidi controls. */
const unseen = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u206F\uFEFF]/gu;
const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text for one line of the log file or of stdout: whoever named a file or answered a request cannot write a line of their
 * own, colour a terminal or turn the order of the writing. What would do that is shown as `\n` or `\u202e`.
 */
export function visibleLine(text: string): string {
  return text.replace(
    unseen,
    (character) => short[character] ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
