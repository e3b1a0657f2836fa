import { isolated, withoutBidiControls } from '../../shared/bidi.ts';
import { escapeSlackText } from './text.ts';

/**
 * Other people's words (a ticket, a name, what Jira said) where they stand among ours in a `mrkdwn` text. Slack's mrkdwn has
 * no escape for its marks, so those that it could take for emphasis, a quotation or an emoji are written with characters
 * that look the same: nobody's words can end our emphasis, begin their own, or look like "*Approved* by ...".
 * Source: docs.slack.dev/messaging/formatting-message-text.
 */
const twins: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ', ':': '꞉', '>': '›' };

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

/** One line: another could pass for one of ours. Without control characters, and in its own order. */
function oneLine(text: string): string {
  return withoutBidiControls(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function withoutMarks(line: string): string {
  return [mark, quote, emoji, backtick].reduce(
    // Marks first, by what stood beside them: a twin could pass for a letter.
    (text, pattern) => text.replace(pattern, (found) => found.replace(/./g, (sign) => twins[sign] ?? sign)),
    line,
  );
}

/** Text for a place within a `mrkdwn` text; on one line, escaped. */
export function foreign(text: string): string {
  return escapeSlackText(isolated(withoutMarks(oneLine(text))));
}

/** Whether `foreign` would write some of it with other characters. */
export function hasMarks(text: string): boolean {
  const line = oneLine(text);
  return withoutMarks(line) !== line;
}

/** Text for a `plain_text` of its own, which Slack shows as it is; on one line, escaped. */
export function literal(text: string): string {
  return escapeSlackText(oneLine(text));
}

/** Text for a place between two backticks. */
export function inCode(text: string): string {
  return escapeSlackText(isolated(oneLine(text).replace(backtick, 'ˋ')));
}

/**
 * A link as Slack writes it, `<address|label>`, or the label alone where the address is none of the web. No character of
 * the address can end it early.
 *
 * @param label Escaped already.
 */
export function link(address: string | null, label: string): string {
  const href = webAddress(address);
  return href === null ? label : `<${escapeSlackText(href)}|${label}>`;
}

/** An address in its normal form; null where it is none of the web, or carries a login. */
export function webAddress(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, username, password, href } = new URL(address);
  const isOfTheWeb = protocol === 'https:' || protocol === 'http:';
  // A login in an address serves to make it look like another one.
  if (!isOfTheWeb || username !== '' || password !== '') return null;
  // `new URL` leaves the sign that Slack has between address and label.
  return href.replaceAll('|', '%7C');
}
