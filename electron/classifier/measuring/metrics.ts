import { type Label, labels } from '../../../shared/labels.ts';
import { eachLabel, type LabelScores } from '../scoring/label-scoring.ts';

/** What a ticket is, and what a classifier said. */
export interface Judged {
  truth: Label;
  answer: Label;
  /** Sums to 1; null where the classifier gives none. */
  probabilities: LabelScores | null;
}

/** How often the label of the row (truth) was answered with that of the column. */
export type Confusion = Record<Label, LabelScores>;

export function confusionOf(tickets: readonly Judged[]): Confusion {
  const none = () => eachLabel(() => 0);
  const counts: Confusion = {
    Task: none(),
    Bug: none(),
    Incident: none(),
    'Feature Request': none(),
    Question: none(),
  };
  for (const { truth, answer } of tickets) counts[truth][answer] += 1;
  return counts;
}

/** Share of right answers; 0 without tickets. */
export function accuracy(tickets: readonly Judged[]): number {
  return tickets.length === 0 ? 0 : tickets.filter(isRight).length / tickets.length;
}

/** Harmonic mean of precision and recall, label by label; null for one that neither occurs nor is answered. */
export function f1ByLabel(tickets: readonly Judged[]): Record<Label, number | null> {
  const counts = confusionOf(tickets);
  const f1 = (label: Label) => {
    const occurs = sum(Object.values(counts[label]));
    const answered = sum(labels.map((truth) => counts[truth][label]));
    return occurs + answered === 0 ? null : (2 * counts[label][label]) / (occurs + answered);
  };
  return {
    Task: f1('Task'),
    Bug: f1('Bug'),
    Incident: f1('Incident'),
    'Feature Request': f1('Feature Request'),
    Question: f1('Question'),
  };
}

/** Mean of the labels' F1, so that a rare label counts as much as a common one; 0 without tickets. */
export function macroF1(tickets: readonly Judged[]): number {
  const f1s = Object.values(f1ByLabel(tickets)).filter((f1) => f1 !== null);
  return f1s.length === 0 ? 0 : sum(f1s) / f1s.length;
}

/**
 * What 95 % of `resamples` draws with replacement, each as large as `items`, give for `figure`: from 2.5 to 97.5 %.
 * Pass pairs as items, and the difference as figure, to compare two classifiers on the same tickets.
 */
export function bootstrapInterval<T>(
  items: readonly T[],
  figure: (items: readonly T[]) => number,
  random: () => number,
  resamples = 1_000,
): { low: number; high: number } {
  const draw = () => items.map((item) => items[Math.floor(random() * items.length)] ?? item);
  const figures = Array.from({ length: resamples }, () => figure(draw()));
  return { low: quantile(figures, 0.025), high: quantile(figures, 0.975) };
}

/**
 * Expected calibration error: how far confidence is from accuracy, over `bins` of equal width weighted by their tickets.
 * 0: of the answers given with 70 %, 70 % are right. null where no answer has probabilities.
 */
export function calibrationError(tickets: readonly Judged[], bins = 15): number | null {
  const sure = withConfidence(tickets);
  if (sure.length === 0) return null;
  const gaps = Array.from({ length: bins }, (_, bin) => {
    const inBin = sure.filter(({ confidence }) => Math.min(bins - 1, Math.floor(confidence * bins)) === bin);
    return Math.abs(sum(inBin.map(({ confidence, right }) => confidence - (right ? 1 : 0))));
  });
  return sum(gaps) / sure.length;
}

export interface CoveragePoint {
  /** Share of tickets that are answered. */
  coverage: number;
  /** The least confidence among them. */
  threshold: number;
  accuracy: number;
}

/** Accuracy where only the surest share of tickets is answered, for each of `coverages`. Empty without probabilities. */
export function coverageCurve(
  tickets: readonly Judged[],
  coverages: readonly number[] = [1, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.3],
): CoveragePoint[] {
  const sure = withConfidence(tickets).sort((a, b) => b.confidence - a.confidence);
  if (sure.length === 0) return [];
  return coverages.map((coverage) => {
    const answered = sure.slice(0, Math.max(1, Math.ceil(coverage * sure.length)));
    return {
      coverage: answered.length / sure.length,
      threshold: answered.at(-1)?.confidence ?? 0,
      accuracy: answered.filter(({ right }) => right).length / answered.length,
    };
  });
}

/** Share of tickets whose truth is among the `count` likeliest labels; null where no answer has probabilities. */
export function topAccuracy(tickets: readonly Judged[], count: number): number | null {
  const judged = tickets.flatMap(({ truth, probabilities }) => {
    if (probabilities === null) return [];
    const likelier = labels.filter((label) => probabilities[label] > probabilities[truth]).length;
    return [likelier < count];
  });
  return judged.length === 0 ? null : judged.filter(Boolean).length / judged.length;
}

/** The value below which `share` (0 to 1) of `values` lie; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function withConfidence(tickets: readonly Judged[]) {
  return tickets.flatMap((ticket) =>
    ticket.probabilities === null ? [] : [{ confidence: ticket.probabilities[ticket.answer], right: isRight(ticket) }],
  );
}

function isRight({ truth, answer }: Judged): boolean {
  return truth === answer;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
