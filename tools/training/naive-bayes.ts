import type { LinearModel } from '../../electron/classifier/builtin/linear-model.ts';
import { labels } from '../../shared/labels.ts';
import type { TrainingExample } from './logistic-regression.ts';

/** What every feature counts in every label before any was seen. */
const smoothing = 0.2;

/**
 * Complement naive Bayes (Rennie and others, 2003): a feature speaks against a label as often as it is seen with all the
 * others. Unlike logistic regression it does not weigh features against each other, so it is not misled where words
 * that come together in our examples come apart in other people's tickets.
 */
export function trainNaiveBayes(examples: readonly TrainingExample[], featureCount: number): LinearModel {
  const counts = labels.map(() => new Float64Array(featureCount));
  for (const { features, label, weight } of examples) {
    const row = counts[labels.indexOf(label)];
    if (row === undefined) continue;
    for (const [index, value] of features) row[index] = (row[index] ?? 0) + weight * value;
  }
  const all = new Float64Array(featureCount).map((_, index) =>
    counts.reduce((sum, row) => sum + (row[index] ?? 0), smoothing),
  );
  const weights = counts.map((row) => {
    const others = all.map((count, index) => count - (row[index] ?? 0));
    const logTotal = Math.log(others.reduce((sum, count) => sum + count, 0));
    return others.map((count) => logTotal - Math.log(count));
  });
  // Only differences between labels matter. Taking off what they share leaves unseen features near 0, whatever the length.
  const shared = all.map((_, index) => weights.reduce((sum, row) => sum + (row[index] ?? 0), 0) / labels.length);
  return {
    bias: labels.map(() => 0),
    weights: weights.map((row) => Float32Array.from(row, (weight, index) => weight - (shared[index] ?? 0))),
  };
}
