/** What one line of a `.env` file says, or what keeps it from saying it. */
interface EnvLine {
  /** Counted from 1. */
  line: number;
  /** The name before `=`; the whole first word where there is no `=`. */
  name: string;
  /** null where the line sets nothing. */
  value: string | null;
  /** Whether the value stands in double quotation marks. */
  isDoubleQuoted: boolean;
  /** What of the line does not count, and what to do, in words that quote nothing of it; null where all does. */
  problem: string | null;
}

/** What closes each quotation mark; word processors make curly ones of straight ones. */
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”“',
  '”': '”',
  '„': '“”',
  '‘': '’‘',
  '’': '’',
};
/** A line that begins another setting. `ABC=` is no such line: so ends a certificate, and so does `ABC="` in quotation marks. */
const nextSetting = [
  /^[ \t]{0,40}(export[ \t]{1,40})?[A-Za-z_]\w{0,99}[ \t]{0,40}=[ \t]{0,40}(?!["'`”“’‘]?[ \t]{0,40}(#|$))[^=\s]/,
  /^[ \t]{0,40}(export[ \t]{1,40})?[A-Z][A-Z0-9]{0,99}_[A-Z0-9_]{1,99}[ \t]{0,40}=/,
  /^[ \t]{0,40}([A-Z][A-Z0-9_]{0,99}|[A-Za-z]{1,40}_\w{1,99}):[ \t]/,
];
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
      found.push({ ...nothing, line, name, problem: 'Expected NAME=value; the line is ignored.' });
      continue;
    }
    if (/\s/.test(name)) {
      found.push({ ...nothing, line, name, problem: 'A name has no blanks; the line is ignored.' });
      continue;
    }
    const marks = closers[rest[0] ?? ''];
    if (marks === undefined) {
      found.push({ ...nothing, line, name, ...unquoted(rest) });
      continue;
    }
    const isDoubleQuoted = rest.startsWith('"');
    const closed = quoted([rest.slice(1), ...lines.slice(index + 1)], marks);
    if (closed === null) {
      const problem = 'Its quotation mark is never closed; it is taken up to the end of the line.';
      found.push({ line, name, value: rest.slice(1).trim(), isDoubleQuoted, problem });
      continue;
    }
    found.push({ line, name, value: closed.value, isDoubleQuoted, problem: closed.problem });
    index += closed.lines;
  }
  return found;
}

const nothing = { value: null, isDoubleQuoted: false };

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

interface Quoted {
  value: string;
  /** How many more lines it takes. */
  lines: number;
  problem: string | null;
}

/** The value up to its closing mark, of which there are these; null where there is none. */
function quoted(lines: readonly string[], marks: string): Quoted | null {
  const [first = '', ...later] = lines;
  const own = closingMark(first, marks);
  if (own !== null) return { value: first.slice(0, own.at), lines: 0, problem: own.problem };
  const next = later.findIndex((line) => nextSetting.some((pattern) => pattern.test(line)));
  const possible = next === -1 ? lines : lines.slice(0, next + 1);
  // A backslash before the mark belongs to it, unless there is no other: so ends a folder of Windows.
  return upToMark(possible, (line) => bareMarks(line, marks)) ?? upToMark(possible, (line) => allMarks(line, marks));
}

/** The lines up to the first of these marks; null where more than a comment follows it: then the mark is another value's. */
function upToMark(lines: readonly string[], marksIn: (line: string) => readonly number[]): Quoted | null {
  const end = lines.findIndex((line) => marksIn(line).length > 0);
  const last = lines[end] ?? '';
  const at = marksIn(last).find((mark) => isComment(last.slice(mark + 1)));
  if (end === -1 || at === undefined || (end > 0 && at !== marksIn(last)[0])) return null;
  return { value: [...lines.slice(0, end), last.slice(0, at)].join('\n'), lines: end, problem: null };
}

/** Where the value ends in its own line; null where it seems to go on in the next. */
function closingMark(text: string, marks: string): { at: number; problem: string | null } | null {
  const bare = bareMarks(text, marks);
  const [first] = bare;
  if (first === undefined) return null;
  const all = allMarks(text, marks);
  const endsAt = (mark: number) => isComment(text.slice(mark + 1));
  if (endsAt(first)) return { at: first, problem: null };
  const escaped = all.find((mark) => !bare.includes(mark) && endsAt(mark));
  if (escaped !== undefined) return { at: escaped, problem: null };
  // Marks inside, as JSON has them: the last one closes it.
  const last = all.at(-1) ?? first;
  if (text.slice(last + 1).trim() === '') {
    const isUnclear = all.some((mark) => mark !== last && endsAt(mark));
    return {
      at: last,
      problem: isUnclear ? `Its # stands among quotation marks, and is taken for a part of it. ${advice}` : null,
    };
  }
  const beforeComment = bare.find(endsAt);
  if (beforeComment !== undefined) return { at: beforeComment, problem: null };
  return { at: first, problem: 'What stands after its closing quotation mark is ignored. Close it at the end.' };
}

function isComment(text: string): boolean {
  return /^[ \t]*($|#)/.test(text);
}

function allMarks(text: string, marks: string): number[] {
  return Array.from({ length: text.length }, (_, index) => index).filter((index) => marks.includes(text[index] ?? ' '));
}

/** Where marks stand that no backslash keeps from closing; only `"` knows that. */
function bareMarks(text: string, marks: string): number[] {
  return allMarks(text, marks).filter((at) => !(at > 0 && text[at] === '"' && text[at - 1] === '\\'));
}
