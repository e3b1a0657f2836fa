/**
 * Text that people wrote, beside words of our own. Unicode's explicit embeddings, overrides and isolates turn the order of
 * what follows them, to the end of the line: a ticket could turn the program's words round. Right-to-left writing itself
 * needs none of them. Source: unicode.org/reports/tr9.
 */
const explicit = /[\u202A-\u202E\u2066-\u2069\u206A-\u206F]/g;
/** Marks without a width, which only matter beside right-to-left letters: there they put a bracket or a number right. */
const marks = /[\u200E\u200F\u061C]/g;
/** Hebrew, Arabic and the other scripts written from right to left. */
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** The text without what would turn the order of others' words; its own right-to-left letters read as before. */
export function withoutBidiControls(text: string): string {
  const calm = text.replace(explicit, '');
  return rightToLeft.test(calm.replace(marks, '')) ? calm : calm.replace(marks, '');
}

/** The same for a place in one line with words of ours: right-to-left writing is set apart, so that it moves nothing else. */
export function isolated(text: string): string {
  const calm = withoutBidiControls(text);
  // First strong isolate ... pop directional isolate.
  return rightToLeft.test(calm) ? `\u2068${calm}\u2069` : calm;
}
