import { describe, expect, it } from 'vitest';
import { logitsOf, mixed } from '../../../electron/classifier/builtin/linear-model.ts';
import { labelProbabilities, likeliest } from '../../../electron/classifier/scoring/label-scoring.ts';
import { type Label, labels } from '../../../shared/labels.ts';
import { type TrainingExample, trainLogisticRegression } from '../../../tools/training/logistic-regression.ts';
import { trainNaiveBayes } from '../../../tools/training/naive-bayes.ts';

/** Feature n speaks for label n; feature 5 for nobody. */
const examples: TrainingExample[] = labels.map((label, index) => ({
  label,
  weight: 1,
  features: new Map([
    [index, 0.8],
    [5, 0.6],
  ]),
}));
const only = (index: number) => new Map([[index, 1]]);
const options = { l2: 1e-3, rounds: 200 };

describe.each([
  ['naive Bayes', (some: TrainingExample[]) => trainNaiveBayes(some, 7)],
  ['logistic regression', (some: TrainingExample[]) => trainLogisticRegression(some, 7, options)],
])('%s', (_name, train) => {
  it('learns which feature speaks for which label', () => {
    const model = train(examples);
    expect(labels.map((_label, index) => likeliest(logitsOf(model, only(index))))).toEqual([...labels]);
  });

  it('says nothing of a feature that it never saw', () => {
    const probabilities = Object.values(labelProbabilities(logitsOf(train(examples), only(6))));
    for (const probability of probabilities) expect(probability).toBeCloseTo(0.2);
  });

  it('lets an example count as often as it weighs', () => {
    const disputed = (label: Label, weight: number) => ({ label, weight, features: only(6) });
    const model = train([...examples, disputed('Bug', 1), disputed('Question', 3)]);
    expect(likeliest(logitsOf(model, only(6)))).toBe('Question');
  });
});

it('settles: more rounds of logistic regression change nothing', () => {
  const [some, more] = [200, 400].map((rounds) =>
    trainLogisticRegression(examples, 6, { l2: 0.1, rounds }).weights.flatMap((row) => Array.from(row)),
  );
  for (const [index, weight] of (some ?? []).entries()) expect(weight).toBeCloseTo(more?.[index] ?? Number.NaN, 4);
  expect(some?.[0]).toBeGreaterThan(0.1);
});

it('mixes models into one that adds up their logits', () => {
  const [a, b] = [trainNaiveBayes(examples, 6), trainLogisticRegression(examples, 6, options)];
  const mix = mixed([
    { model: a, share: 1 },
    { model: b, share: 0.5 },
  ]);
  expect(logitsOf(mix, only(1)).Bug).toBeCloseTo(logitsOf(a, only(1)).Bug + 0.5 * logitsOf(b, only(1)).Bug, 4);
});
