/**
 * Escapes of Jira's wiki text. A backslash takes the meaning from some signs, and from no others; for the rest there are
 * entities, which the renderer leaves as they are. What means something where: facts from Atlassian's renderer
 * (`com.atlassian.renderer.v2.components`: its BackslashEscape, Phrase, Dash and HtmlEscape components).
 */

/** Marks of phrases: bold, emphasis, deleted, inserted, above, below; a citation; a picture. */
export const phraseMarks = ['??', '*', '_', '-', '+', '^', '~', '!'] as const;
export type PhraseMark = (typeof phraseMarks)[number];

const letterOrDigit = /[\p{L}\p{Nd}]/u;

/** Whether a mark there can begin a phrase, or end one, by what stands beside it; nothing: a line begins or ends. */
export function phraseBounds(before: string, after: string): { opens: boolean; closes: boolean } {
  const isBlank = (character: string) => character.trim() === '';
  return {
    opens: !letterOrDigit.test(before) && (after === '' || !isBlank(after)),
    closes: (before === '' || !isBlank(before)) && !letterOrDigit.test(after),
  };
}

/** Macros, links and tables in any place; icons such as (x) and (flagoff). */
const anywhere = /[{}[\]|]|\((?=(?:[xynicr/!?+-]|on|off|\*[rgby]?|flag|flagoff|tm)\))/gi;
/** `:)`, by the sign that a backslash can take its meaning from. */
const smiley = /(?<=[:;]-?)[()](?![\p{L}\p{Nd}])/gu;
const dash = /(?<=^|\s)-(?=--?(?:\s|$))/g;
/** Signs that only an entity can write: `\` before what it would escape, `&` before what looks like one, `:D`. */
const byEntity =
  /\\(?=[\\#*_+?^~|%{}[\]()!@-]|$)|&(?=(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});)|(?<![\p{L}\p{Nd}])[:;](?=-?[PD](?![\p{L}\p{Nd}]))/giu;
/** A list, a heading, a quotation, a rule: where a line begins. */
const atLineStart = /^\s*(?:[*#-](?=[*#-]*\s)|-(?=-{3,4}\s*$)|(?:h[1-6]|bq)\.(?=\s|$))/;
/** An address is a link for Jira before anything else in it means something. */
const address = /(?:https?|ftps?):\/\/(?:(?!&[#a-z\d]{1,32};)[^\s{}[\]|\\!<>"^])+/gi;

/** Where a person's words stand. */
export interface WordsPlace {
  beginsLine: boolean;
  /** Marks that mean something in the line, as `marksToEscape` gives them. */
  marks: readonly PhraseMark[];
}

/**
 * Marks that would mean something among a person's words.
 *
 * @param line All words of the line.
 * @param ours Marks of ours in it, which the person's own must not end.
 */
export function marksToEscape(line: string, ours: ReadonlySet<string>): PhraseMark[] {
  return phraseMarks.filter((mark) => ours.has(mark) || hasPhrase(line, mark));
}

/** A person's words, so that they mean nothing to Jira and read as typed. */
export function escapeWiki(words: string, { beginsLine, marks }: WordsPlace): string {
  /** What stands instead of the sign at each place. */
  const instead = new Map<number, string>();
  const slash = (at: number) => instead.set(at, `\\${words.charAt(at)}`);
  const write = (at: number) => instead.set(at, `&#${words.charCodeAt(at)};`);

  for (const mark of marks) {
    for (const { at, opens, closes } of marksIn(words, mark)) if (opens || closes) slash(at);
  }
  for (const { index } of words.matchAll(dash)) slash(index);
  for (const { index } of words.matchAll(smiley)) slash(index);
  const start = beginsLine ? atLineStart.exec(words) : null;
  if (start !== null) {
    const at = start[0].length - 1;
    if (words.charAt(at) === '.') write(at);
    else slash(at);
  }
  for (const { index } of words.matchAll(anywhere)) slash(index);
  for (const { index } of words.matchAll(byEntity)) write(index);
  for (const { 0: all, index } of words.matchAll(address)) {
    for (let at = index; at < index + all.length; at += 1) instead.delete(at);
  }
  return [...replaced(words, instead)].join('');
}

function* replaced(words: string, instead: ReadonlyMap<number, string>): Generator<string> {
  for (let at = 0; at < words.length; at += 1) yield instead.get(at) ?? words.charAt(at);
}

function* marksIn(words: string, mark: PhraseMark): Generator<{ at: number; opens: boolean; closes: boolean }> {
  for (let at = words.indexOf(mark); at >= 0; at = words.indexOf(mark, at + mark.length)) {
    // A picture may end within a word.
    const after =
      mark === '!' && at > 0 ? words.charAt(at + 1).replace(letterOrDigit, '.') : words.charAt(at + mark.length);
    yield { at, ...phraseBounds(words.charAt(at - 1), after) };
  }
}

/** Whether the line has two of the mark between which Jira would see a phrase. */
function hasPhrase(line: string, mark: PhraseMark): boolean {
  let begin = Number.POSITIVE_INFINITY;
  for (const { at, opens, closes } of marksIn(line, mark)) {
    if (closes && at > begin) return true;
    if (opens) begin = Math.min(begin, at + mark.length);
  }
  return false;
}
