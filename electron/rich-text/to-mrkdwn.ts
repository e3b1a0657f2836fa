import { type Block, type Inline, joinedRuns, type Mark, type RichText, type TextRun } from './rich-text.ts';
import { escapeSlackText } from './slack-sequences.ts';
import { withoutSigns } from './without-signs.ts';

/** The text as Slack's mrkdwn: its words can begin no mark of their own, and ping nobody. */
export function toMrkdwn(text: RichText): string {
  return blocksToMrkdwn(text, '').join('\n\n');
}

function blocksToMrkdwn(blocks: RichText, indent: string): string[] {
  return blocks.map((block) => blockToMrkdwn(block, indent));
}

function blockToMrkdwn(block: Block, indent: string): string {
  switch (block.type) {
    case 'paragraph':
      return toLines(block.content);
    case 'heading':
      return toLines(block.content.map(inBold));
    case 'list':
      return listToMrkdwn(block.first, block.items, indent);
    case 'quote':
      return blocksToMrkdwn(block.content, '').join('\n\n').replace(/^/gm, '> ');
    case 'code':
      // Nothing can be escaped there but what Slack escapes itself.
      return `\`\`\`\n${escapeSlackText(block.text.replaceAll('```', 'ˋˋˋ'))}\n\`\`\``;
    case 'rule':
      return '———';
  }
}

function listToMrkdwn(first: number | null, items: readonly RichText[], indent: string): string {
  const lines = items.map((item, index) => {
    const sign = first === null ? '•' : `${first + index}.`;
    const within = `${indent}    `;
    const [begin = '', ...rest] = blocksToMrkdwn(item, within);
    const after = rest.map((block) => `\n${block.replace(/^(?! )/gm, within)}`);
    return `${indent}${sign} ${begin.trimStart().replaceAll('\n', `\n${within}`)}${after.join('')}`;
  });
  return lines.join('\n');
}

function inBold(inline: Inline): Inline {
  if (inline.type === 'break' || inline.marks.includes('bold')) return inline;
  return { ...inline, marks: ['bold', ...inline.marks] };
}

function toLines(content: readonly Inline[]): string {
  const runs = joinedRuns(content);
  return runs
    .map((inline, index) => (inline.type === 'break' ? '\n' : runToMrkdwn(inline, runs[index - 1], runs[index + 1])))
    .join('');
}

const signs: Record<Mark, string> = { code: '`', strike: '~', italic: '_', bold: '*' };

function runToMrkdwn({ text, marks, href }: TextRun, before: Inline | undefined, after: Inline | undefined): string {
  const words = text.trim();
  if (words === '') return text;
  const begin = text.length - text.trimStart().length;
  const isFree = (neighbour: string) => neighbour === '' || /[\s.,:;?!)("'„“”«»]/.test(neighbour);
  // Slack sees no mark within a word.
  const isMarkable =
    isFree(begin > 0 ? ' ' : lastOf(before)) && isFree(text.length > begin + words.length ? ' ' : firstOf(after));
  const isCode = marks.includes('code') && isMarkable;
  const plain = isCode ? words.replaceAll('`', 'ˋ') : withoutSigns(words);
  const escaped = escapeSlackText(plain);
  const linked = href === null ? escaped : `<${escapeSlackText(href).replaceAll('|', '%7C')}|${escaped}>`;
  const marked = (['code', 'strike', 'italic', 'bold'] as const)
    .filter((mark) => isMarkable && marks.includes(mark))
    .reduce((inner, mark) => `${signs[mark]}${inner}${signs[mark]}`, linked);
  return `${text.slice(0, begin)}${marked}${text.slice(begin + words.length)}`;
}

const lastOf = (inline: Inline | undefined) => (inline?.type === 'text' ? (inline.text.at(-1) ?? '') : '');
const firstOf = (inline: Inline | undefined) => (inline?.type === 'text' ? inline.text.charAt(0) : '');
