import type { Block, Inline, RichText } from '../rich-text/rich-text.ts';

/** The text as Jira's wiki text, in which a person's words mean nothing but themselves. */
export function toWiki(text: RichText): string {
  return text.map(toBlock).join('\n\n');
}

function toBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return block.content.map(toInline).join('');
    case 'list':
      return block.items.map((item) => `* ${toWiki(item)}`).join('\n');
    case 'quote':
      return toWiki(block.content);
    case 'code':
      return escaped(block.text);
    case 'rule':
      return '----';
  }
}

function toInline(inline: Inline): string {
  return inline.type === 'break' ? '\n' : escaped(inline.text);
}

function escaped(text: string): string {
  return text.replace(/[\\{}[\]*_\-+^~?!|#@]/g, '\\$&');
}
