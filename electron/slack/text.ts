/**
 * Slack's text, in and out. In: `&amp; &lt; &gt;` and the `<...>` sequences of escaped slash commands become
 * what the person saw. Out: the three characters are escaped, so that nobody's words become a link or a ping.
 * Source: docs.slack.dev/messaging/formatting-message-text.
 */

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

function readable(sequence: string): string {
  const [target = '', label] = sequence.split('|', 2);
  if (target.startsWith('@') || target.startsWith('#')) {
    const sign = target.charAt(0);
    return `${sign}${label?.replace(/^[@#]/, '') || target.slice(1)}`;
  }
  if (target.startsWith('!')) {
    const name = target.slice(1).split('^')[0] ?? '';
    return label ?? `@${name}`;
  }
  const address = target.replace(/^mailto:/, '');
  return label === undefined || label === address ? address : `${label} (${address})`;
}

/** Undoes `escapeSlackText`. */
export function unescapeSlackText(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);
}

/** Characters. Slack takes 40,000 from a person; escaped they can be five times as many, and a link's words and address come twice. */
const [longestSent, longestText] = [200_000, 100_000];

/** What a person typed, from the text of a slash command; what is longer than any person's is cut. */
export function decodeSlackText(text: string): string {
  const plain = text
    .slice(0, longestSent)
    .replace(/<([@#!][^<>\s]*|(?:https?|mailto):[^<>]*)>/g, (_, sequence: string) => readable(sequence));
  return unescapeSlackText(plain).slice(0, longestText);
}

/** Anybody's words, safe inside a `mrkdwn` text. */
export function escapeSlackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
