import { type Block, type RichText, wordsOf } from './rich-text.ts';

const word = /[\p{L}\p{N}]/u;

/** The first line in which there are words, without its marks; empty where there is none. */
export function firstLineWithWords(text: RichText): string {
  for (const block of text) {
    const line = linesOf(block).find((words) => word.test(words));
    if (line !== undefined) return line;
  }
  return '';
}

function linesOf(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return wordsOf(block.content).split('\n');
    case 'list':
      return block.items.flatMap((item) => item.flatMap(linesOf));
    case 'quote':
      return block.content.flatMap(linesOf);
    case 'code':
      return block.text.split('\n');
    case 'rule':
      return [];
  }
}
