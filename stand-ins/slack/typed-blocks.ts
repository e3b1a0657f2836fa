import type { Json } from '../record.ts';

/** What stands between angle brackets or colons in a text; all else is words. */
const marks = /<(@|#|!|https?:)([^<>|]*)(?:\|([^<>]*))?>|:([a-z0-9_+-]+):/g;

/**
 * The `rich_text` block that Slack stores with what a person wrote: docs.slack.dev/reference/block-kit/blocks/rich-text-block.
 * Marks such as `*` stay words, as where the person has switched formatting off.
 */
export function typedBlocks(text: string, blockId: string): Json[] {
  if (text === '') return [];
  const elements: Json[] = [];
  const addWords = (words: string) => {
    if (words !== '') elements.push({ type: 'text', text: unescaped(words) });
  };
  let end = 0;
  for (const match of text.matchAll(marks)) {
    addWords(text.slice(end, match.index));
    elements.push(elementOf(match));
    end = match.index + match[0].length;
  }
  addWords(text.slice(end));
  return [{ type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] }];
}

function elementOf([, kind = '', id = '', label, emoji]: RegExpMatchArray): Json {
  if (emoji !== undefined) return { type: 'emoji', name: emoji };
  if (kind === '@') return { type: 'user', user_id: id };
  if (kind === '#') return { type: 'channel', channel_id: id };
  if (kind === '!') return { type: 'broadcast', range: id };
  return { type: 'link', url: unescaped(kind + id), ...(label !== undefined && { text: unescaped(label) }) };
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
