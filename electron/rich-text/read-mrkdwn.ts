import { createListReader } from './list-reader.ts';
import { codeText, readLine } from './mrkdwn-line.ts';
import { type Block, type Inline, type RichText, withBreaks } from './rich-text.ts';
import { unescapeSlackText } from './slack-sequences.ts';

const fence = '```';
/** A quotation begins with `>`, which Slack escapes; `>>>` goes on to the end of the text. */
const quoted = /^(?:>|&gt;) ?/;
const quotedToEnd = /^(?:>|&gt;){3}[ \n]?/;
const listed = /^([ \t]*)(?:([•◦▪‣⁃*-])\uFE0E?|(\d{1,4})[.)])[ \t]+(\S.*)$/;

/**
 * Reads Slack's mrkdwn as a person saw it, lists as they are typed included. Any text can be read; what marks nothing stays
 * as typed. Source: docs.slack.dev/messaging/formatting-message-text.
 */
export function readMrkdwn(raw: string): RichText {
  return readBlocks(raw.replace(/\r\n?/g, '\n'), false);
}

/** `isQuoted`: within a quotation, where Slack begins no other. */
function readBlocks(text: string, isQuoted: boolean): Block[] {
  const blocks: Block[] = [];
  const lists = createListReader(blocks);
  let lines: Inline[][] = [];
  let at = 0;

  function endParagraph(): void {
    if (lines.length > 0) blocks.push({ type: 'paragraph', content: withBreaks(lines) });
    lines = [];
  }

  function takeLine(line: string): void {
    const item = listed.exec(line);
    if (item !== null) {
      const [, indent = '', , number, words = ''] = item;
      endParagraph();
      lists.add(blanksBefore(`${indent}.`), number === undefined ? null : Number(number), readLine(words));
    } else if (line.trim() === '') {
      endParagraph();
    } else if (lines.length > 0 || !lists.goOn(blanksBefore(line), () => readLine(line.trimStart()))) {
      lists.end();
      lines.push(readLine(line));
    }
  }

  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    const line = text.slice(at, lineEnd);
    const quotation = isQuoted ? null : quotationAt(text, at);
    const open = line.indexOf(fence);
    const close = open < 0 ? -1 : text.indexOf(fence, at + open + fence.length);
    if (quotation !== null) {
      endParagraph();
      lists.end();
      blocks.push({ type: 'quote', content: readBlocks(quotation.text, true) });
      at = quotation.end;
    } else if (close > at + open + fence.length) {
      if (open > 0) takeLine(line.slice(0, open));
      endParagraph();
      lists.end();
      const code = text
        .slice(at + open + fence.length, close)
        .replace(/^\n/, '')
        .replace(/\n$/, '');
      blocks.push({ type: 'code', text: unescapeSlackText(codeText(code)) });
      at = close + fence.length;
      if (text.charAt(at) === '\n') at += 1;
    } else {
      takeLine(line);
      at = lineEnd + 1;
    }
  }
  endParagraph();
  return blocks;
}

/** What is quoted from there, and where that ends; null where nothing is, or no word of it is there. */
function quotationAt(text: string, from: number): { text: string; end: number } | null {
  const rest = quotedToEnd.exec(text.slice(from, from + 13));
  if (rest !== null) {
    const inner = text.slice(from + rest[0].length);
    return inner.trim() === '' ? null : { text: inner, end: text.length };
  }
  const lines: string[] = [];
  let at = from;
  while (at < text.length) {
    const line = text.slice(at, endOfLine(text, at));
    if (!quoted.test(line)) break;
    lines.push(line.replace(quoted, ''));
    at += line.length + 1;
  }
  const inner = lines.join('\n');
  return inner.trim() === '' ? null : { text: inner, end: at };
}

/** A tab counts as four. */
function blanksBefore(line: string): number {
  const blanks = line.slice(0, line.length - line.trimStart().length);
  return blanks.replaceAll('\t', '    ').length;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
