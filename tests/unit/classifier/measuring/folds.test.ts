import { expect, it } from 'vitest';
import { foldsByGroup } from '../../../../electron/classifier/measuring/folds.ts';

const groups = ['web', 'web', 'web', 'data', 'data', 'hr', 'hr', 'lab', 'shop'];

it('keeps each group together', () => {
  const folds = foldsByGroup(groups, 3);
  for (const group of groups) expect(new Set(folds.filter((_fold, index) => groups[index] === group)).size).toBe(1);
});

it('makes folds of about the same size', () => {
  const folds = foldsByGroup(groups, 3);
  expect([0, 1, 2].map((fold) => folds.filter((each) => each === fold).length)).toEqual([3, 3, 3]);
});
