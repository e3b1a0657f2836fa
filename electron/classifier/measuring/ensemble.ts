import type { Label } from '../../../shared/labels.ts';
import { eachLabel, type LabelScores, labelProbabilities } from '../scoring/label-scoring.ts';

/** Steps of a share: tenths are tried. */
const steps = 10;
/** Least probability that counts: a lower one says only that a model never saw such a ticket. */
const least = 1e-4;
/** Tickets between two pauses, which take a millisecond or two. */
const ticketsAtATime = 100;
const temperatures = [0.4, 0.55, 0.75, 1, 1.35, 1.8, 2.5];

/** What several classifiers said of one ticket: probabilities, always in the same order of classifiers. */
export interface Opinions {
  truth: Label;
  weight: number;
  opinions: readonly LabelScores[];
}

/**
 * Probabilities in proportion to the product of the opinions, each to the power of its share (a log-linear mix).
 * `temperature` above 1 makes them less sure.
 */
export function mixedOpinions(
  opinions: readonly LabelScores[],
  shares: readonly number[],
  temperature = 1,
): LabelScores {
  return labelProbabilities(mixedLogs(opinions, shares), temperature);
}

/**
 * The shares, summing to 1, under which the truths are likeliest. How sure the mix should be is left open here: on
 * our own examples every classifier is surer than it may be elsewhere, so that is a constant chosen on others.
 * `pause` is awaited every few tickets.
 */
export async function bestShares(tickets: readonly Opinions[], pause: () => Promise<void>): Promise<number[]> {
  const count = tickets[0]?.opinions.length ?? 0;
  let best: number[] = [];
  let lowest = Number.POSITIVE_INFINITY;
  for (const shares of allShares(count, steps)) {
    const losses = temperatures.map(() => 0);
    for (const [index, { truth, weight, opinions }] of tickets.entries()) {
      if (index % ticketsAtATime === 0) await pause();
      const mix = mixedLogs(opinions, shares);
      for (const [place, temperature] of temperatures.entries()) {
        const probability = labelProbabilities(mix, temperature)[truth];
        losses[place] = (losses[place] ?? 0) - weight * Math.log(Math.max(least, probability));
      }
    }
    const loss = Math.min(...losses);
    if (loss >= lowest) continue;
    lowest = loss;
    best = shares.map((share) => share / steps);
  }
  return best;
}

function mixedLogs(opinions: readonly LabelScores[], shares: readonly number[]): LabelScores {
  return eachLabel((label) =>
    opinions.reduce((sum, opinion, index) => sum + (shares[index] ?? 0) * Math.log(Math.max(least, opinion[label])), 0),
  );
}

/** All ways to give `total` to `count`, in whole numbers. */
function allShares(count: number, total: number): number[][] {
  if (count <= 1) return count === 1 ? [[total]] : [];
  return Array.from({ length: total + 1 }, (_, first) =>
    allShares(count - 1, total - first).map((rest) => [first, ...rest]),
  ).flat();
}
