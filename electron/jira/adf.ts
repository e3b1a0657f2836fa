import type { Description } from './description.ts';

interface AdfNode {
  type: string;
  text?: string;
  marks?: { type: string }[];
  content?: AdfNode[];
}

/** A document as REST v3 takes it (Atlassian Document Format). */
export interface AdfDocument extends AdfNode {
  type: 'doc';
  version: 1;
  content: AdfNode[];
}

/**
 * The description as ADF. An empty line begins a paragraph and every other line end is a hard break, so the text
 * reads exactly as typed; it is plain text nodes only, so nobody's markup can become a link, mention or macro.
 */
export function toAdf({ text, cutNote, origin }: Description): AdfDocument {
  const paragraphs = text === '' ? [] : text.split('\n\n').map(toParagraph);
  const note = cutNote === null ? [] : [emphasised(cutNote)];
  return { type: 'doc', version: 1, content: [...paragraphs, ...note, { type: 'rule' }, emphasised(origin)] };
}

function toParagraph(text: string): AdfNode {
  const content = text.split('\n').flatMap((line, index): AdfNode[] => [
    ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
    // The schema refuses empty text nodes.
    ...(line === '' ? [] : [{ type: 'text', text: line }]),
  ]);
  return { type: 'paragraph', content };
}

function emphasised(text: string): AdfNode {
  return { type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'em' }] }] };
}
