import { labels } from '../../../shared/labels.ts';
import { eachLabel, type LabelScores } from '../scoring/label-scoring.ts';
import type { Features } from './features.ts';

/** A straight line through feature space for each label, in the order of `labels`. */
export interface LinearModel {
  bias: readonly number[];
  /** Per label, a weight for each feature. */
  weights: readonly ArrayLike<number>[];
}

/** The logit of each label. */
export function logitsOf({ bias, weights }: LinearModel, features: Features): LabelScores {
  return eachLabel((label) => {
    const row = labels.indexOf(label);
    const rowWeights = weights[row] ?? [];
    let sum = bias[row] ?? 0;
    for (const [index, value] of features) sum += value * (rowWeights[index] ?? 0);
    return sum;
  });
}

/**
 * Several models' logits, each multiplied and added up: again a linear model, so an ensemble costs no more than one.
 * It multiplies the models' probabilities, to the power of their shares, and evens them out to 1.
 */
export function mixed(parts: readonly { model: LinearModel; share: number }[]): LinearModel {
  return {
    bias: labels.map((_label, row) => parts.reduce((sum, { model, share }) => sum + share * (model.bias[row] ?? 0), 0)),
    weights: labels.map((_label, row) => {
      const rows = parts.map(({ model, share }) => ({ row: model.weights[row] ?? [], share }));
      const length = Math.max(0, ...rows.map(({ row }) => row.length));
      return Float32Array.from({ length }, (_, index) =>
        rows.reduce((sum, { row, share }) => sum + share * (row[index] ?? 0), 0),
      );
    }),
  };
}
