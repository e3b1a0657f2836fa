import { parseIssueKey } from '../../../shared/issue-key.ts';

/** Words that are looked for at most, more than anybody means; each costs time, and pasted text may have hundreds. */
const mostWords = 12;

/**
 * An expression of FTS5's query language, always valid, for what a person typed: every word must begin a word of
 * the ticket; an issue key, also in a pasted address, must be there as it is. Null where there is nothing to look for
 * (signs alone). The tokenizer leaves text without blanks (Chinese, Japanese) in one piece, so only its beginning is
 * found. https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export function searchExpression(search: string): string | null {
  // SQLite reads the expression up to the first NUL.
  const words = search.split(/[\s\0]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return null;
  const terms = words.map((word) => {
    const key = parseIssueKey(word, null);
    return key === null ? `"${word.replaceAll('"', '""')}"*` : `"${key}"`;
  });
  return [...new Set(terms)].slice(0, mostWords).join(' ');
}
