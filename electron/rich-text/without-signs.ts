/**
 * Slack's mrkdwn has no escape for its marks, so those that it could take for emphasis, a quotation or an emoji are written with
 * characters that look the same: nobody's words can end our emphasis, begin their own, or look like "*Approved* by ...".
 * Source: docs.slack.dev/messaging/formatting-message-text.
 */
const lookalikes: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ', ':': '꞉', '>': '›' };

/**
 * What may begin or end emphasis. Within a word, and between blanks, Slack takes it as it is: `file_name`, `2 * 3`. Of which
 * letters Slack makes words it does not say, so only those that words are written with count, not ʼ, ª or ①.
 */
const mark =
  /(?<![\p{Lu}\p{Ll}\p{Nd}]|(?![ªº])\p{Lo})[*_~](?!\s)|(?<!\s)[*_~](?![\p{Lu}\p{Ll}\p{Nd}]|(?![ªº])\p{Lo})/gu;
/** A mark of code, in any place. */
const backtick = /`/g;
/** `:white_check_mark:`, but not the time in 10:30:45. */
const emoji = /(?<!\p{N}):(?=[\p{L}\p{M}\p{N}_+'-]+:)|:(?=[\p{N}]*[\p{L}_+'-][\p{L}\p{M}\p{N}_+'-]*:)/gu;
/** A mark of a quotation, at the beginning of a line. */
const quote = /^>+/;

/** One line of somebody's words with lookalikes of all that Slack could take for a mark. */
export function withoutSigns(line: string): string {
  return [mark, quote, emoji, backtick].reduce(
    // Marks first, by what stood beside them: a lookalike could pass for a letter.
    (text, pattern) => text.replace(pattern, (found) => found.replace(/./g, (sign) => lookalikes[sign] ?? sign)),
    line,
  );
}
