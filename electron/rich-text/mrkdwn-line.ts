import { emojiCharacter } from './emoji.ts';
import { markedRuns, type Piece } from './marked-runs.ts';
import type { Sign } from './pair-marks.ts';
import type { Inline, Mark } from './rich-text.ts';
import { readSequence, sequences, unescapeSlackText } from './slack-sequences.ts';

interface MrkdwnPiece extends Piece {
  /** Characters of the line that it takes. */
  length: number;
}

const markOf: ReadonlyMap<string, Mark> = new Map([
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strike'],
]);

/**
 * What is not plain words: a sequence, an address, code, an emoji, a sign. A run of the same sign is no mark (`__init__`, `**`).
 * Slack makes links of bare addresses, too. Emoji stand free, one or more: between words there are only colons
 * (`root:x:0`).
 */
const pieces =
  /<([@#!][^<>\s|^]+(?:[|^][^<>\n]*)?|(?:https?|mailto|tel|ftps?|sftp|ssh|file|smb|slack|sip):[^<>\n]*)>|(https?:\/\/[^\s<>|"`]+)|`{2,}|`([^`]+)`|(?<![\p{L}\p{N}\p{M}_:/\\])((?::[a-z0-9_+'-]+:)+)(?![\p{L}\p{N}\p{M}_:/\\])|\*{2,}|_{2,}|~{2,}|([*_~])/giu;

/** One line of mrkdwn: its words with their marks, links, code and emoji. */
export function readLine(line: string): Inline[] {
  return markedRuns(piecesOf(line), markOf);
}

function piecesOf(line: string): MrkdwnPiece[] {
  const found: MrkdwnPiece[] = [];
  pieces.lastIndex = 0;
  let end = 0;
  for (let match = pieces.exec(line); match !== null; match = pieces.exec(line)) {
    if (match.index > end) found.push(words(line.slice(end, match.index)));
    const piece = readPiece(match, line);
    found.push(piece);
    end = match.index + piece.length;
    // Behind an address goes on what ends the sentence around it.
    pieces.lastIndex = end;
  }
  if (end < line.length) found.push(words(line.slice(end)));
  return found;
}

function words(raw: string): MrkdwnPiece {
  return { length: raw.length, text: unescapeSlackText(raw), href: null, isCode: false, isBreak: false, sign: null };
}

function readPiece(match: RegExpExecArray, line: string): MrkdwnPiece {
  const [raw, inner, bare, code, emoji, sign] = match;
  if (inner !== undefined) {
    const { text, address, href } = readSequence(inner);
    // Behind words that are no link the address stays to be read.
    const seen = href === null && address !== null ? `${text} (${address})` : text;
    return { ...words(seen), length: raw.length, href };
  }
  if (bare !== undefined) {
    const target = withoutSentenceEnd(bare);
    return { ...words(target), href: unescapeSlackText(target) };
  }
  if (code !== undefined) return { ...words(codeText(code)), length: raw.length, isCode: true };
  if (emoji !== undefined) return { ...words(emoji.replace(emojiName, characterOf)), length: raw.length };
  if (sign !== undefined) return { ...words(raw), sign: signAt(line, match.index, sign) };
  return words(raw);
}

const emojiName = /:([^:]+):(?::skin-tone-[2-6]:)?/gi;

function characterOf(raw: string, name: string): string {
  return emojiCharacter(name.toLowerCase()) ?? raw;
}

/** Code as a person saw it: Slack makes links of addresses there, too. */
export function codeText(raw: string): string {
  return raw.replace(sequences, (_, inner: string) => readSequence(inner).text);
}

/** An address without what ends the sentence or the marks around it. */
function withoutSentenceEnd(address: string): string {
  let end = address.length;
  while (end > 0 && /[.,;:!?'*_~\]}]/.test(address.charAt(end - 1))) end -= 1;
  if (address.charAt(end - 1) === ')' && !address.slice(0, end).includes('(')) end -= 1;
  return address.slice(0, end);
}

/** What words are written with: beside it, a sign within a word marks nothing. */
const inWord = /[\p{L}\p{N}\p{M}]/u;
/** Signs of paths, addresses and sums. */
const bound = new Set('/\\@#%=$^+');
const endsSentence = new Set('.,:;!?');

function signAt(line: string, at: number, kind: string): Sign {
  const [before, after, next] = [line.charAt(at - 1), line.charAt(at + 1), line.charAt(at + 2)];
  const isFree = (character: string) => !inWord.test(character) && !bound.has(character);
  const isBlank = (character: string) => character.trim() === '';
  // In `*.log,*.tmp` it ends nothing.
  const goesOn = endsSentence.has(after) && inWord.test(next);
  return {
    kind,
    from: at,
    to: at + 1,
    // Names of files begin with a point: *.log
    opens: isFree(before) && !isBlank(after) && after !== '.',
    closes: !isBlank(before) && isFree(after) && !goesOn,
  };
}
