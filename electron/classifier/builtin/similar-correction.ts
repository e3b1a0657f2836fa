import type { Label } from '../../../shared/labels.ts';
import { mapWithPauses } from '../scoring/pause.ts';
import { type Features, featurise } from './features.ts';
import type { CorrectedTicket } from './personal-model.ts';

/**
 * How alike two tickets are, from 0 to 1: below the first number a corrected ticket says nothing of another, from the
 * second on it says most. Of 1,199 tickets of other people 71 have one so alike as 0.6, with the same label in 56 cases;
 * 23 one so alike as 0.7, with the same label in 20 (docs/classifier.md).
 */
const alike = { from: 0.6, to: 0.8 };
/** Share of the probability that it gets at most: people too are inconsistent. */
const mostShare = 0.8;

/** The label of the corrected ticket that is most like another, and what share of the probability it gets. */
export type FindSimilar = (features: Features) => { label: Label; share: number } | null;

/** Finds a corrected ticket that says nearly the same; the first given, so the newest, where several are as alike. */
export async function rememberCorrections(
  corrected: readonly CorrectedTicket[],
  pause: () => Promise<void>,
): Promise<FindSimilar> {
  /** The corrected tickets that have a feature, by feature. */
  const having = new Map<number, { index: number; value: number }[]>();
  await mapWithPauses(corrected, pause, ({ text }, index) => {
    for (const [feature, value] of featurise(text)) {
      const tickets = having.get(feature);
      if (tickets === undefined) having.set(feature, [{ index, value }]);
      else tickets.push({ index, value });
    }
  });
  return (features) => {
    // Vectors of length 1, so their product is the cosine between them.
    const likeness = new Float64Array(corrected.length);
    for (const [feature, value] of features) {
      for (const other of having.get(feature) ?? [])
        likeness[other.index] = (likeness[other.index] ?? 0) + value * other.value;
    }
    let [closest, most] = [-1, alike.from];
    for (const [index, each] of likeness.entries()) if (each > most) [closest, most] = [index, each];
    const label = corrected[closest]?.label;
    if (label === undefined) return null;
    return { label, share: mostShare * Math.min(1, (most - alike.from) / (alike.to - alike.from)) };
  };
}
