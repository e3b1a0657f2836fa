/** Characters; no setting's name has half as many, and each costs a comparison. */
const longestName = 64;

/** The name that a misspelt one most likely stands for, or null where none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > longestName) return null;
  const wanted = name.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, edits: editDistance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(1, name.length / 4) ? best.candidate : null;
}

/** Levenshtein's: how many characters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, a] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, b] of [...to].entries()) {
      const replaced = (row[j] ?? 0) + (a === b ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Whoever has more than so many unknown names in a file did not misspell them. */
const mostHints = 100;

/** `nearestName` for one file: null for all names after the first hundred, since each costs. */
export function nameHints(known: readonly string[]): (name: string) => string | null {
  let left = mostHints;
  return (name) => {
    left -= 1;
    return left < 0 ? null : nearestName(name, known);
  };
}
