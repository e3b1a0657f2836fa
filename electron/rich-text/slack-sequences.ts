/**
 * What Slack writes in place of what a person saw: `&amp; &lt; &gt;`, the `<...>` of mentions, channels, dates and links, and
 * the names of emoji. Source: docs.slack.dev/messaging/formatting-message-text.
 */

/** What a person saw of a sequence; `href`: where it leads, if it is a link of a kind that others may follow. */
export interface SeenSequence {
  text: string;
  /** The address behind words that differ from it; null where the text says all. */
  address: string | null;
  href: string | null;
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** A sequence. It never looks past another `<`, so that it is linear. */
export const sequences =
  /<([@#!][^<>\s|^]+(?:[|^][^<>\n]*)?|(?:https?|mailto|tel|ftps?|sftp|ssh|file|smb|slack|sip):[^<>\n]*)>/gi;
const followed = /^(?:https?|mailto|tel|ftps?):/i;

/** Undoes Slack's escapes of three characters. */
export function unescapeSlackText(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);
}

/** Anybody's words, safe inside a `mrkdwn` text. */
export function escapeSlackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The text with its sequences and escapes as a person saw them; marks and emoji stay as they are. */
export function seenText(raw: string): string {
  const plain = raw.replace(sequences, (_, inner: string) => {
    const { text, address } = readSequence(inner);
    return address === null ? text : `${text} (${address})`;
  });
  return unescapeSlackText(plain);
}

/** Reads what stands between `<` and `>`. Its text is as escaped as it came. */
export function readSequence(inner: string): SeenSequence {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : inner.slice(bar + 1).trim();
  const sign = target.charAt(0);
  if (sign === '@' || sign === '#') {
    const name = label.replace(/^[@#]/, '') || target.slice(1);
    return { text: `${sign}${name}`, address: null, href: null };
  }
  if (sign === '!') return readSpecial(target.slice(1), label);
  const address = target.replace(/^mailto:/i, '');
  const isSame = label === '' || label === address || label === target;
  return {
    text: label === '' ? address : label,
    address: isSame ? null : address,
    href: followed.test(target) ? unescapeSlackText(target) : null,
  };
}

/** `!channel`, `!subteam^S1`, `!date^1392734382^{date}^https://...`. */
function readSpecial(target: string, label: string): SeenSequence {
  const [name = '', first = '', , link = ''] = target.split('^');
  if (name === 'date') {
    const address = link === '' ? null : link;
    return { text: label || dateOf(first), address, href: address === null ? null : unescapeSlackText(address) };
  }
  const isEverybody = ['channel', 'here', 'everyone', 'group'].includes(name);
  const text = isEverybody || label === '' ? `@${(label || name).replace(/^@/, '')}` : label;
  return { text, address: null, href: null };
}

/** The moment as ISO 8601, where Slack's text has no words for readers without its form of dates. */
function dateOf(seconds: string): string {
  const at = new Date(Number(seconds) * 1000);
  return seconds === '' || Number.isNaN(at.getTime()) ? 'date' : at.toISOString();
}
