import { parseAst } from 'vite';

/** A regular expression as it stands in a file. */
export interface FoundRegex {
  /** Line of the file, from 1. */
  line: number;
  /** The expression as it is written: `/a+/g`, or the whole `new RegExp(...)` in one line. */
  written: string;
  /** What it is; null where it is put together when the program runs, so that nobody can tell by reading it. */
  regex: { source: string; flags: string } | null;
}

interface Node {
  type: string;
  start: number;
  end: number;
}

/** Every literal and every `RegExp(...)` of a TypeScript or JavaScript file; `file` says by its ending which. */
export function findRegexes(text: string, file: string): FoundRegex[] {
  const found: FoundRegex[] = [];
  const add = ({ start, end }: Node, regex: FoundRegex['regex']) => {
    const line = text.slice(0, start).split('\n').length;
    found.push({ line, written: text.slice(start, end).replace(/\s+/g, ' '), regex });
  };
  walk(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }), (node) => {
    if (node.type === 'Literal' && 'regex' in node) {
      const { pattern, flags } = node.regex as { pattern: string; flags: string };
      add(node, { source: pattern, flags });
    } else if (isRegExpCall(node)) {
      const [source, flags] = node.arguments.map(literalOf);
      // Of a literal, which is found by itself, `new RegExp` only makes another.
      if (node.arguments[0]?.regex !== undefined) return;
      const isKnown = typeof source === 'string' && (node.arguments.length === 1 || typeof flags === 'string');
      add(node, isKnown ? { source, flags: flags ?? '' } : null);
    }
  });
  return found;
}

type RegExpCall = Node & { arguments: { regex?: unknown }[] };

function isRegExpCall(node: Node): node is RegExpCall {
  const isCall = node.type === 'NewExpression' || node.type === 'CallExpression';
  return isCall && 'callee' in node && isNode(node.callee) && 'name' in node.callee && node.callee.name === 'RegExp';
}

/** The text of a string, or of a template without anything to put in; else null. */
function literalOf(node: object): string | null {
  if ('value' in node && typeof node.value === 'string') return node.value;
  const { quasis, tag } = node as { quasis?: { value: { cooked: string } }[]; tag?: unknown };
  return tag === undefined && quasis?.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) walk(each, visit);
  else if (isNode(value)) {
    visit(value);
    for (const each of Object.values(value)) walk(each, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
