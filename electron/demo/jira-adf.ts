import { isRecord } from './record.ts';

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
