/** What one line of a `.env` file says, or what keeps it from saying it. */
interface EnvLine {
  /** Counted from 1. */
  line: number;
  /** The name before `=`; the whole first word where there is no `=`. */
  name: string;
  /** null where the line sets nothing. */
  value: string | null;
  /** What of the line does not count, and what to do, in words that quote nothing of it; null where all does. */
  problem: string | null;
}

const quotes = /^["'`]/;
const nextSetting = /^[ \t]{0,40}(export[ \t])?[A-Z][A-Z0-9_]*=/;
const advice = 'Put the value in single quotation marks if it belongs to it.';

/**
 * Reads a `.env` file line by line: `NAME=value`, with `export` before it or not, `NAME: value`, and values in quotation
 * marks, which may go over several lines and end where the mark is. A `#` begins a comment after a blank only: tokens have
 * some inside. What is left out is said.
 */
export function parseEnvFile(text: string): EnvLine[] {
  const lines = text.split(/\r\n|\n|\r/);
  const found: EnvLine[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const written = (lines[index] ?? '').trim();
    if (written === '' || written.startsWith('#')) continue;
    const line = index + 1;
    const { name, rest } = splitLine(written);
    if (rest === null) {
      found.push({ line, name, value: null, problem: 'Expected NAME=value; the line is ignored.' });
      continue;
    }
    if (/\s/.test(name)) {
      found.push({ line, name, value: null, problem: 'A name has no blanks; the line is ignored.' });
      continue;
    }
    if (!quotes.test(rest)) {
      found.push({ line, name, ...unquoted(rest) });
      continue;
    }
    const closed = quoted([rest, ...lines.slice(index + 1)]);
    if (closed === null) {
      const problem = 'Its quotation mark is never closed; it is taken up to the end of the line.';
      found.push({ line, name, value: rest.slice(1).trim(), problem });
      continue;
    }
    found.push({ line, name, value: closed.value, problem: closed.problem });
    index += closed.lines;
  }
  return found;
}

function splitLine(written: string): { name: string; rest: string | null } {
  const line = written.replace(/^export[ \t]+/, '');
  const equals = line.indexOf('=');
  // A value may have both.
  const colon = /^[\w.-]+:(?=[ \t])/.exec(line)?.[0].length ?? 0;
  const end = colon > 0 ? colon - 1 : equals;
  if (end < 1) return { name: /^[\w.-]*/.exec(line)?.[0] ?? '', rest: null };
  return { name: line.slice(0, end).trim(), rest: line.slice(end + 1).trim() };
}

function unquoted(rest: string): Pick<EnvLine, 'value' | 'problem'> {
  const comment = /(^|[ \t])#/.exec(rest);
  if (comment === null) return { value: rest, problem: null };
  const value = rest.slice(0, comment.index).trim();
  const after = rest.slice(comment.index + comment[0].length);
  // Whoever comments leaves a blank.
  const isMeant = after === '' || /^[\s#]/.test(after);
  return { value, problem: isMeant ? null : `It is cut at the # after a blank, which begins a comment. ${advice}` };
}

/** The value in its quotation marks, and how many more lines it takes; null where they are not closed. */
function quoted(lines: readonly string[]): { value: string; lines: number; problem: string | null } | null {
  const [first = ''] = lines;
  const mark = first[0] ?? '';
  let value = '';
  for (const [index, line] of lines.entries()) {
    // The mark was forgotten, if another setting begins.
    if (index > 0 && nextSetting.test(line)) return null;
    const text = index === 0 ? line.slice(1) : line;
    const end = closingAt(text, mark);
    if (end === -1) {
      value += `${text}\n`;
      continue;
    }
    const after = text.slice(end + 1).trim();
    const isMeant = after === '' || after.startsWith('#');
    const problem = isMeant ? null : 'What stands after its closing quotation mark is ignored. Close it at the end.';
    return { value: value + text.slice(0, end), lines: index, problem };
  }
  return null;
}

/** Where the mark stands that closes it. `\"` does not, unless nothing comes after it: so ends a folder of Windows. */
function closingAt(text: string, mark: string): number {
  let at = text.indexOf(mark);
  while (at > 0 && text[at - 1] === '\\' && mark === '"') at = text.indexOf(mark, at + 1);
  return at === -1 && text.trimEnd().endsWith(mark) ? text.lastIndexOf(mark) : at;
}
