/** What there is to say, in one line; null where that is nothing. */
export function sentences(...notes: (string | null)[]): string | null {
  const said = notes.filter((note) => note !== null);
  return said.length === 0 ? null : said.join(' ');
}
