import type { Features } from '../../electron/classifier/builtin/features.ts';
import type { LinearModel } from '../../electron/classifier/builtin/linear-model.ts';
import { softmax } from '../../electron/classifier/scoring/label-scoring.ts';
import { type Label, labels } from '../../shared/labels.ts';

export interface TrainingExample {
  features: Features;
  label: Label;
  /** How many examples this one counts for. */
  weight: number;
}

export interface LogisticOptions {
  /** Keeps weights small: the penalty is half of this times the sum of their squares, against the mean loss. */
  l2: number;
  rounds: number;
}

/**
 * Multinomial logistic regression by accelerated gradient descent (Nesterov) on all examples at once: nothing is random.
 */
export function trainLogisticRegression(
  examples: readonly TrainingExample[],
  featureCount: number,
  { l2, rounds }: LogisticOptions,
): LinearModel {
  const rows = examples.map(({ features, label, weight }) => ({
    indices: Int32Array.from(features.keys()),
    values: Float32Array.from(features.values()),
    label: labels.indexOf(label),
    weight,
  }));
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  // Half the longest example, squared, bounds the loss's curvature (Böhning 1992); 1 for the bias.
  const longest = rows.reduce((most, { values }) => Math.max(most, squares(values)), 0);
  const step = 1 / (0.5 * (1 + longest) + l2);
  const size = labels.length * (featureCount + 1);
  let weights = new Float64Array(size);
  let ahead = new Float64Array(size);

  for (let round = 1; round <= rounds; round += 1) {
    const gradient = ahead.map((weight) => l2 * weight);
    for (const { indices, values, label, weight } of rows) {
      const logits = labels.map((_label, row) => dot(ahead, row * (featureCount + 1), featureCount, indices, values));
      for (const [row, probability] of softmax(logits).entries()) {
        const error = (weight / total) * (probability - (row === label ? 1 : 0));
        addTo(gradient, error, row * (featureCount + 1), featureCount, indices, values);
      }
    }
    const next = ahead.map((weight, index) => weight - step * (gradient[index] ?? 0));
    const momentum = (round - 1) / (round + 2);
    const last = weights;
    ahead = next.map((weight, index) => weight + momentum * (weight - (last[index] ?? 0)));
    weights = next;
  }
  const start = (row: number) => row * (featureCount + 1);
  return {
    bias: labels.map((_label, row) => weights[start(row) + featureCount] ?? 0),
    weights: labels.map((_label, row) => Float32Array.from(weights.subarray(start(row), start(row) + featureCount))),
  };
}

/** The bias is a feature of its own, the last, and always 1. */
function dot(weights: Float64Array, start: number, bias: number, indices: Int32Array, values: Float32Array): number {
  let sum = weights[start + bias] ?? 0;
  for (let at = 0; at < indices.length; at += 1) sum += (weights[start + (indices[at] ?? 0)] ?? 0) * (values[at] ?? 0);
  return sum;
}

function addTo(
  gradient: Float64Array,
  error: number,
  start: number,
  bias: number,
  indices: Int32Array,
  values: Float32Array,
): void {
  gradient[start + bias] = (gradient[start + bias] ?? 0) + error;
  for (let at = 0; at < indices.length; at += 1) {
    const index = start + (indices[at] ?? 0);
    gradient[index] = (gradient[index] ?? 0) + error * (values[at] ?? 0);
  }
}

function squares(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
