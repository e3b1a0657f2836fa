import { labels } from '../../shared/labels.ts';
import type { Features } from './features.ts';
import { eachLabel, type LabelScores } from './label-scoring.ts';

/** Multinomial logistic regression: per label (in the order of `labels`) a bias and a weight a bucket. */
export interface LinearModel {
  bias: readonly number[];
  weights: readonly ArrayLike<number>[];
  /** What a unit of `weights` is worth, per label. */
  scales: readonly number[];
}

/** The logit of each label. */
export function logitsOf({ bias, weights, scales }: LinearModel, features: Features): LabelScores {
  return eachLabel((label) => {
    const row = labels.indexOf(label);
    const rowWeights = weights[row] ?? [];
    let sum = 0;
    for (const [bucket, value] of features) sum += value * (rowWeights[bucket] ?? 0);
    return (bias[row] ?? 0) + sum * (scales[row] ?? 0);
  });
}
