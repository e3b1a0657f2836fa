import { type Block, type Inline, type RichText, wordsOf } from '../../../electron/rich-text/rich-text.ts';

/** A tree in few characters, to compare: `p(a *b*{bold})`. */
export function sketch(text: RichText): string {
  return text.map(sketchBlock).join(' ');
}

function sketchBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `p(${sketchLine(block.content)})`;
    case 'heading':
      return `h${block.level}(${sketchLine(block.content)})`;
    case 'list':
      return `${block.first === null ? 'ul' : `ol${block.first}`}(${block.items.map((item) => `[${sketch(item)}]`).join('')})`;
    case 'quote':
      return `quote(${sketch(block.content)})`;
    case 'code':
      return `code(${block.text})`;
    case 'rule':
      return 'rule';
  }
}

function sketchLine(content: readonly Inline[]): string {
  return content.map(sketchInline).join('');
}

function sketchInline(inline: Inline): string {
  if (inline.type === 'break') return '/';
  const { text, marks, href } = inline;
  const form = [...marks, ...(href === null ? [] : [href])].join(',');
  return form === '' ? text : `{${form}:${text}}`;
}

/** All words of a text, without regard to form; signs that stand for Slack's own are no words. */
export function wordsIn(text: string): string[] {
  return (
    text
      .normalize()
      .replace(/[ˋˍ]/g, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** The words of a tree, in order. */
export function treeWords(text: RichText): string[] {
  return text.flatMap(blockWords);
}

function blockWords(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return wordsIn(wordsOf(block.content));
    case 'list':
      return block.items.flatMap(treeWords);
    case 'quote':
      return treeWords(block.content);
    case 'code':
      return wordsIn(block.text);
    case 'rule':
      return [];
  }
}
