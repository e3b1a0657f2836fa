import { type Block, type RichText, wordsOf } from './rich-text.ts';

const word = /[\p{L}\p{N}]/u;
/** What has letters or digits and is no words: the name of an emoji, a number that begins a list. */
const noWord = /:[\p{L}\p{M}\p{N}_+'-]+:|^\s*\d{1,4}[.)]\s*$/gu;

/**
 * The first line in which there are words, without its marks; empty where there is none. A number that only looks like a
 * list's is one of the words: "3. floor without power" is one item, or the beginning of a list that does not begin at 1.
 */
export function firstLineWithWords(text: RichText): string {
  for (const block of text) {
    const found = linesOf(block).find((line) => word.test(line.replace(noWord, '')));
    if (found !== undefined) return found;
  }
  return '';
}

function linesOf(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return wordsOf(block.content).split('\n');
    case 'list':
      return block.items.flatMap((item, index) => numbered(item.flatMap(linesOf), numberOf(block, index)));
    case 'quote':
      return block.content.flatMap(linesOf);
    case 'code':
      return block.text.split('\n');
    case 'rule':
      return [];
  }
}

function numberOf({ first, items }: Extract<Block, { type: 'list' }>, index: number): string {
  return first === null || (first === 1 && items.length > 1) ? '' : `${first + index}. `;
}

function numbered([first = '', ...rest]: string[], number: string): string[] {
  return word.test(first) ? [`${number}${first}`, ...rest] : [first, ...rest];
}
