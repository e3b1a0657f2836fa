import type { Label } from '../../shared/labels.ts';
import { bootstrapInterval, macroF1 } from '../classifier/measuring/metrics.ts';
import { seededRandom } from './seeded-random.ts';

/** One ticket, answered by two classifiers. */
export interface AnsweredTwice {
  truth: Label;
  ours: Label;
  theirs: Label;
}

export interface Difference {
  /** Macro-F1 of ours less that of theirs. */
  macroF1: number;
  /** Interval of 95 %, of 1,000 resamples of the same tickets. */
  interval: { low: number; high: number };
}

/** How much better our answers are than theirs to the same tickets. The same answers give the same figures. */
export function pairedDifference(tickets: readonly AnsweredTwice[]): Difference {
  const judged = (which: 'ours' | 'theirs', some: readonly AnsweredTwice[]) =>
    macroF1(some.map((ticket) => ({ truth: ticket.truth, answer: ticket[which], probabilities: null })));
  const difference = (some: readonly AnsweredTwice[]) => judged('ours', some) - judged('theirs', some);
  return { macroF1: difference(tickets), interval: bootstrapInterval(tickets, difference, seededRandom(1)) };
}

/** The difference as a person reads it. */
export function differenceLine({ macroF1, interval: { low, high } }: Difference): string {
  const signed = (value: number) => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
  const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'not to be told apart';
  return `against the built-in model: macro-F1 ${signed(macroF1)}   95 % of 1,000 paired resamples: ${signed(low)} to ${signed(high)}, ${verdict}`;
}
