/**
 * Keys of projects with commas or blanks between them, in upper case; `*` where that is one of them, also in the quotation
 * marks that YAML wants around it.
 */
export function listedProjects(value: string): '*' | string[] {
  const keys = value
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  return keys.some((key) => /^["'“”„‘’]?\*["'“”‘’]?$/.test(key)) ? '*' : [...new Set(keys)];
}
