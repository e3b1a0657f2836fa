import { describe, expect, it } from 'vitest';
import {
  accuracy,
  bootstrapInterval,
  calibrationError,
  confusionOf,
  coverageCurve,
  f1ByLabel,
  type Judged,
  macroF1,
  quantile,
  topAccuracy,
} from '../../../../electron/classifier/measuring/metrics.ts';
import { eachLabel } from '../../../../electron/classifier/scoring/label-scoring.ts';
import { seededRandom } from '../../../../electron/cli/seeded-random.ts';
import type { Label } from '../../../../shared/labels.ts';

/** Answered with `confidence`; `second` gets the rest. */
function judged(truth: Label, answer: Label, confidence = 1, second: Label = 'Task'): Judged {
  const probabilities = eachLabel((label) => (label === answer ? confidence : label === second ? 1 - confidence : 0));
  return { truth, answer, probabilities };
}

const mostlyRight = [judged('Bug', 'Bug'), judged('Bug', 'Bug'), judged('Bug', 'Task'), judged('Task', 'Task')];

describe('macro-F1', () => {
  it('is the mean of the F1 of the labels that occur or are answered', () => {
    expect(f1ByLabel(mostlyRight)).toMatchObject({ Bug: 4 / 5, Task: 2 / 3, Incident: null });
    expect(macroF1(mostlyRight)).toBeCloseTo((4 / 5 + 2 / 3) / 2);
  });

  it('counts a label that is only ever answered wrongly as 0', () => {
    expect(macroF1([judged('Bug', 'Question')])).toBe(0);
  });

  it('is 0 without tickets', () => {
    expect([macroF1([]), accuracy([])]).toEqual([0, 0]);
  });
});

it('counts which label was taken for which', () => {
  expect(confusionOf(mostlyRight).Bug).toEqual(
    eachLabel((label) => ({ Bug: 2, Task: 1 })[label as 'Bug' | 'Task'] ?? 0),
  );
  expect(accuracy(mostlyRight)).toBe(3 / 4);
});

describe('the calibration error', () => {
  it('is 0 where answers given with a half are right half of the time', () => {
    expect(calibrationError([judged('Bug', 'Bug', 0.5), judged('Task', 'Bug', 0.5)])).toBe(0);
  });

  it('is how much surer the answers are than right, over bins weighted by their tickets', () => {
    const tickets = [
      judged('Bug', 'Bug', 0.9),
      judged('Task', 'Bug', 0.9),
      judged('Bug', 'Bug', 0.6),
      judged('Bug', 'Bug', 0.6),
    ];
    expect(calibrationError(tickets, 10)).toBeCloseTo((2 * (0.9 - 0.5) + 2 * (1 - 0.6)) / 4);
  });

  it('is unknown where no answer has probabilities', () => {
    expect(calibrationError([{ truth: 'Bug', answer: 'Bug', probabilities: null }])).toBeNull();
  });
});

it('says how accurate the surest answers are, and from which confidence on', () => {
  const tickets = [
    judged('Bug', 'Bug', 0.9),
    judged('Bug', 'Bug', 0.8),
    judged('Task', 'Bug', 0.7),
    judged('Task', 'Bug', 0.6),
  ];
  expect(coverageCurve(tickets, [1, 0.5])).toEqual([
    { coverage: 1, threshold: 0.6, accuracy: 0.5 },
    { coverage: 0.5, threshold: 0.8, accuracy: 1 },
  ]);
});

it('finds the truth among the two likeliest', () => {
  const tickets = [judged('Bug', 'Task', 0.6, 'Bug'), judged('Question', 'Task', 0.6, 'Bug')];
  expect([topAccuracy(tickets, 1), topAccuracy(tickets, 2)]).toEqual([0, 0.5]);
});

describe('the bootstrap interval', () => {
  const share = (items: readonly number[]) => items.reduce((sum, item) => sum + item, 0) / items.length;
  const half = Array.from({ length: 100 }, (_, index) => index % 2);

  it('holds the figure, and is as wide as 100 throws of a coin vary', () => {
    const { low, high } = bootstrapInterval(half, share, seededRandom(1));
    expect(low).toBeGreaterThan(0.37);
    expect(low).toBeLessThan(0.44);
    expect(high).toBeGreaterThan(0.56);
    expect(high).toBeLessThan(0.63);
  });

  it('is the same for the same seed', () => {
    expect(bootstrapInterval(half, share, seededRandom(7), 50)).toEqual(
      bootstrapInterval(half, share, seededRandom(7), 50),
    );
  });
});

it('takes quantiles from the values themselves', () => {
  expect([quantile([3, 1, 2], 0.5), quantile([3, 1, 2], 1), quantile([], 0.5)]).toEqual([2, 3, 0]);
});
