import { createListReader } from '../../rich-text/list-reader.ts';
import { type Block, type Inline, plainRun, type RichText, withBreaks } from '../../rich-text/rich-text.ts';
import { readWikiLine } from './read-wiki-line.ts';

/** Macros whose content is lines as they are. */
const verbatim = /(?<!\{)\{(code|noformat)(?::[^{}\n]{0,200})?\}(?!\})/i;
const heading = /^[ \t]*h([1-6])\.(?=\s|$)(.*)$/;
const listed = /^\s*([*#-]+)\s+(\S.*)$/;
const rule = /^\s*-{4,5}\s*$/;
const panel = /^\s*\{(?:panel|expand|info|note|tip|warning)(?::([^{}\n]*))?\}\s*/i;
const title = /(?:^|\|)title=([^|]*)/i;

/** Reads Jira's wiki text without losing a word; macros and tables become the words in them. */
export function readWiki(wiki: string): RichText {
  return readBlocks(wiki.replace(/\r\n?/g, '\n'), false);
}

function readBlocks(wiki: string, isQuoted: boolean): Block[] {
  const blocks: Block[] = [];
  const lists = createListReader(blocks);
  const counts: number[] = [];
  let lines: Inline[][] = [];
  let rest = wiki;

  function endParagraph(): void {
    if (lines.length > 0) blocks.push({ type: 'paragraph', content: withBreaks(lines) });
    lines = [];
  }

  function endAll(): void {
    endParagraph();
    lists.end();
    counts.length = 0;
  }

  function takeItem(marker: string, words: string): void {
    endParagraph();
    counts.length = Math.min(counts.length, marker.length);
    const isNumbered = marker.endsWith('#');
    const number = (counts[marker.length - 1] ?? 0) + 1;
    counts[marker.length - 1] = isNumbered ? number : 0;
    lists.add(2 * marker.length, isNumbered ? number : null, readWikiLine(words));
  }

  function takeLine(line: string): void {
    const [, level, words = ''] = heading.exec(line) ?? [];
    const item = listed.exec(line);
    if (level !== undefined) {
      endAll();
      blocks.push({ type: 'heading', level: levelOf(level), content: readWikiLine(words.trim()) });
    } else if (rule.test(line)) {
      endAll();
      blocks.push({ type: 'rule' });
    } else if (item !== null) {
      takeItem(item[1] ?? '', item[2] ?? '');
    } else if (/^\s*bq\.\s/.test(line)) {
      endAll();
      blocks.push({
        type: 'quote',
        content: [{ type: 'paragraph', content: readWikiLine(line.replace(/^\s*bq\.\s+/, '')) }],
      });
    } else if (line.trim() === '') {
      endAll();
    } else if (lines.length > 0 || !lists.goOn(Number.POSITIVE_INFINITY, () => readWikiLine(line))) {
      lines.push(/^\s*\|/.test(line) ? rowOf(line) : readWikiLine(line));
    }
  }

  function takeLines(text: string): void {
    for (const line of text.split('\n')) {
      const opened = panel.exec(line);
      if (opened === null) {
        takeLine(line);
        continue;
      }
      endAll();
      const name = title.exec(opened[1] ?? '')?.[1] ?? '';
      if (name !== '') blocks.push({ type: 'paragraph', content: [{ ...plainRun(name), marks: ['bold'] }] });
      const after = line.slice(opened[0].length);
      if (after !== '') takeLine(after);
    }
  }

  while (rest !== '') {
    const quote = isQuoted ? -1 : rest.indexOf('{quote}');
    const macro = verbatim.exec(rest);
    if (quote >= 0 && (macro === null || quote < macro.index)) {
      takeLines(withoutLastBreak(rest.slice(0, quote)));
      endAll();
      const begin = quote + '{quote}'.length;
      const end = closingQuote(rest, begin);
      blocks.push({ type: 'quote', content: readBlocks(rest.slice(begin, end), true) });
      rest = rest.slice(end + '{quote}'.length).replace(/^\n/, '');
    } else if (macro !== null) {
      takeLines(withoutLastBreak(rest.slice(0, macro.index)));
      endAll();
      const begin = macro.index + macro[0].length;
      const closing = `{${(macro[1] ?? '').toLowerCase()}}`;
      const found = rest.toLowerCase().indexOf(closing, begin);
      const end = found < 0 ? rest.length : found;
      blocks.push({ type: 'code', text: rest.slice(begin, end).replace(/^\n/, '').replace(/\n$/, '') });
      rest = rest.slice(end + closing.length).replace(/^\n/, '');
    } else {
      takeLines(rest);
      rest = '';
    }
  }
  endParagraph();
  return blocks;
}

/** Where a quotation ends: not within code; the end of the text where nothing ends it. */
function closingQuote(text: string, from: number): number {
  const end = text.indexOf('{quote}', from);
  return end < 0 ? text.length : end;
}

function withoutLastBreak(text: string): string {
  return text.replace(/\n$/, '');
}

/** Cells of a table's row, on one line. */
function rowOf(line: string): Inline[] {
  const cells = line
    .trim()
    .replace(/^\|{1,2}/, '')
    .replace(/\|{1,2}$/, '')
    .split(/(?<!\\)\|{1,2}/);
  return cells.flatMap((cell, index): Inline[] => [
    ...(index === 0 ? [] : [plainRun(' | ')]),
    ...readWikiLine(cell.trim()),
  ]);
}

function levelOf(digit: string): 1 | 2 | 3 | 4 | 5 | 6 {
  return ([1, 2, 3, 4, 5, 6] as const).find((level) => String(level) === digit) ?? 6;
}
