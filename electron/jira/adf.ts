import type { Block, Inline, Mark, RichText, TextRun } from '../rich-text/rich-text.ts';

interface AdfMark {
  type: string;
  attrs?: Record<string, unknown>;
}

interface AdfNode {
  type: string;
  text?: string;
  marks?: AdfMark[];
  attrs?: Record<string, unknown>;
  content?: AdfNode[];
}

/** A document as REST v3 takes it (Atlassian Document Format). */
export interface AdfDocument extends AdfNode {
  type: 'doc';
  version: 1;
  content: AdfNode[];
}

/** The text as ADF; what it says is text nodes only, so nobody's words can become a mention or a macro. */
export function toAdf(text: RichText): AdfDocument {
  return { type: 'doc', version: 1, content: text.map(toNode) };
}

function toNode(block: Block): AdfNode {
  switch (block.type) {
    case 'paragraph':
      return { type: 'paragraph', content: block.content.map(toInline) };
    case 'heading':
      return { type: 'heading', attrs: { level: block.level }, content: block.content.map(toInline) };
    case 'list': {
      const items = block.items.map((item) => ({ type: 'listItem', content: item.map(toNode) }));
      return { type: block.ordered ? 'orderedList' : 'bulletList', content: items };
    }
    case 'quote':
      return { type: 'blockquote', content: block.content.map(toNode) };
    case 'code':
      // The schema refuses empty text nodes.
      return { type: 'codeBlock', content: block.text === '' ? [] : [{ type: 'text', text: block.text }] };
    case 'rule':
      return { type: 'rule' };
  }
}

const markNames: Record<Mark, string> = { bold: 'strong', italic: 'em', strike: 'strike', code: 'code' };

function toInline(inline: Inline): AdfNode {
  if (inline.type === 'break') return { type: 'hardBreak' };
  const marks = marksOf(inline);
  return { type: 'text', text: inline.text, ...(marks.length === 0 ? {} : { marks }) };
}

function marksOf({ marks, href }: TextRun): AdfMark[] {
  const named = marks.map((mark) => ({ type: markNames[mark] }));
  return href === null ? named : [...named, { type: 'link', attrs: { href } }];
}
