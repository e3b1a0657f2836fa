/** Characters; no setting's name has half as many, and each costs a comparison. */
const longestName = 64;

/** Characters; in shorter names two wrong ones are half of it. */
const shortestLoose = 5;

/** The name that a misspelt one most likely stands for, or null where none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > longestName) return null;
  const wanted = name.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, edits: editDistance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(name.length < shortestLoose ? 1 : 2, name.length / 4)
    ? best.candidate
    : withAllWords(name, known);
}

/** Characters; shorter names are near to too many others. */
const shortestOwn = 10;

/**
 * The name of ours that a name among strangers' is surely meant for: misspelt by two characters at most, or in lower case.
 * null for all others, a known one among them, and one with a number or the plural `S` behind it: others have several of a kind.
 */
export function surelyMeant(name: string, known: readonly string[]): string | null {
  const one = name.replace(/(?:_?\d{1,9}|S)$/i, '');
  if (known.includes(name) || (one !== name && known.includes(one.toUpperCase()))) return null;
  const near = known.filter(
    (each) => each.length >= shortestOwn && Math.abs(each.length - name.length) <= 2 && isWithin(name, each, 2),
  );
  return nearestName(name, near);
}

function isWithin(name: string, other: string, edits: number): boolean {
  return editDistance(name.toLowerCase(), other.toLowerCase()) <= edits;
}

/** The only known name that has all words of this one and more of its own: JIRA_TOKEN is JIRA_API_TOKEN. */
function withAllWords(name: string, known: readonly string[]): string | null {
  const words = name.toUpperCase().split('_');
  const fitting = known.filter((each) => words.every((word) => each.split('_').includes(word)));
  return words.length > 1 && fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** How many characters to insert, delete, replace, or exchange with the next one (optimal string alignment). */
function editDistance(from: string, to: string): number {
  const [old, letters] = [[...from], [...to]];
  let before: number[] = [];
  let row = Array.from({ length: letters.length + 1 }, (_, index) => index);
  for (const [i, a] of old.entries()) {
    const next = [i + 1];
    for (const [j, b] of letters.entries()) {
      const replaced = (row[j] ?? 0) + (a === b ? 0 : 1);
      const isExchanged = i > 0 && j > 0 && a === letters[j - 1] && b === old[i - 1];
      const exchanged = isExchanged ? (before[j - 1] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, exchanged, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
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
