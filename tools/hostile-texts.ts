const megabyte = 1_000_000;

/** A megabyte of `piece`, over and over. */
const repeated = (piece: string) => piece.repeat(Math.ceil(megabyte / piece.length)).slice(0, megabyte);

/** A megabyte each, by what it is made of: shapes over which searching, cleaning and cutting have been slow. */
export const hostileTexts: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['<title', '<title\0', '`', '``` ', ' ', '\t', '\n', '\r\n', '\u2028', ' \n', '<@', '<@U1', '<https://a', '<!'],
    ...['&', '&amp;', '&lt;', '(', '[', '{', '((((', '-', '"', "'", '\\', '/', '@', '#', '?', '? ', '.', ':', '|'],
    ...['a', 'aA', 'aAaA(', 'File "', 'at a', '0', '1:', '12:3', 'x ', 'Well. ', 'password', 'log  in', '{"a":'],
    ...['\0', '\u0301', 'e\u0301\u0302', '\uFDFA', '😀', '\uD800', 'ß', 'İ', 'docs say ', '_', '*', '~', '>'],
  ].map((piece) => [JSON.stringify(piece), repeated(piece)]),
);

/** A megabyte of JSON each, by what it is made of. */
export const hostileJson: Readonly<Record<string, string>> = {
  'empty objects': `[${Array.from({ length: 333_000 }, () => '{}').join(',')}]`,
  numbers: `[${Array.from({ length: 500_000 }, () => '0').join(',')}]`,
  names: JSON.stringify(Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`n${index}`, 0]))),
  'objects of a new name each': JSON.stringify(Array.from({ length: 70_000 }, (_, index) => ({ [`n${index}`]: 0 }))),
  'names behind a byte order mark': `\uFEFF${JSON.stringify(
    Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`n${index}`, 0])),
  )}`,
  'a long name among others': JSON.stringify({ n: 0, ['n'.repeat(900_000)]: 0 }),
  lists: `${'['.repeat(500_000)}${']'.repeat(500_000)}`,
  'objects in objects': `${'{"a":'.repeat(160_000)}0${'}'.repeat(160_000)}`,
  texts: JSON.stringify(Array.from({ length: 300_000 }, () => '')),
};
