import { type Block, type Inline, joinedRuns, plainRun, type RichText } from '../../rich-text/rich-text.ts';
import {
  type AdfJson,
  attrsOf,
  attrWords,
  cardOf,
  childrenOf,
  inlineOf,
  isNode,
  linesToRuns,
  wordsIn,
} from './read-adf-inline.ts';

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
function blocksOf(nodes: readonly AdfJson[], depth: number): Block[] {
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

function blockOf(node: AdfJson, depth: number): Block[] {
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
function linesOf(nodes: readonly AdfJson[], depth: number, build: (content: Inline[]) => Block): Block[] {
  if (nodes.every((node) => inlineOf(node) !== null)) {
    return [build(joinedRuns(nodes.flatMap((node) => inlineOf(node) ?? [])))];
  }
  return blocksOf(nodes, depth);
}

function itemsOf(nodes: readonly AdfJson[], depth: number): Block[][] {
  return nodes.map((node) =>
    node['type'] === 'listItem' ? blocksOf(childrenOf(node), depth) : blocksOf([node], depth),
  );
}

function taskItem(node: AdfJson, depth: number): Block[] {
  const blocks = blocksOf([node], depth);
  const [first, ...rest] = blocks;
  if (node['type'] === 'taskList' || first?.type !== 'paragraph') return blocks;
  const box = attrsOf(node)['state'] === 'DONE' ? '☑ ' : '☐ ';
  return [{ ...first, content: [plainRun(box), ...first.content] }, ...rest];
}

/** A row of a table: its cells in one line where each is one, else below each other. */
function rowOf(cells: readonly AdfJson[], depth: number): Block[] {
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

function headingLevel(level: unknown): 1 | 2 | 3 | 4 | 5 | 6 {
  return ([1, 2, 3, 4, 5, 6] as const).find((known) => known === level) ?? 6;
}

function textParagraph(text: string): Block {
  return { type: 'paragraph', content: linesToRuns(text) };
}

function flatWords(node: AdfJson): Block[] {
  const words = wordsIn(node);
  return words === '' ? [] : [textParagraph(words)];
}
