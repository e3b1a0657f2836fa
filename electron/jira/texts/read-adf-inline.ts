import { type Inline, type Mark, plainRun, type TextRun } from '../../rich-text/rich-text.ts';

/** A node as it comes, unchecked. */
export type AdfJson = Record<string, unknown>;

/** Words of an inline node; null where it is a block. */
export function inlineOf(node: AdfJson): Inline[] | null {
  const attrs = attrsOf(node);
  switch (node['type']) {
    case 'text':
      return runsOf(node);
    case 'hardBreak':
      return [{ type: 'break' }];
    case 'mention':
      return linesToRuns(`@${(stringOf(attrs['text']) || stringOf(attrs['id'])).replace(/^@/, '')}`);
    case 'emoji':
      return linesToRuns(stringOf(attrs['text']) || stringOf(attrs['shortName']));
    case 'date':
      return linesToRuns(dateOf(attrs['timestamp']));
    case 'inlineCard':
      return cardOf(attrs);
    case 'status':
    case 'placeholder':
    case 'inlineExtension':
    case 'mediaInline':
      return linesToRuns(attrWords(attrs) || wordsIn(node));
    default:
      return null;
  }
}

const markNames: Record<string, Mark> = { strong: 'bold', em: 'italic', strike: 'strike', code: 'code' };

function runsOf(node: AdfJson): Inline[] {
  const given = Array.isArray(node['marks']) ? node['marks'].filter(isNode) : [];
  const marks = [...new Set(given.flatMap(({ type }) => markNames[stringOf(type)] ?? []))];
  const link = given.find(({ type }) => type === 'link');
  const href = link === undefined ? '' : stringOf(attrsOf(link)['href']);
  return linesToRuns(stringOf(node['text']), { marks, href: href === '' ? null : href });
}

export function cardOf(attrs: AdfJson): Inline[] {
  const data = isNode(attrs['data']) ? attrs['data'] : {};
  const href = stringOf(attrs['url']) || stringOf(data['url']);
  const name = stringOf(data['name']) || href;
  return linesToRuns(name, { href: href === '' ? null : href });
}

export function linesToRuns(text: string, form: Partial<Pick<TextRun, 'marks' | 'href'>> = {}): Inline[] {
  return text
    .split(/\r\n|[\n\r]/)
    .flatMap((line, index): Inline[] => [
      ...(index === 0 ? [] : [{ type: 'break' } as const]),
      ...(line === '' ? [] : [{ ...plainRun(line), ...form }]),
    ]);
}

/** What a node without words of its own says of itself: a picture's description, a card's address, a macro's text. */
export function attrWords(attrs: AdfJson): string {
  const names = ['text', 'alt', 'title', 'url', 'shortName'];
  return names.map((name) => stringOf(attrs[name])).find((words) => words !== '') ?? '';
}

function dateOf(timestamp: unknown): string {
  const at = new Date(Number(timestamp));
  return timestamp === undefined || Number.isNaN(at.getTime()) ? stringOf(timestamp) : at.toISOString().slice(0, 10);
}

/** All words below a node, however deep; without recursion, for nobody knows how deep that is. */
export function wordsIn(root: AdfJson): string {
  const words: string[] = [];
  const waiting: AdfJson[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const inline = node === root ? null : inlineShallow(node);
    if (typeof node['text'] === 'string') words.push(node['text']);
    else if (inline !== null) words.push(inline);
    waiting.push(...childrenOf(node).reverse());
  }
  return words.join('');
}

function inlineShallow(node: AdfJson): string | null {
  if (node['type'] === 'hardBreak') return '\n';
  const attrs = attrsOf(node);
  const words = node['type'] === 'mention' ? stringOf(attrs['text']) : attrWords(attrs);
  return words === '' ? null : words;
}

export function childrenOf(node: AdfJson): AdfJson[] {
  return Array.isArray(node['content']) ? node['content'].filter(isNode) : [];
}

export function attrsOf(node: AdfJson): AdfJson {
  return isNode(node['attrs']) ? node['attrs'] : {};
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function isNode(value: unknown): value is AdfJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
