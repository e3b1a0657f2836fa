import { printable } from '../../rich-text/printable.ts';
import {
  type Block,
  type Inline,
  joinedRuns,
  type Mark,
  type RichText,
  type TextRun,
  wordsOf,
} from '../../rich-text/rich-text.ts';
import { escapeWiki, marksToEscape } from './wiki-escape.ts';

/** The text as Jira's wiki text, in which a person's words mean nothing but themselves. */
export function toWiki(text: RichText): string {
  return blocksToWiki(text, '').join('\n\n');
}

/** @param marker Marks of the lists around: `*#`. */
function blocksToWiki(blocks: RichText, marker: string): string[] {
  return blocks.map((block) => blockToWiki(block, marker));
}

function blockToWiki(block: Block, marker: string): string {
  switch (block.type) {
    case 'paragraph':
      return toLines(block.content);
    case 'heading':
      return `h${block.level}. ${toLines(withoutBreaks(block.content))}`;
    case 'list':
      return listToWiki(block.first, block.items, marker);
    case 'quote':
      return quoteToWiki(blocksToWiki(block.content.flatMap(unquoted), '').join('\n\n'));
    case 'code':
      return codeToWiki(printable(block.text));
    case 'rule':
      return '----';
  }
}

/** A quotation in another cannot be told from its end. */
function unquoted(block: RichText[number]): RichText {
  if (block.type === 'quote') return block.content.flatMap(unquoted);
  return block.type === 'list' ? [{ ...block, items: block.items.map((item) => item.flatMap(unquoted)) }] : [block];
}

/** Code in a quotation must not end it. */
function quoteToWiki(wiki: string): string {
  return `{quote}\n${wiki.replace(/\{(?=quote\})/g, unseen)}\n{quote}`;
}

function withoutBreaks(content: readonly Inline[]): Inline[] {
  return content.map((inline) =>
    inline.type === 'break' ? { type: 'text', text: ' ', marks: [], href: null } : inline,
  );
}

/** Numbers begin at 1 in wiki text: others are written out. */
function listToWiki(first: number | null, items: readonly RichText[], marker: string): string {
  const isCounted = first === 1;
  const isWritten = first !== null && !isCounted;
  const own = isWritten && marker === '' ? '' : `${marker}${isCounted ? '#' : '*'}`;
  const lines = items.map((item, index) => {
    const [begin, ...rest] = blocksToWiki(item, own);
    const isLine = item[0]?.type === 'paragraph';
    const number = isWritten ? `${first + index}. ` : '';
    const before = own === '' ? number : `${own} ${number}`;
    // An empty line would end the list.
    const after = (isLine ? rest : [begin ?? '', ...rest]).map((block) => `\n${withoutEmptyLines(block)}`);
    return `${before}${isLine ? withoutEmptyLines(begin ?? '') : ''}${after.join('')}`;
  });
  return lines.join('\n');
}

function withoutEmptyLines(block: string): string {
  return block.startsWith('{') ? block : block.replace(/\n{2,}/g, '\n');
}

/** A brace, and a blank without a width. */
const unseen = '{\u200B';

function codeToWiki(code: string): string {
  const macro = code.includes('{code') && !code.includes('{noformat') ? 'noformat' : 'code';
  // Nothing escapes the end of a macro within it; what nobody sees does.
  const safe = code.replace(macro === 'code' ? /\{(?=code)/g : /\{(?=noformat)/g, unseen);
  return `{${macro}}\n${safe}\n{${macro}}`;
}

const signs: Record<Exclude<Mark, 'code'>, string> = { bold: '*', italic: '_', strike: '-' };

function toLines(content: readonly Inline[]): string {
  const lines: TextRun[][] = [[]];
  for (const inline of joinedRuns(content)) {
    if (inline.type === 'break') lines.push([]);
    else lines.at(-1)?.push({ ...inline, text: printable(inline.text).replaceAll('\n', ' ') });
  }
  return lines.map((runs) => toLine(runs.filter(({ text }) => text !== ''))).join('\n');
}

function toLine(runs: readonly TextRun[]): string {
  const ours = new Set(runs.flatMap(({ marks }) => marks.map((mark) => (mark === 'code' ? '' : signs[mark]))));
  const meant = marksToEscape(wordsOf(runs), ours);
  const written: string[] = [];
  let beginsLine = true;
  /** The character before the next one. */
  let last = '';
  const write = (text: string) => {
    written.push(text);
    last = text.at(-1) ?? last;
  };
  for (const [index, run] of runs.entries()) {
    const begin = run.text.length - run.text.trimStart().length;
    const words = run.text.trim();
    if (words === '') {
      write(run.text);
      continue;
    }
    const escaped = (text: string) => escapeWiki(text, { beginsLine, marks: meant });
    const inner = run.href === null ? escaped(words) : toLink(words, run.href, escaped);
    beginsLine = false;
    const end = run.text.slice(begin + words.length);
    const after = end || (runs[index + 1]?.text ?? '');
    write(run.text.slice(0, begin));
    // Nothing is marked but what carries marks, so plain words keep their escape for the beginning of a line.
    write(inMarks(inner, run.marks, isFree(last) && isFree(after.charAt(0))));
    write(end);
  }
  return written.join('');
}

/** Whether a mark counts beside this character. */
function isFree(character: string): boolean {
  return character === '' || /[\s.,:;?)("'„“”«»]/.test(character);
}

/** Words in their marks; in braces a mark counts beside letters, too. */
function inMarks(words: string, marks: readonly Mark[], isFreeStanding: boolean): string {
  const code = marks.includes('code') ? `{{${words.replace(/\\[{}]/g, inCode).replace(macroName, inCode)}}}` : words;
  return (['strike', 'italic', 'bold'] as const)
    .filter((mark) => marks.includes(mark))
    .reduce((inner, mark) => {
      const sign = isFreeStanding ? signs[mark] : `{${signs[mark]}}`;
      return `${sign}${inner}${sign}`;
    }, code);
}

/** What would be a macro between two braces. */
const macroName = /^(?=(?:code|noformat|quote|panel|color|anchor|html)(?::|$))./;

/** A brace beside those of code would be one of them. */
function inCode(escaped: string): string {
  return `&#${escaped.charCodeAt(escaped.length - 1)};`;
}

const followed = /^(?:https?|mailto|tel|ftps?):./i;

function toLink(words: string, href: string, escaped: (words: string) => string): string {
  if (!followed.test(href)) return escaped(words);
  const target = printable(href).replace(/[[\]|{}\\^\s]/g, encodeURIComponent);
  if (words === target || `mailto:${words}` === target) return `[${target}]`;
  const label = escaped(words);
  // Within a link nothing can be escaped for sure.
  return label === words ? `[${words}|${target}]` : `${label} ([${target}])`;
}
