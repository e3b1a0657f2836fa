import { type Label, labels } from '../../shared/labels.ts';
import type { Classification, LabelSource } from '../../shared/ticket.ts';
import {
  accuracy,
  bootstrapInterval,
  type Confusion,
  type CoveragePoint,
  calibrationError,
  confusionOf,
  coverageCurve,
  f1ByLabel,
  type Judged,
  macroF1,
  quantile,
  topAccuracy,
} from '../classifier/measuring/metrics.ts';
import { seededRandom } from './seeded-random.ts';

const bins = 15;
const seed = 1;

/** A ticket that a person labelled, and the classifier's answer. */
export interface Answered {
  truth: Label;
  classification: Classification;
}

export interface Report {
  n: number;
  accuracy: number;
  macroF1: number;
  /** Interval of 95 %, of 1,000 resamples. */
  macroF1Interval: { low: number; high: number };
  /** F1 of each label; null for one that neither occurs nor is answered. */
  f1: Record<Label, number | null>;
  /** Rows: what people said; columns: what the classifier said. */
  confusion: Confusion;
  /** Expected calibration error over `bins` of equal width. This and what follows: null or empty without probabilities. */
  ece: number | null;
  bins: number;
  /** Share of tickets whose label is one of the two likeliest. */
  topTwo: number | null;
  coverage: CoveragePoint[];
  /** Milliseconds a ticket. */
  ms: { median: number; p95: number };
  sources: Partial<Record<LabelSource, number>>;
}

/** The same tickets and answers give the same report. */
export function reportOn(tickets: readonly Answered[]): Report {
  const judged: Judged[] = tickets.map(({ truth, classification: { label, probabilities } }) => ({
    truth,
    answer: label,
    probabilities,
  }));
  const times = tickets.map(({ classification }) => classification.ms);
  const sources: Partial<Record<LabelSource, number>> = {};
  for (const { classification } of tickets) sources[classification.source] = (sources[classification.source] ?? 0) + 1;
  return {
    n: tickets.length,
    accuracy: accuracy(judged),
    macroF1: macroF1(judged),
    macroF1Interval: bootstrapInterval(judged, macroF1, seededRandom(seed)),
    f1: f1ByLabel(judged),
    confusion: confusionOf(judged),
    ece: calibrationError(judged, bins),
    bins,
    topTwo: topAccuracy(judged, 2),
    coverage: coverageCurve(judged),
    ms: { median: quantile(times, 0.5), p95: quantile(times, 0.95) },
    sources,
  };
}

/** The report as a person reads it. */
export function reportLines(report: Report): string[] {
  const { low, high } = report.macroF1Interval;
  const width = 17;
  const row = (label: Label) =>
    label.padEnd(width) + labels.map((answer) => String(report.confusion[label][answer]).padStart(width)).join('');
  return [
    `tickets     ${report.n}, by ${Object.entries(report.sources)
      .map(([source, count]) => `${source} ${count}`)
      .join(', ')}`,
    `accuracy    ${fixed(report.accuracy)}`,
    `macro-F1    ${fixed(report.macroF1)}   95 % of 1,000 resamples: ${fixed(low)} to ${fixed(high)}`,
    `ECE         ${fixed(report.ece)}   over ${report.bins} bins`,
    `top two     ${fixed(report.topTwo)}   hold the label`,
    `ms a ticket ${report.ms.median.toFixed(2)} median, ${report.ms.p95.toFixed(2)} p95`,
    '',
    'F1',
    ...labels.map((label) => `  ${label.padEnd(width)}${fixed(report.f1[label])}`),
    '',
    'What people said (rows), what the classifier said (columns)',
    ' '.repeat(width) + labels.map((label) => label.padStart(width)).join(''),
    ...labels.map(row),
    ...(report.coverage.length > 0
      ? ['', 'Answered when at least so sure: share of tickets, accuracy among them']
      : []),
    ...report.coverage.map(
      ({ threshold, coverage, accuracy }) => `  ${fixed(threshold)}   ${fixed(coverage)}   ${fixed(accuracy)}`,
    ),
  ];
}

function fixed(value: number | null): string {
  return value === null ? 'none' : value.toFixed(3);
}
