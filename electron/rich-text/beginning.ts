import type { Block, Inline, RichText } from './rich-text.ts';

/** Characters of a text's words, a line end each as one. */
export function lengthOfWords(text: RichText): number {
  return text.reduce((sum, block) => sum + lengthOfBlock(block), 0);
}

function lengthOfBlock(block: Block): number {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return block.content.reduce((sum, inline) => sum + lengthOfInline(inline), 0);
    case 'list':
      return block.items.reduce((sum, item) => sum + lengthOfWords(item), 0);
    case 'quote':
      return lengthOfWords(block.content);
    case 'code':
      return block.text.length;
    case 'rule':
      return 0;
  }
}

const lengthOfInline = (inline: Inline) => (inline.type === 'break' ? 1 : inline.text.length);

/** The beginning of a text with so many characters of its words, and their form; no character is split. */
export function beginningOfText(text: RichText, length: number): RichText {
  const blocks: Block[] = [];
  let room = length;
  for (const block of text) {
    const needed = lengthOfBlock(block);
    if (needed <= room) blocks.push(block);
    else if (room > 0) blocks.push(...cutBlock(block, room));
    room -= needed;
    if (room <= 0) break;
  }
  return blocks;
}

function cutBlock(block: Block, length: number): Block[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return [{ ...block, content: cutLine(block.content, length) }];
    case 'list': {
      const items: RichText[] = [];
      let room = length;
      for (const item of block.items) {
        if (room > 0) items.push(beginningOfText(item, room));
        room -= lengthOfWords(item);
      }
      return [{ ...block, items }];
    }
    case 'quote':
      return [{ ...block, content: beginningOfText(block.content, length) }];
    case 'code':
      return [{ ...block, text: cutAt(block.text, length) }];
    case 'rule':
      return [block];
  }
}

function cutLine(content: readonly Inline[], length: number): Inline[] {
  const kept: Inline[] = [];
  let room = length;
  for (const inline of content) {
    const text = inline.type === 'text' ? cutAt(inline.text, room) : '';
    if (inline.type === 'break' && room > 0) kept.push(inline);
    else if (inline.type === 'text' && room > 0 && text !== '') kept.push({ ...inline, text });
    room -= lengthOfInline(inline);
  }
  return kept;
}

/** Cuts without leaving half of a surrogate pair. */
export function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const endsInHalfPair = /[\uD800-\uDBFF]/.test(text.charAt(length - 1));
  return text.slice(0, endsInHalfPair ? length - 1 : length);
}
