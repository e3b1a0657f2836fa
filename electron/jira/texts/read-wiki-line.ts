import { markedRuns, type Piece } from '../../rich-text/marked-runs.ts';
import type { Inline, Mark } from '../../rich-text/rich-text.ts';
import { phraseBounds } from './wiki-escape.ts';

/** What is not plain words: an escape, a break, an entity, code, a link, a picture, a colour, a mark in braces, an address, a mark. */
const pieces =
  /\\([\\#*_+?^~|%{}[\]()!@-])|&(#\d{1,7}|amp|lt|gt|quot|nbsp|copy|reg|trade);|\{\{((?:[^{}\n]|\{(?!\{)|\}(?!\}))+)\}\}|\[([^[\]\n]+)\]|(?<![\p{L}\p{Nd}])!([^\s!|\\](?:[^!|\n\\]*[^!|\s\\])?)(?:\|[^!\n]*)?!|(\{\/?(?:color|panel|quote|section|column|center|anchor|expand|info|note|tip|warning)(?::[^{}\n]*)?\})|\{([*_+^~-])\}|((?:https?|ftps?):\/\/(?:(?!&#\d)[^\s{}[\]|\\!<>"^])+)|(\?\?|[*_+^~-])/giu;
const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00A0',
  copy: '©',
  reg: '®',
  trade: '™',
};
const markOf: ReadonlyMap<string, Mark> = new Map([
  ['*', 'bold'],
  ['_', 'italic'],
  ['-', 'strike'],
]);

/** One line of wiki text: its words, with the marks that they have here too. */
export function readWikiLine(line: string): Inline[] {
  return markedRuns(piecesOf(line), markOf);
}

function piecesOf(line: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(pieces)) {
    if (match.index > end) found.push(words(line.slice(end, match.index)));
    found.push(readPiece(match, line));
    end = match.index + match[0].length;
  }
  if (end < line.length) found.push(words(line.slice(end)));
  return found;
}

function words(text: string): Piece {
  return { text, href: null, isCode: false, sign: null, isBreak: false };
}

function readPiece(match: RegExpExecArray, line: string): Piece {
  const [raw, escaped, entity, code, link, picture, macro, braced, address, sign] = match;
  if (escaped === '\\') return { ...words(''), isBreak: true };
  if (escaped !== undefined) return words(escaped);
  if (entity !== undefined) return words(characterOf(entity));
  if (code !== undefined) return { ...words(plainOf(code)), isCode: true };
  if (link !== undefined) return readLink(link);
  if (picture !== undefined) return words(picture);
  if (macro !== undefined) return words('');
  if (address !== undefined) return { ...words(address), href: address };
  const kind = braced ?? sign ?? raw;
  const [from, to] = [match.index, match.index + raw.length];
  if (braced !== undefined) return { ...words(raw), sign: { kind, from, to, opens: true, closes: true } };
  const bounds = phraseBounds(line.charAt(from - 1), line.charAt(to));
  return { ...words(raw), sign: { kind, from, to, ...bounds } };
}

/** `label|address`, `address`, `~person`, `^file`, `#place`. */
function readLink(link: string): Piece {
  const bar = link.lastIndexOf('|');
  const [label, target] = bar < 0 ? [link, link] : [link.slice(0, bar), link.slice(bar + 1)];
  if (/^(?:https?|ftps?|mailto|tel):./i.test(target)) {
    return { ...words(plainOf(bar < 0 ? target.replace(/^mailto:/i, '') : label)), href: target };
  }
  if (bar < 0 && link.startsWith('~')) return words(`@${link.slice(1).replace(/^accountid:/, '')}`);
  if (bar < 0 && /^[#^]/.test(link)) return words(link.slice(1));
  // No link at all, as far as can be told.
  return words(bar < 0 && !link.includes(' ') ? plainOf(label) : `[${plainOf(link)}]`);
}

function plainOf(wiki: string): string {
  return wiki
    .replace(/\\([#*_+?^~|%{}[\]()!@-])/g, '$1')
    .replace(/&(#\d{1,7}|amp|lt|gt|quot|nbsp|copy|reg|trade);/gi, (_, entity: string) => characterOf(entity));
}

function characterOf(entity: string): string {
  const code = entity.startsWith('#') ? Number(entity.slice(1)) : null;
  if (code === null) return named[entity.toLowerCase()] ?? `&${entity};`;
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : `&${entity};`;
}
