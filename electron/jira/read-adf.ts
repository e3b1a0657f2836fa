import {
  type Block,
  type Inline,
  joinedRuns,
  type Mark,
  plainRun,
  type RichText,
  type TextRun,
} from '../rich-text/rich-text.ts';

type Node = Record<string, unknown>;

/** Nodes within each other that are looked into; of what lies deeper the words alone are taken. */
const deepest = 40;

/**
 * Reads a document of Jira's, also one that is not quite as the schema says, without losing a word: what has no form of its
 * own here (a panel, a table, a status) is read as the words in it.
 */
export function readAdf(document: unknown): RichText {
  if (typeof document === 'string') return document === '' ? [] : [textParagraph(document)];
  return isNode(document) ? blocksOf(childrenOf(document), 0) : [];
}

/** Blocks of nodes, among which words may stand without a paragraph. */
function blocksOf(nodes: readonly Node[], depth: number): Block[] {
  const blocks: Block[] = [];
  let loose: Inline[] = [];
  const endLoose = () => {
    if (loose.length > 0) blocks.push({ type: 'paragraph', content: joinedRuns(loose) });
    loose = [];
  };
  for (const node of nodes) {
    const inline = inlineOf(node);
    if (inline !== null) loose.push(...inline);
    else {
      endLoose();
      blocks.push(...(depth > deepest ? flatWords(node) : blockOf(node, depth + 1)));
    }
  }
  endLoose();
  return blocks;
}

function blockOf(node: Node, depth: number): Block[] {
  const children = childrenOf(node);
  const attrs = attrsOf(node);
  switch (node['type']) {
    case 'paragraph':
    case 'taskItem':
    case 'decisionItem':
    case 'caption':
      return linesOf(children, depth, (content) => ({ type: 'paragraph', content }));
    case 'heading': {
      const level = headingLevel(attrs['level']);
      return linesOf(children, depth, (content) => ({ type: 'heading', level, content }));
    }
    case 'codeBlock':
      return [{ type: 'code', text: wordsIn(node) }];
    case 'rule':
      return [{ type: 'rule' }];
    case 'blockquote':
      return [{ type: 'quote', content: blocksOf(children, depth) }];
    case 'bulletList':
    case 'decisionList':
      return [{ type: 'list', first: null, items: itemsOf(children, depth) }];
    case 'orderedList':
      return [
        {
          type: 'list',
          first: typeof attrs['order'] === 'number' ? attrs['order'] : 1,
          items: itemsOf(children, depth),
        },
      ];
    case 'taskList':
      return [{ type: 'list', first: null, items: children.map((task) => taskItem(task, depth)) }];
    case 'tableRow':
      return rowOf(children, depth);
    case 'blockCard':
    case 'embedCard':
      return [{ type: 'paragraph', content: cardOf(attrs) }];
    case 'expand':
    case 'nestedExpand':
      return [...titleOf(attrs['title']), ...blocksOf(children, depth)];
    default: {
      const words = attrWords(attrs);
      return [...(words === '' ? [] : [textParagraph(words)]), ...blocksOf(children, depth)];
    }
  }
}

/** Words of a block that should hold nothing else; what it holds besides follows them. */
function linesOf(nodes: readonly Node[], depth: number, build: (content: Inline[]) => Block): Block[] {
  if (nodes.every((node) => inlineOf(node) !== null)) {
    return [build(joinedRuns(nodes.flatMap((node) => inlineOf(node) ?? [])))];
  }
  return blocksOf(nodes, depth);
}

function itemsOf(nodes: readonly Node[], depth: number): Block[][] {
  return nodes.map((node) =>
    node['type'] === 'listItem' ? blocksOf(childrenOf(node), depth) : blocksOf([node], depth),
  );
}

function taskItem(node: Node, depth: number): Block[] {
  const blocks = blocksOf([node], depth);
  const [first, ...rest] = blocks;
  if (node['type'] === 'taskList' || first?.type !== 'paragraph') return blocks;
  const box = attrsOf(node)['state'] === 'DONE' ? '☑ ' : '☐ ';
  return [{ ...first, content: [plainRun(box), ...first.content] }, ...rest];
}

/** A row of a table: its cells in one line where each is one, else below each other. */
function rowOf(cells: readonly Node[], depth: number): Block[] {
  const contents = cells.map((cell) => blocksOf(childrenOf(cell), depth));
  const isLine = contents.every(
    ([first, ...rest]) => rest.length === 0 && (first === undefined || first.type === 'paragraph'),
  );
  if (!isLine) return contents.flat();
  const lines = contents.map(([first]) => (first?.type === 'paragraph' ? first.content : []));
  const content = lines.flatMap((line, index): Inline[] => (index === 0 ? [...line] : [plainRun(' | '), ...line]));
  return [{ type: 'paragraph', content: joinedRuns(content) }];
}

function titleOf(title: unknown): Block[] {
  if (typeof title !== 'string' || title === '') return [];
  return [{ type: 'paragraph', content: [{ ...plainRun(title), marks: ['bold'] }] }];
}

/** Words of an inline node; null where it is a block. */
function inlineOf(node: Node): Inline[] | null {
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

function runsOf(node: Node): Inline[] {
  const given = Array.isArray(node['marks']) ? node['marks'].filter(isNode) : [];
  const marks = [...new Set(given.flatMap(({ type }) => markNames[stringOf(type)] ?? []))];
  const link = given.find(({ type }) => type === 'link');
  const href = link === undefined ? '' : stringOf(attrsOf(link)['href']);
  return linesToRuns(stringOf(node['text']), { marks, href: href === '' ? null : href });
}

function cardOf(attrs: Node): Inline[] {
  const data = isNode(attrs['data']) ? attrs['data'] : {};
  const href = stringOf(attrs['url']) || stringOf(data['url']);
  const name = stringOf(data['name']) || href;
  return linesToRuns(name, { href: href === '' ? null : href });
}

function linesToRuns(text: string, form: Partial<Pick<TextRun, 'marks' | 'href'>> = {}): Inline[] {
  return text
    .split(/\r\n|[\n\r]/)
    .flatMap((line, index): Inline[] => [
      ...(index === 0 ? [] : [{ type: 'break' } as const]),
      ...(line === '' ? [] : [{ ...plainRun(line), ...form }]),
    ]);
}

/** What a node without words of its own says of itself: a picture's description, a card's address, a macro's text. */
function attrWords(attrs: Node): string {
  const names = ['text', 'alt', 'title', 'url', 'shortName'];
  return names.map((name) => stringOf(attrs[name])).find((words) => words !== '') ?? '';
}

function dateOf(timestamp: unknown): string {
  const at = new Date(Number(timestamp));
  return timestamp === undefined || Number.isNaN(at.getTime()) ? stringOf(timestamp) : at.toISOString().slice(0, 10);
}

function headingLevel(level: unknown): 1 | 2 | 3 | 4 | 5 | 6 {
  return ([1, 2, 3, 4, 5, 6] as const).find((known) => known === level) ?? 6;
}

function textParagraph(text: string): Block {
  return { type: 'paragraph', content: linesToRuns(text) };
}

function flatWords(node: Node): Block[] {
  const words = wordsIn(node);
  return words === '' ? [] : [textParagraph(words)];
}

/** All words below a node, however deep; without recursion, for nobody knows how deep that is. */
function wordsIn(root: Node): string {
  const words: string[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const inline = node === root ? null : inlineShallow(node);
    if (typeof node['text'] === 'string') words.push(node['text']);
    else if (inline !== null) words.push(inline);
    waiting.push(...childrenOf(node).reverse());
  }
  return words.join('');
}

function inlineShallow(node: Node): string | null {
  if (node['type'] === 'hardBreak') return '\n';
  const attrs = attrsOf(node);
  const words = node['type'] === 'mention' ? stringOf(attrs['text']) : attrWords(attrs);
  return words === '' ? null : words;
}

function childrenOf(node: Node): Node[] {
  return Array.isArray(node['content']) ? node['content'].filter(isNode) : [];
}

function attrsOf(node: Node): Node {
  return isNode(node['attrs']) ? node['attrs'] : {};
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
