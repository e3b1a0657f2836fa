/**
 * Puts each group as a whole into one of `count` folds of about the same size: the largest first, each where there is
 * the least. Gives the fold of each item.
 */
export function foldsByGroup(groups: readonly string[], count: number): number[] {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const folds = Array.from({ length: count }, () => 0);
  const foldOf = new Map<string, number>();
  for (const [group, size] of [...sizes].sort(([a, aSize], [b, bSize]) => bSize - aSize || (a < b ? -1 : 1))) {
    const fold = folds.indexOf(Math.min(...folds));
    folds[fold] = (folds[fold] ?? 0) + size;
    foldOf.set(group, fold);
  }
  return groups.map((group) => foldOf.get(group) ?? 0);
}
