import { printable } from '../../rich-text/printable.ts';
import {
  type Block,
  type Inline,
  joinedRuns,
  type Mark,
  type RichText,
  type TextRun,
} from '../../rich-text/rich-text.ts';

export interface AdfMark {
  type: string;
  attrs?: Record<string, unknown>;
}

export interface AdfNode {
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

/** Where a block stands: the schema allows neither a heading, a rule nor a quotation within a list or a quotation. */
type Place = 'document' | 'quote' | 'item';

/**
 * The text as ADF, valid whatever it is. What it says is text nodes only, so nobody's words can become a mention or a
 * macro. Source of what may stand where: Atlassian's schema, `@atlaskit/adf-schema`.
 */
export function toAdf(text: RichText): AdfDocument {
  return { type: 'doc', version: 1, content: toNodes(text, 'document') };
}

function toNodes(blocks: RichText, place: Place): AdfNode[] {
  return blocks.flatMap((block) => toNode(block, place));
}

function toNode(block: Block, place: Place): AdfNode[] {
  switch (block.type) {
    case 'paragraph':
      return [paragraph(block.content)];
    case 'heading':
      if (place !== 'document') return [paragraph(block.content.map(inBold))];
      return [{ type: 'heading', attrs: { level: block.level }, content: toInlines(block.content) }];
    case 'list':
      return toList(block.first, block.items);
    case 'quote': {
      const content = toNodes(block.content, place === 'item' ? 'item' : 'quote');
      return place === 'document' && content.length > 0 ? [{ type: 'blockquote', content }] : content;
    }
    case 'code': {
      const code = printable(block.text);
      // The schema refuses empty text nodes.
      return [{ type: 'codeBlock', content: code === '' ? [] : [{ type: 'text', text: code }] }];
    }
    case 'rule':
      return place === 'document' ? [{ type: 'rule' }] : [];
  }
}

function toList(first: number | null, items: readonly RichText[]): AdfNode[] {
  const content = items.map((item): AdfNode => {
    const nodes = toNodes(item, 'item');
    const begins = nodes[0]?.type === 'paragraph' || nodes[0]?.type === 'codeBlock';
    return { type: 'listItem', content: begins ? nodes : [paragraph([]), ...nodes] };
  });
  if (content.length === 0) return [];
  if (first === null) return [{ type: 'bulletList', content }];
  return [{ type: 'orderedList', ...(first === 1 ? {} : { attrs: { order: Math.max(0, first) } }), content }];
}

function paragraph(content: readonly Inline[]): AdfNode {
  return { type: 'paragraph', content: toInlines(content) };
}

function inBold(inline: Inline): Inline {
  if (inline.type === 'break' || inline.marks.includes('bold')) return inline;
  return { ...inline, marks: ['bold', ...inline.marks] };
}

const markNames: Record<Mark, string> = { bold: 'strong', italic: 'em', strike: 'strike', code: 'code' };

function toInlines(content: readonly Inline[]): AdfNode[] {
  return joinedRuns(content).flatMap((inline): AdfNode[] => {
    if (inline.type === 'break') return [{ type: 'hardBreak' }];
    const text = printable(inline.text);
    const marks = marksOf(inline);
    return text === '' ? [] : [{ type: 'text', text, ...(marks.length === 0 ? {} : { marks }) }];
  });
}

/** Addresses that Jira makes links of. */
const followed = /^(?:https?|mailto|tel|ftps?):./i;

function marksOf({ marks, href }: TextRun): AdfMark[] {
  // Code takes no mark beside it but a link.
  const allowed = marks.includes('code') ? (['code'] as const) : new Set(marks);
  const named = [...allowed].map((mark) => ({ type: markNames[mark] }));
  if (href === null || !followed.test(href)) return named;
  return [...named, { type: 'link', attrs: { href: printable(href) } }];
}
