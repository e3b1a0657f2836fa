import { type Label, labels } from '../../../shared/labels.ts';
import type { Measurement, Strategy } from '../../../shared/model-measurements.ts';
import { type LabelScores, likeliest } from '../scoring/label-scoring.ts';
import { accuracy, confusionOf, macroF1 } from './metrics.ts';

/** What one way of classifying was worth: its probabilities beside the truths, and what it costs. */
export function measurementOf(
  strategy: Strategy,
  over: Measurement['over'],
  tickets: readonly { truth: Label; probabilities: LabelScores }[],
  costs: Pick<Measurement, 'msPerTicket' | 'memoryBytes'>,
): Measurement {
  const judged = tickets.map((ticket) => ({ ...ticket, answer: likeliest(ticket.probabilities) }));
  const confusion = confusionOf(judged);
  return {
    strategy,
    over,
    n: judged.length,
    accuracy: accuracy(judged),
    macroF1: macroF1(judged),
    ...costs,
    confusion: labels.map((truth) => labels.map((answer) => confusion[truth][answer])),
  };
}
