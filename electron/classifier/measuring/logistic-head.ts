import { type Label, labels } from '../../../shared/labels.ts';
import { eachLabel, type LabelScores } from '../scoring/label-scoring.ts';
import { minimise } from './minimise.ts';

/** What a head is fitted on: numbers that a model gives for a ticket, and the ticket's label. */
export interface LabelledVector {
  vector: ArrayLike<number>;
  label: Label;
  /** How many tickets this one counts for. */
  weight: number;
}

/** Multinomial logistic regression on dense numbers, per label in the order of `labels`. Serialisable. */
export interface LogisticHead {
  bias: number[];
  weights: number[][];
}

export interface FitOptions {
  /** Strength of the pull towards zero. Means the same whatever the vectors' length and unit. */
  l2: number;
  signal?: AbortSignal | undefined;
  /** Awaited every few milliseconds of work, so that the process can do something else. */
  pause?: () => Promise<void>;
}

/** Rows between two pauses: a few milliseconds with a thousand numbers a row. */
const rowsAtATime = 64;
const constant = 1e-9;

/** The logit of each label. */
export function headScores({ bias, weights }: LogisticHead, vector: ArrayLike<number>): LabelScores {
  return eachLabel((label) => {
    const row = labels.indexOf(label);
    return (bias[row] ?? 0) + dot(weights[row] ?? [], vector, 0);
  });
}

/**
 * The head that makes these labels likeliest, less `l2` for large weights. Vectors are standardised for it: each
 * number to mean 0 and variance 1, all together to a length of about 1.
 * @throws the signal's reason; Error without rows
 */
export async function fitLogisticHead(rows: readonly LabelledVector[], options: FitOptions): Promise<LogisticHead> {
  const width = rows[0]?.vector.length;
  if (width === undefined) throw new Error('A head needs examples.');
  const { l2, signal, pause = async () => {} } = options;
  const rest = async () => {
    await pause();
    signal?.throwIfAborted();
  };
  const { means, scales } = await standard(rows, width, rest);
  const inputs: Float64Array[] = [];
  for (const [index, { vector }] of rows.entries()) {
    if (index % rowsAtATime === 0) await rest();
    const input = new Float64Array(width);
    for (let at = 0; at < width; at += 1) input[at] = ((vector[at] ?? 0) - (means[at] ?? 0)) * (scales[at] ?? 0);
    inputs.push(input);
  }
  const truths = rows.map(({ label }) => labels.indexOf(label));
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const classes = labels.length;
  /** The weights label after label, then the biases. */
  const bias = classes * width;

  const found = await minimise(new Float64Array(bias + classes), async (at) => {
    const gradient = new Float64Array(at.length);
    let loss = 0;
    for (const [index, input] of inputs.entries()) {
      if (index % rowsAtATime === 0) await rest();
      const share = (rows[index]?.weight ?? 0) / total;
      const logits = labels.map((_label, row) => (at[bias + row] ?? 0) + dot(input, at, row * width));
      const highest = Math.max(...logits);
      const sum = logits.reduce((all, logit) => all + Math.exp(logit - highest), 0);
      for (const [row, logit] of logits.entries()) {
        const isTrue = row === truths[index];
        const error = share * (Math.exp(logit - highest) / sum - (isTrue ? 1 : 0));
        if (isTrue) loss -= share * (logit - highest - Math.log(sum));
        gradient[bias + row] = (gradient[bias + row] ?? 0) + error;
        addScaled(gradient, row * width, input, error);
      }
    }
    for (let index = 0; index < bias; index += 1) {
      const weight = at[index] ?? 0;
      loss += (l2 / 2) * weight * weight;
      gradient[index] = (gradient[index] ?? 0) + l2 * weight;
    }
    return { loss, gradient };
  });

  const weights = labels.map((_label, row) =>
    Float64Array.from(scales, (scale, at) => scale * (found[row * width + at] ?? 0)),
  );
  return {
    weights: weights.map((row) => Array.from(row)),
    bias: weights.map((row, index) => (found[bias + index] ?? 0) - dot(row, means, 0)),
  };
}

/** What makes each number's mean 0, and the vectors' mean square length 1. A number that never changes counts nothing. */
async function standard(rows: readonly LabelledVector[], width: number, rest: () => Promise<void>) {
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  for (const [index, { vector, weight }] of rows.entries()) {
    if (index % rowsAtATime === 0) await rest();
    addScaled(means, 0, vector, weight / total);
  }
  for (const [index, { vector, weight }] of rows.entries()) {
    if (index % rowsAtATime === 0) await rest();
    for (let at = 0; at < width; at += 1)
      squares[at] = (squares[at] ?? 0) + (weight / total) * ((vector[at] ?? 0) - (means[at] ?? 0)) ** 2;
  }
  return { means, scales: squares.map((square) => (square < constant ? 0 : 1 / Math.sqrt(square * width))) };
}

/** The product of `a` with `b` from index `from` on. */
function dot(a: ArrayLike<number>, b: ArrayLike<number>, from: number): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[from + at] ?? 0);
  return sum;
}

function addScaled(target: Float64Array, from: number, values: ArrayLike<number>, factor: number): void {
  for (let at = 0; at < values.length; at += 1)
    target[from + at] = (target[from + at] ?? 0) + factor * (values[at] ?? 0);
}
