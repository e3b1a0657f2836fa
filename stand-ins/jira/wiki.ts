/** Private characters stand for escaped ones while signs are taken away. */
const shelf = 0xe000;

/**
 * Wiki text as words: one entry a paragraph or list item, without the signs that give them their form. A rough cut of
 * Jira's renderer, enough to read an issue by.
 */
export function wikiParagraphs(text: string): string[] {
  return text
    .replace(/\\([-\\#*_+?^~|%{}[\]()!&:;])/g, (_whole, sign: string) => shelved(sign))
    .replace(/&#(\d{1,6});/g, (_whole, code: string) => shelved(String.fromCodePoint(Math.min(Number(code), 0x1fff))))
    .replace(/(?<!\{)\{(?:quote|code|noformat|panel|color)(?::[^{}\n]{0,200})?\}(?!\})/g, '\n\n')
    .split(/\n{2,}|\n(?=[*#-]+ )/)
    .map((paragraph) => unshelved(withoutSigns(paragraph.trim())))
    .filter((paragraph) => paragraph !== '');
}

function withoutSigns(paragraph: string): string {
  return paragraph
    .replace(/^-{4,5}$/, '')
    .replace(/^(?:h[1-6]\.|bq\.|[*#-]+) /, '')
    .replace(/\[([^[\]|\n]*)\|[^[\]\n]*\]/g, '$1')
    .replace(/\[((?:https?:|mailto:)[^[\]|\n]*)\]/g, '$1')
    .replace(/\{\{|\}\}/g, '')
    .replace(/\{([*_-])\}/g, '')
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)([^*_\n]+)\1(?![\p{L}\p{N}])/gu, '$2');
}

function shelved(sign: string): string {
  return String.fromCodePoint(shelf + (sign.codePointAt(0) ?? 0));
}

function unshelved(text: string): string {
  return text.replace(/[\ue000-\uf8ff]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? shelf) - shelf));
}

/** Plain text as wiki text, in which no sign gives it a form. */
export function toWikiText(plain: string): string {
  return plain.replace(/[\\{}[\]|*_+^~!#]/g, (sign) => (sign === '\\' ? '&#92;' : `\\${sign}`));
}
