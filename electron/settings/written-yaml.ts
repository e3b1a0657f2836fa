import { type Document, isMap, isNode, isScalar, type LineCounter, type Node, Scalar, visit } from 'yaml';
import { mapRows, settingRows } from '../../shared/settings-table.ts';

/** What YAML would make of the file that nobody wrote. `key`: the setting; empty where that is not known. */
interface Conversion {
  key: string;
  message: string;
}

const textNames: ReadonlySet<string> = new Set(settingRows.map(({ name }) => name));
const textMaps: ReadonlySet<string> = new Set(
  mapRows.flatMap(({ name, entries }) => (entries === 'text' ? [name] : [])),
);
/** Matches nothing as everybody writes it; NULL may be the key of a project. */
const nothing = /^(~|null)?$/;
/** Whoever comments leaves a blank after the `#`. */
const cut = /^[ \t]{1,100}#[^\s#]/;
const advice = 'Put it in quotation marks if it is meant as text.';

/**
 * Makes what stands without quotation marks in place of a text be that text as it was written: `NO`, `0x10`, `1e4`, NULL and
 * long numbers are none to YAML. Gives what of the rest becomes something else than was written, or is left out.
 */
export function keepAsWritten(text: string, document: Document<Node, boolean>, lines: LineCounter): Conversion[] {
  const found: Conversion[] = [];
  const restOfLine = ({ range }: Scalar) =>
    range
      ? text
          .slice(range[1], range[1] + 200)
          .split('\n', 1)
          .join('')
      : '';
  const { contents } = document;
  if (!isMap(contents)) return found;
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const tell = (node: Scalar, message: string) => {
      const at = node.range?.[0];
      found.push({ key: name, message: at === undefined ? message : `Line ${lines.linePos(at).line}: ${message}` });
    };
    const isText = textNames.has(name);
    if (!isNode(value)) continue;
    visit(value, (_place, node) => {
      if (!isScalar(node)) return;
      if (cut.test(restOfLine(node))) {
        tell(node, `It is cut at the # after a blank, which begins a comment. ${advice}`);
      }
      if (node.type !== Scalar.PLAIN) return;
      const source = node.source ?? '';
      if (node.tag !== undefined || (node.anchor !== undefined && source === '')) {
        tell(
          node,
          'What begins with ! or & is a tag or an anchor to YAML, and is left out. Put the value in quotation marks.',
        );
      } else if (isText || textMaps.has(name)) {
        if (!nothing.test(source)) node.value = source;
      } else if (isChanged(node.value, source)) {
        tell(node, `YAML reads a value here as ${describe(node.value)}. ${advice}`);
      }
    });
  }
  return found;
}

/** Whether a number, or nothing, is written otherwise than it is sent. */
function isChanged(value: unknown, source: string): boolean {
  if (value === null) return !nothing.test(source);
  return typeof value === 'number' && String(value) !== source;
}

function describe(value: unknown): string {
  return value === null ? 'nothing' : `the number ${String(value)}`;
}
