import { describe, expect, it } from 'vitest';
import {
  fitLogisticHead,
  headScores,
  type LabelledVector,
} from '../../../../electron/classifier/measuring/logistic-head.ts';
import { labelProbabilities, likeliest } from '../../../../electron/classifier/scoring/label-scoring.ts';
import { seededRandom } from '../../../../electron/cli/seeded-random.ts';
import { labels } from '../../../../shared/labels.ts';

/** Each label at its own corner, with noise; the numbers' units differ wildly, and the last never changes. */
function corners(count: number): LabelledVector[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, (_, index) => {
    const row = index % labels.length;
    const vector = labels.map((_label, at) => ((at === row ? 2 : 0) + random()) * 10 ** at);
    return { vector: [...vector, 7], label: labels[row] ?? 'Task', weight: 1 };
  });
}

describe('a logistic head', () => {
  it('learns which numbers belong to which label, whatever their units', async () => {
    const rows = corners(200);
    const head = await fitLogisticHead(rows, { l2: 1e-3 });
    const right = rows.filter(({ vector, label }) => likeliest(headScores(head, vector)) === label);
    expect(right).toHaveLength(200);
  });

  it('is at the lowest point: a small step to any side is no better', async () => {
    const rows = corners(50).map(({ label, weight, vector }) => ({ label, weight, vector: [vector[0] ?? 0] }));
    const head = await fitLogisticHead(rows, { l2: 1e-6 });
    const loss = (shift: number) =>
      rows.reduce((sum, { vector, label }) => {
        const moved = { ...head, bias: head.bias.map((bias, index) => bias + (index === 1 ? shift : 0)) };
        return sum - Math.log(labelProbabilities(headScores(moved, vector))[label]);
      }, 0);
    expect(loss(0)).toBeLessThan(loss(0.05));
    expect(loss(0)).toBeLessThan(loss(-0.05));
  });

  it('gives the shares of the labels where the numbers say nothing', async () => {
    const rows: LabelledVector[] = [
      { vector: [1], label: 'Bug', weight: 3 },
      { vector: [1], label: 'Task', weight: 1 },
    ];
    const probabilities = labelProbabilities(headScores(await fitLogisticHead(rows, { l2: 1e-3 }), [1]));
    expect(probabilities.Bug / probabilities.Task).toBeCloseTo(3, 1);
  });

  it('takes an example of weight three as three examples', async () => {
    const rows = corners(30);
    const weighted = rows.map((row, index) => ({ ...row, weight: index < 5 ? 3 : 1 }));
    const repeated = [...rows, ...rows.slice(0, 5), ...rows.slice(0, 5)];
    const [one, other] = [await fitLogisticHead(weighted, { l2: 0.01 }), await fitLogisticHead(repeated, { l2: 0.01 })];
    const vector = rows[7]?.vector ?? [];
    expect(headScores(one, vector).Bug).toBeCloseTo(headScores(other, vector).Bug, 2);
  });

  it('is less sure with a stronger pull towards zero', async () => {
    const rows = corners(100);
    const sureness = async (l2: number) =>
      Math.max(
        ...Object.values(labelProbabilities(headScores(await fitLogisticHead(rows, { l2 }), rows[0]?.vector ?? []))),
      );
    expect(await sureness(1)).toBeLessThan(await sureness(1e-3));
  });

  it('stops when it is told to, with the reason', async () => {
    const stop = new AbortController();
    const fitting = fitLogisticHead(corners(100), {
      l2: 1e-3,
      signal: stop.signal,
      pause: async () => stop.abort(new Error('enough')),
    });
    await expect(fitting).rejects.toThrow('enough');
  });
});
