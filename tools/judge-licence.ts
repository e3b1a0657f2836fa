/** SPDX names of licences that ask for no more than to be named. */
const fitting = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Of the font: it may not be sold by itself.
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

/**
 * What is wrong with shipping something under this licence, an SPDX expression; null where nothing is. What is not surely
 * fine is for a person to judge.
 */
export function licenceProblem(licence: string | null): string | null {
  if (licence === null) return 'names no licence';
  const bare = licence.trim().replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(bare) || (/ AND /.test(bare) && / OR /.test(bare))) return `has a licence to be read: ${licence}`;
  const isFine = / OR /.test(bare)
    ? bare.split(' OR ').some((name) => fitting.has(name))
    : bare.split(' AND ').every((name) => fitting.has(name));
  return isFine ? null : `has a licence that is not on our list: ${licence}`;
}
