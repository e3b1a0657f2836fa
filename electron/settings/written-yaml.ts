import { type Document, isMap, isNode, isPair, isScalar, type LineCounter, type Node, Scalar, visit } from 'yaml';
import type { Form } from '../../shared/setting-forms.ts';
import type { MapRow } from '../../shared/setting-row.ts';
import { mapRows, settingRows } from '../../shared/settings-table.ts';
import { brokenLines } from './escaped-newlines.ts';

/** What YAML would make of the file that nobody wrote. `key`: the setting; empty where that is not known. */
interface Conversion {
  key: string;
  message: string;
}

const kinds: ReadonlyMap<string, Form<unknown>['kind']> = new Map(
  settingRows.map(({ name, form }) => [name, form.kind]),
);
const entriesOf: ReadonlyMap<string, MapRow['entries']> = new Map(mapRows.map(({ name, entries }) => [name, entries]));
/** How many nodes lead from a map to the pairs within one of its entries. */
const entryDepth = 3;
/** Matches nothing as everybody writes it; NULL may be the key of a project. */
const nothing = /^(~|null)?$/;
/** Whoever comments leaves a blank after the `#`. */
const cut = /^[ \t]{1,100}#[^\s#]/;
/** Where an empty value begins. */
const onlyComment = /^#[^\s#]/;
/** Backslashes as they are meant in double quotation marks. */
const meantEscapes = /\\(?:\\|["/]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})/gi;
/** Tags of YAML's own do what they say. */
const ownTag = /^tag:yaml\.org,2002:(?:str|int|float|bool|null)$/;
const advice = 'Put it in quotation marks if it is meant as text.';

/**
 * Makes what stands without quotation marks in place of a text be that text as it was written: `NO`, `0x10`, `1e4`, NULL and
 * long numbers are none to YAML. Gives what of the rest becomes something else than was written, or is left out.
 */
export function keepAsWritten(text: string, document: Document<Node, boolean>, lines: LineCounter): Conversion[] {
  const found: Conversion[] = [];
  const lineFrom = (at: number) =>
    text
      .slice(at, at + 200)
      .split('\n', 1)
      .join('');
  const { contents } = document;
  if (!isMap(contents)) return found;
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const tell = (node: Scalar, message: string) => {
      const at = node.range?.[0];
      found.push({ key: name, message: at === undefined ? message : `Line ${lines.linePos(at).line}: ${message}` });
    };
    const kind = kinds.get(name);
    const isPath = kind === 'file' || kind === 'folders';
    if (!isNode(value)) continue;
    visit(value, (_place, node, path) => {
      if (!isScalar(node)) return;
      const [from = 0, to = 0] = node.range ?? [];
      if (node.type === Scalar.QUOTE_DOUBLE && isPath) node.value = pathAsWritten(text.slice(from + 1, to - 1), node);
      if (node.type !== Scalar.PLAIN) return;
      const source = node.source ?? '';
      if (source === '' ? onlyComment.test(lineFrom(from)) : cut.test(lineFrom(to))) {
        tell(
          node,
          'It is cut at the # after a blank, which begins a comment. Put it in quotation marks if that is meant as text; else leave a blank after the #.',
        );
      }
      if (node.tag !== undefined && ownTag.test(node.tag)) return;
      if (node.tag !== undefined || (node.anchor !== undefined && source === '')) {
        tell(
          node,
          'What begins with ! or & is a tag or an anchor to YAML, and is left out. Put the value in quotation marks.',
        );
      } else if (kind === 'number' && typeof node.value === 'number') {
        // `.4`, `5e-1` and `10.0` are numbers as good as others.
      } else if (kind !== undefined || isText(entriesOf.get(name), path)) {
        if (!nothing.test(source)) node.value = source;
      } else if (isChanged(node.value, source)) {
        tell(node, `YAML reads a value here as ${describe(node.value)}. ${advice}`);
      }
    });
  }
  return found;
}

/** Whether what stands at the end of this path within a map is text. */
function isText(entries: MapRow['entries'] | undefined, path: readonly unknown[]): boolean {
  if (entries === undefined || entries === 'data') return false;
  if (entries === 'text') return true;
  const pair = path[entryDepth];
  return !(isPair(pair) && isScalar(pair.key) && entries.dataBelow.includes(String(pair.key.value)));
}

/** The path in double quotation marks: whoever writes `C:\new` means no line break, as one who doubles the backslash knows. */
function pathAsWritten(source: string, { value }: Scalar): unknown {
  const isMeant = !source.replace(meantEscapes, '').includes('\\') || source.includes('\n');
  return isMeant ? value : brokenLines(source);
}

/** Whether a number, or nothing, is written otherwise than it is sent. */
function isChanged(value: unknown, source: string): boolean {
  if (value === null) return !nothing.test(source);
  return typeof value === 'number' && String(value) !== source;
}

function describe(value: unknown): string {
  return value === null ? 'nothing' : `the number ${String(value)}`;
}
