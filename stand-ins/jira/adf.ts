import { isRecord, type Json } from '../record.ts';

/** What may stand in a node, by node type; a rough cut of the schema, enough to catch text that is not ADF. */
const knownNodes = new Set(
  (
    'doc paragraph text hardBreak heading bulletList orderedList listItem blockquote codeBlock rule panel mention emoji ' +
    'date status inlineCard blockCard table tableRow tableHeader tableCell expand nestedExpand taskList taskItem ' +
    'decisionList decisionItem mediaSingle mediaGroup media'
  ).split(' '),
);
const blocksInline = new Set(['paragraph', 'heading', 'codeBlock', 'taskItem', 'decisionItem']);
const inline = new Set(['text', 'hardBreak', 'mention', 'emoji', 'date', 'status', 'inlineCard']);

/** Whether Jira would take this value as an Atlassian document. */
export function isAdf(value: unknown): boolean {
  return (
    isRecord(value) &&
    value['type'] === 'doc' &&
    value['version'] === 1 &&
    Array.isArray(value['content']) &&
    isNode(value)
  );
}

function isNode(value: unknown): boolean {
  if (!isRecord(value) || typeof value['type'] !== 'string' || !knownNodes.has(value['type'])) return false;
  if (value['type'] === 'text')
    return typeof value['text'] === 'string' && value['text'].length > 0 && isMarks(value['marks']);
  const content = value['content'] ?? [];
  if (!Array.isArray(content)) return false;
  const takesInline = blocksInline.has(value['type']);
  return content.every(
    (child) => isNode(child) && isRecord(child) && inline.has(String(child['type'])) === takesInline,
  );
}

function isMarks(value: unknown): boolean {
  if (value === undefined) return true;
  return Array.isArray(value) && value.every((mark) => isRecord(mark) && typeof mark['type'] === 'string');
}

/** Characters of text in a document, which Jira limits to 32,767. */
export function adfLength(value: unknown): number {
  if (!isRecord(value)) return 0;
  const own = typeof value['text'] === 'string' ? value['text'].length : 0;
  const content = Array.isArray(value['content']) ? value['content'] : [];
  return content.reduce((sum: number, child: unknown) => sum + adfLength(child), own);
}

/** The document's text: one entry a paragraph, heading or code block, with hard breaks as line ends. */
export function adfParagraphs(value: unknown): string[] {
  if (!isRecord(value) || !Array.isArray(value['content'])) return [];
  if (blocksInline.has(String(value['type']))) return [value['content'].map(inlineText).join('')];
  return value['content'].flatMap(adfParagraphs);
}

function inlineText(node: unknown): string {
  if (!isRecord(node)) return '';
  return node['type'] === 'hardBreak' ? '\n' : typeof node['text'] === 'string' ? node['text'] : '';
}

/** Plain text as a document; an empty line begins a paragraph. */
export function toPlainAdf(text: string): Json {
  const paragraphs = text.split('\n\n').map((paragraph) => ({
    type: 'paragraph',
    content: paragraph
      .split('\n')
      .flatMap((line, index) => [
        ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
        ...(line === '' ? [] : [{ type: 'text', text: line }]),
      ]),
  }));
  return { type: 'doc', version: 1, content: paragraphs };
}
