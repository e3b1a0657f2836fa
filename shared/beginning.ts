/** Characters of a foreign text that are looked at for words: what it is stands at its beginning. */
export const beginningLength = 2048;

/**
 * The beginning of a text that anybody can have written. Whatever searches such a text (a page's title, a reply's
 * label) searches this, so that no text holds the event loop, however long it is and whatever stands in it.
 */
export function beginningOf(text: string): string {
  return text.slice(0, beginningLength);
}
