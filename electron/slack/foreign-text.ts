import { isolated, withoutBidiControls } from '../../shared/bidi.ts';
import { escapeSlackText } from '../rich-text/slack-sequences.ts';
import { withoutSigns } from '../rich-text/without-signs.ts';

/** A mark of code, in any place. */
const backtick = /`/g;

/** One line: another could pass for one of ours. Without control characters, and in its own order. */
function oneLine(text: string): string {
  return withoutBidiControls(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Text for a place within a `mrkdwn` text; on one line, escaped. */
export function foreign(text: string): string {
  return escapeSlackText(isolated(withoutSigns(oneLine(text))));
}

/** Whether `foreign` would write some of it with other characters. */
export function hasMarks(text: string): boolean {
  const line = oneLine(text);
  return withoutSigns(line) !== line;
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
